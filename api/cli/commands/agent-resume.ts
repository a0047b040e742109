import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { plain } from '../print.ts';
import { agentId } from '../refs.ts';

const ResumeAgentMutation = graphql(`
  mutation ResumeAgent($input: ResumeAgentInput!) {
    resumeAgent(input: $input) { id name status }
  }
`);

export const command = defineCommand({
  usage: 'agent resume AGENT',
  about: 'Lets an agent work again that is paused, failed or was stopped by a circuit breaker, for the board. It is woken for what was asked of it meanwhile.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    if (!args[0]) throw new UsageError('name the agent: boardroom agent list shows them');
    const { resumeAgent: agent } = await ask(settings, ResumeAgentMutation, { input: { agentId: await agentId(settings, args[0]) } });
    show(agent, () => `${plain(agent.name)} is ${agent.status}`);
  },
});
