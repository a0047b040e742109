import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { plain } from '../print.ts';
import { agentId } from '../refs.ts';

const PauseAgentMutation = graphql(`
  mutation PauseAgent($input: PauseAgentInput!) {
    pauseAgent(input: $input) { id name status pauseReason pausedAt currentRuns { id number } }
  }
`);

export const command = defineCommand({
  usage: 'agent pause AGENT [--let-run]',
  about: 'Gives an agent nothing to run until it is resumed, for the board. What it runs is stopped, and what is queued for it cancelled.',
  args: 1,
  flags: { 'let-run': { type: 'boolean', about: 'let its runs go on, those that are queued too' } },
  async run({ settings, flags, args, show }) {
    if (!args[0]) throw new UsageError('name the agent: boardroom agent list shows them');
    const { pauseAgent: agent } = await ask(settings, PauseAgentMutation, { input: { agentId: await agentId(settings, args[0]), cancelRuns: !flags['let-run'] } });
    const [runs, many] = [agent.currentRuns.map(({ number }) => `#${number}`).join(', '), agent.currentRuns.length > 1];
    const going = flags['let-run'] ? (many ? 'go on' : 'goes on') : many ? 'are being stopped' : 'is being stopped';
    const end = runs === '' ? '' : `; ${many ? 'runs' : 'run'} ${runs} ${going}`;
    show(agent, () => `${plain(agent.name)} is ${agent.status} (${agent.pauseReason ?? 'MANUAL'})${end}`);
  },
});
