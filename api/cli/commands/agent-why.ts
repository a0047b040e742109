import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { bold, columns, dim, plain } from '../print.ts';
import { agentId, issueId } from '../refs.ts';

const ExplainWakeQuery = graphql(`
  query ExplainWake($agentId: ID!, $issueId: ID) {
    explainWake(agentId: $agentId, issueId: $issueId) {
      text
      throttleEndsAt
      gates { gate isOpen message }
      liveRun { id number }
      queuedRuns { id number }
      wakes { reason status message requestedAt }
    }
  }
`);

export const command = defineCommand({
  usage: 'agent why [AGENT] [--issue ISSUE]',
  about: 'Why an agent runs, or does not run: each gate, what waits, and the last requests. The agent is `me` when absent.',
  args: 1,
  flags: { issue: { type: 'string', value: 'ISSUE', about: 'for this issue' } },
  async run({ settings, flags, args, show }) {
    const { explainWake } = await ask(settings, ExplainWakeQuery, {
      agentId: await agentId(settings, args[0] ?? 'me'), issueId: flags.issue ? await issueId(settings, flags.issue) : null,
    });
    if (!explainWake) throw new ApiError('NOT_FOUND', 'no such agent or issue');
    show(explainWake, () => [
      bold(plain(explainWake.text)),
      ...explainWake.gates.filter((gate) => !gate.isOpen).map((gate) => `  shut: ${gate.gate}  ${plain(gate.message)}`),
      columns(explainWake.wakes.map((wake) => [dim(wake.requestedAt), wake.status, wake.reason, plain(wake.message)])),
    ].filter(Boolean).join('\n'));
  },
});
