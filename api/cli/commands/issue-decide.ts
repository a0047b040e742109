import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { issueTable } from '../issue-row.ts';
import { issueId, looksLikeIssue } from '../refs.ts';

const DecidePolicyStageMutation = graphql(`
  mutation DecidePolicyStage($input: DecidePolicyStageInput!) {
    decidePolicyStage(input: $input) { ...IssueRow }
  }
`);

export const command = defineCommand({
  usage: 'issue decide [ISSUE] (--approve | --changes) COMMENT',
  about: 'Decides the review or approval that an issue waits for, if it is yours to decide. COMMENT says why; it may be - for standard input, or come from --file.',
  args: 2,
  flags: {
    approve: { type: 'boolean', about: 'good: on to the next stage, or done' },
    changes: { type: 'boolean', about: 'back to who did the work' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the comment from a file, or -' },
  },
  async run({ settings, flags, args, show }) {
    if (Boolean(flags.approve) === Boolean(flags.changes)) throw new UsageError('say either --approve or --changes');
    const named = args.length === 2 || (args[0] !== undefined && looksLikeIssue(args[0]));
    const comment = await readBody(named ? args[1] : args[0], flags.file);
    if (!comment?.trim()) throw new UsageError('say why: a text, --file PATH, or - for standard input');
    const input = { issueId: await issueId(settings, named ? args[0] : undefined), outcome: flags.approve ? ('APPROVED' as const) : ('CHANGES_REQUESTED' as const), comment };
    const { decidePolicyStage } = await ask(settings, DecidePolicyStageMutation, { input }, { once: true });
    show(decidePolicyStage, () => issueTable([decidePolicyStage]));
  },
});
