import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { plain } from '../print.ts';
import { agentId } from '../refs.ts';

const TerminateAgentMutation = graphql(`
  mutation TerminateAgent($input: TerminateAgentInput!) {
    terminateAgent(input: $input) {
      id name status
      issues(first: 1, filter: { statuses: [BACKLOG, TODO, IN_PROGRESS, IN_REVIEW, BLOCKED] }) { totalCount }
      reports(first: 1) { totalCount }
    }
  }
`);

export const command = defineCommand({
  usage: 'agent terminate AGENT --yes',
  about: 'Ends an agent for good, for the board: its runs are stopped, its keys revoked. Its issues stay with it, and show that nobody moves them.',
  args: 1,
  flags: { yes: { type: 'boolean', about: 'it is meant: there is no way back' } },
  async run({ settings, flags, args, show }) {
    if (!args[0]) throw new UsageError('name the agent: boardroom agent list shows them');
    if (!flags.yes) throw new UsageError('this is for good: say --yes, or give it a rest with boardroom agent pause');
    const { terminateAgent: agent } = await ask(settings, TerminateAgentMutation, { input: { agentId: await agentId(settings, args[0]) } });
    const left = [
      ...(agent.issues.totalCount ? [`${agent.issues.totalCount} open ${agent.issues.totalCount === 1 ? 'issue' : 'issues'}`] : []),
      ...(agent.reports.totalCount ? [`${agent.reports.totalCount} ${agent.reports.totalCount === 1 ? 'agent that reports' : 'agents that report'} to it`] : []),
    ];
    show(agent, () => `${plain(agent.name)} is ${agent.status}${left.length > 0 ? `; left with it: ${left.join(', ')}` : ''}`);
  },
});
