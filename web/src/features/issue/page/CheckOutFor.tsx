import { useCompany } from '../../../app/company.ts';
import { createView } from '../../../graphql/view.ts';
import { agentStateLabel } from '../../../ui/AgentBadge.tsx';
import { Chooser } from '../../../ui/Chooser.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { IssueChoicesQuery } from '../create/queries.ts';
import { checkOut } from './actions.ts';

/** Gives the issue to the running run of an agent. Only one at work can have it. */
export function CheckOutFor(props: { issue: { id: string; identifier: string }; assigneeId: string | null; onClose: () => void }) {
  const company = useCompany();
  const choices = createView({ query: IssueChoicesQuery, variables: () => ({ prefix: company.prefix }) });
  const agents = () => [...(choices.data?.company?.agents.nodes ?? [])].sort((a, b) => Number(b.status === 'RUNNING') - Number(a.status === 'RUNNING'));
  return (
    <Chooser
      title={`Check out ${props.issue.identifier} for`}
      value={props.assigneeId}
      options={agents().map((agent) => ({
        value: agent.id,
        label: agent.name,
        note: agent.status === 'RUNNING' ? agentStateLabel(agent.status) : 'not at work',
        glyph: () => <Sigil id={agent.id} name={agent.name} state={agent.status} size={18} />,
        disabled: agent.status !== 'RUNNING',
      }))}
      onPick={(id) => {
        const agent = agents().find((each) => each.id === id);
        props.onClose();
        if (agent) void checkOut(props.issue, agent);
      }}
      onClose={props.onClose}
    />
  );
}
