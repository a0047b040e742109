import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { issueTable } from '../issue-row.ts';
import { plain } from '../print.ts';
import { issueIds, issueRef } from '../refs.ts';

const IssueBlockersQuery = graphql(`
  query IssueBlockers($ref: String!) {
    issue(ref: $ref) { id blockedBy { ...IssueRow } blockerAttention { message stalledLeaf { identifier } } }
  }
`);
const SetBlockersMutation = graphql(`
  mutation SetBlockers($input: SetBlockersInput!) {
    setBlockers(input: $input) {
      __typename
      ... on Issue { id blockedBy { ...IssueRow } }
      ... on Conflict { ...ConflictFields }
    }
  }
`);

export const command = defineCommand({
  usage: 'blockers [ISSUE] [--set ISSUE,… | --add ISSUE,… | --remove ISSUE,… | --clear]',
  about: 'Shows or changes what must be done before an issue can start.',
  args: 1,
  flags: {
    set: { type: 'string', value: 'ISSUE,…', about: 'exactly these' },
    add: { type: 'string', value: 'ISSUE,…', about: 'these too' },
    remove: { type: 'string', value: 'ISSUE,…', about: 'no longer these' },
    clear: { type: 'boolean', about: 'none' },
  },
  async run({ settings, flags, args, show }) {
    const { set, add, remove, clear } = flags;
    if ([set, add ?? remove, clear].filter((given) => given !== undefined).length > 1) {
      throw new UsageError('--set, --clear, and --add or --remove exclude each other');
    }
    const ref = issueRef(settings, args[0]);
    const { issue } = await ask(settings, IssueBlockersQuery, { ref });
    if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
    let blockers = issue.blockedBy;
    let attention = issue.blockerAttention?.message ?? null;
    if (set !== undefined || add !== undefined || remove !== undefined || clear) {
      const ids = new Set(set !== undefined || clear ? [] : blockers.map(({ id }) => id));
      for (const id of await issueIds(settings, set ?? add ?? '')) ids.add(id);
      for (const id of await issueIds(settings, remove ?? '')) ids.delete(id);
      const input = { issueId: issue.id, blockedByIds: [...ids] };
      blockers = orConflict((await ask(settings, SetBlockersMutation, { input })).setBlockers, 'Issue').blockedBy;
      attention = null;
    }
    show(blockers, () => [issueTable(blockers), attention && plain(attention)].filter(Boolean).join('\n'));
  },
});
