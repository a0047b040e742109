import { Show } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import { createView } from '../../../graphql/view.ts';
import { Chooser } from '../../../ui/Chooser.tsx';
import { roleLabel } from '../../agent/role.ts';
import { IssueGlyph, issueStatusLabel } from '../../../ui/IssueGlyph.tsx';
import { PriorityGlyph, priorityLabel } from '../../../ui/PriorityGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { ISSUE_STATUSES, judgeMove } from '../../../../../schema/issue/rules.ts';
import type { IssueLineFragment, IssueStatus, Priority } from '../../../graphql/generated/graphql.ts';
import { changeIssue } from '../change-issue.ts';
import { IssueChoicesQuery } from '../create/queries.ts';

export type QuickKind = 'status' | 'priority' | 'assignee';

const PRIORITIES: Priority[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** One property of the selected issue, by keyboard. States that the rules forbid are listed with their reason. */
export function QuickChange(props: { kind: QuickKind; issue: IssueLineFragment; onClose: () => void }) {
  const company = useCompany();
  const choices = createView({ query: IssueChoicesQuery, variables: () => (props.kind === 'assignee' ? { prefix: company.prefix } : null) });
  const done = (change: Parameters<typeof changeIssue>[1]) => {
    const { issue } = props;
    props.onClose();
    void changeIssue(issue, change);
  };
  const statuses = () =>
    ISSUE_STATUSES.map((status) => {
      const verdict = judgeMove({ from: props.issue.status, to: status, hasAssignee: Boolean(props.issue.assignee ?? props.issue.assigneeUser), isBoard: true });
      return {
        value: status,
        label: issueStatusLabel(status),
        glyph: () => <IssueGlyph status={status} />,
        ...(verdict.allowed ? {} : { note: verdict.reason, disabled: true }),
      };
    });
  const agents = () => [
    { value: '', label: 'Nobody', glyph: () => <span class="nobody" style={{ '--mark': '18px' }} /> },
    ...(choices.data?.company?.agents.nodes ?? []).map((agent) => ({
      value: agent.id,
      label: agent.name,
      note: agent.title ?? roleLabel(agent.role),
      glyph: () => <Sigil id={agent.id} name={agent.name} state={agent.status} size={18} />,
    })),
  ];
  return (
    <Show
      when={props.kind === 'assignee'}
      fallback={
        <Show
          when={props.kind === 'status'}
          fallback={
            <Chooser
              title={`Priority of ${props.issue.identifier}`}
              value={props.issue.priority}
              options={PRIORITIES.map((priority) => ({ value: priority, label: priorityLabel(priority), glyph: () => <PriorityGlyph priority={priority} /> }))}
              onPick={(priority) => done({ priority: priority as Priority })}
              onClose={props.onClose}
            />
          }
        >
          <Chooser
            title={`Status of ${props.issue.identifier}`}
            value={props.issue.status}
            options={statuses()}
            onPick={(status) => (status === props.issue.status ? props.onClose() : done({ status: status as IssueStatus }))}
            onClose={props.onClose}
          />
        </Show>
      }
    >
      <Chooser title={`Assign ${props.issue.identifier}`} value={props.issue.assignee?.id ?? ''} options={agents()} onPick={(id) => done({ assigneeId: id || null })} onClose={props.onClose} />
    </Show>
  );
}
