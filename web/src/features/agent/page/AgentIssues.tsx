import { openCreate } from '../../../app/create.ts';
import { paths } from '../../../app/company.ts';
import { aboutAgent } from '../../../graphql/live.ts';
import { createPages } from '../../../graphql/pages.ts';
import { Button } from '../../../ui/Button.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { MoreList } from '../../../ui/MoreList.tsx';
import { IssueLine } from '../../issue/list/IssueLine.tsx';
import '../../issue/list/issues.css';
import { AgentIssuesQuery } from './queries.ts';

export function AgentIssues(props: { agentId: string; name: string; archived: boolean }) {
  const pages = createPages({
    query: AgentIssuesQuery,
    variables: () => ({ id: props.agentId, first: 25 }),
    connection: (data) => data.agent?.issues,
    concerns: (event) => event.entityType === 'issue' || aboutAgent(() => props.agentId)(event),
  });
  return (
    <MoreList
      what="The issues"
      pages={pages}
      empty={
        <Empty
          icon="issues"
          title={`Nothing is assigned to ${props.name}`}
          actions={
            <Button kind="primary" disabled={props.archived} onClick={() => openCreate({ kind: 'issue', assigneeId: props.agentId })}>
              Give it an issue
            </Button>
          }
        >
          An issue that is filed for it wakes it at once.
        </Empty>
      }
    >
      {(issue) => <IssueLine issue={issue} href={paths.issue(issue.identifier)} />}
    </MoreList>
  );
}
