import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { plain } from '../print.ts';
import { agentId } from '../refs.ts';

const ResetBreakerMutation = graphql(`
  mutation ResetBreaker($input: ResetBreakerInput!) {
    resetBreaker(input: $input) { id name status pauseReason }
  }
`);

export const command = defineCommand({
  usage: 'breaker reset AGENT [--note TEXT]',
  about: 'Resets what tripped on an agent and lets it work again, for the board.',
  args: 1,
  flags: { note: { type: 'string', about: 'for the record' } },
  async run({ settings, flags, args, show }) {
    if (!args[0]) throw new UsageError('name an agent');
    const { resetBreaker } = await ask(settings, ResetBreakerMutation, { input: { agentId: await agentId(settings, args[0]), note: flags.note } });
    show(resetBreaker, () => `${plain(resetBreaker.name)} is ${resetBreaker.status}${resetBreaker.pauseReason ? ` (${resetBreaker.pauseReason})` : ''}`);
  },
});
