import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { issueId } from '../refs.ts';

const SetMonitorMutation = graphql(`
  mutation SetMonitor($input: SetMonitorInput!) {
    setMonitor(input: $input) {
      __typename
      ... on Issue { id identifier monitor { nextCheckAt attempts maxAttempts timeoutAt } }
      ...ConflictFields
    }
  }
`);

const MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30m`, `2h`, or a time as it stands. */
function timeOf(text: string): string {
  const span = /^(\d{1,6})([smhd])$/.exec(text);
  if (span) return new Date(Date.now() + Number(span[1]) * (MS[span[2] as string] as number)).toISOString();
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new UsageError(`when is ${text}? Say 30m, 2h, 1d or a time such as 2026-01-13T22:00:00Z`);
  return at.toISOString();
}

export const command = defineCommand({
  usage: 'issue watch [ISSUE] --in SPAN',
  about: 'Has the agent of an issue woken once, to look at something outside; then end the run. SPAN is 30m, 2h, 1d or a time. Again it sets the next time.',
  args: 1,
  flags: {
    in: { type: 'string', value: 'SPAN', about: 'when to look' },
    notes: { type: 'string', value: 'TEXT', about: 'what to look for' },
    service: { type: 'string', value: 'NAME', about: 'what it waits for' },
    where: { type: 'string', value: 'REF', about: 'where to look, such as an address' },
    until: { type: 'string', value: 'SPAN', about: 'no check after that' },
    times: { type: 'string', value: 'N', about: 'so many checks at most, 1 to 100' },
    clear: { type: 'boolean', about: 'look no more' },
  },
  async run({ settings, flags, args, show }) {
    if (!flags.in && !flags.clear) throw new UsageError('say when to look: --in 30m, or --clear');
    const { setMonitor } = await ask(settings, SetMonitorMutation, {
      input: {
        issueId: await issueId(settings, args[0]),
        nextCheckAt: flags.clear || !flags.in ? null : timeOf(flags.in),
        ...(flags.notes === undefined ? {} : { notes: flags.notes }),
        ...(flags.service === undefined ? {} : { serviceName: flags.service }),
        ...(flags.where === undefined ? {} : { externalRef: flags.where }),
        ...(flags.until === undefined ? {} : { timeoutAt: timeOf(flags.until) }),
        ...(flags.times === undefined ? {} : { maxAttempts: Number(flags.times) }),
      },
    });
    const issue = orConflict(setMonitor, 'Issue');
    show(issue, () => (issue.monitor?.nextCheckAt ? `${issue.identifier}: woken at ${issue.monitor.nextCheckAt}` : `${issue.identifier}: nothing is watched`));
  },
});
