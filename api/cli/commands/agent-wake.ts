import { randomUUID } from 'node:crypto';
import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { plain } from '../print.ts';
import { agentId, issueId } from '../refs.ts';

const WakeAgentMutation = graphql(`
  mutation WakeAgent($input: WakeAgentInput!) {
    wakeAgent(input: $input) {
      __typename
      ... on Wakeup { id wakeStatus: status run { id number } agent { name } }
      ...ConflictFields
    }
  }
`);

export const command = defineCommand({
  usage: 'agent wake AGENT [--issue ISSUE] [--reason TEXT]',
  about: 'Asks for a run of an agent now. Exit code 3: it cannot be woken, and why.',
  args: 1,
  flags: {
    issue: { type: 'string', value: 'ISSUE', about: 'to look at this issue' },
    reason: { type: 'string', value: 'TEXT', about: 'what for' },
    key: { type: 'string', value: 'KEY', about: 'asked again with the same key, it is one wake' },
  },
  async run({ settings, flags, args, show }) {
    if (!args[0]) throw new UsageError('name the agent');
    const { wakeAgent } = await ask(settings, WakeAgentMutation, {
      input: {
        agentId: await agentId(settings, args[0]),
        issueId: flags.issue ? await issueId(settings, flags.issue) : null,
        reason: flags.reason ?? null,
        idempotencyKey: flags.key ?? randomUUID(),
      },
    });
    const wake = orConflict(wakeAgent, 'Wakeup');
    const run = wake.run ? `, run #${wake.run.number}  ${wake.run.id}` : '';
    show(wake, () => `${plain(wake.agent.name)}: ${wake.wakeStatus}${run}`);
  },
});
