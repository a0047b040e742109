import type { Cache, CacheExchangeOpts } from '@urql/exchange-graphcache';

/** Forgets those lists and sums of a company that a new or moved thing may belong to; open views ask again. */
function forget(cache: Cache, companyId: unknown, fields: readonly string[]): void {
  const company = { __typename: 'Company', id: companyId as string };
  for (const field of cache.inspectFields(company)) if (fields.includes(field.fieldName)) cache.invalidate(company, field.fieldName, field.arguments);
}

/** What waits for the board, in whichever company it is. */
function forgetApprovals(cache: Cache): void {
  for (const { fieldName, fieldKey } of cache.inspectFields('Query')) {
    if (fieldName !== 'company') continue;
    const company = cache.resolve('Query', fieldKey);
    if (typeof company !== 'string') continue;
    for (const field of cache.inspectFields(company)) if (field.fieldName === 'approvals') cache.invalidate(company, field.fieldName, field.arguments);
  }
}

const inputOf = (args: unknown) => (args as { input: Record<string, unknown> }).input;

/**
 * What a mutation changes beyond the thing that it returns. Others' changes arrive as events (live.ts); these are for our
 * own, which should show at once even while the live connection is down.
 */
export const updates: NonNullable<CacheExchangeOpts['updates']> = {
  Mutation: {
    createCompany: (_result, _args, cache) => {
      for (const field of cache.inspectFields('Query')) if (field.fieldName === 'companies') cache.invalidate('Query', field.fieldName, field.arguments);
    },
    createAgent: (_result, args, cache) => forget(cache, inputOf(args)['companyId'], ['agents', 'dashboard']),
    createIssue: (_result, args, cache) => forget(cache, inputOf(args)['companyId'], ['issues', 'issueCounts', 'dashboard']),
    createProject: (_result, args, cache) => forget(cache, inputOf(args)['companyId'], ['projects']),
    createGoal: (_result, args, cache) => forget(cache, inputOf(args)['companyId'], ['goals']),
    createLabel: (_result, args, cache) => forget(cache, inputOf(args)['companyId'], ['labels']),
    requestApproval: (_result, _args, cache) => forgetApprovals(cache),
    decideApproval: (_result, _args, cache) => forgetApprovals(cache),
    requestApprovalRevision: (_result, _args, cache) => forgetApprovals(cache),
    withdrawApproval: (_result, _args, cache) => forgetApprovals(cache),
    addComment: (_result, args, cache) => {
      const issue = { __typename: 'Issue', id: inputOf(args)['issueId'] as string };
      for (const field of cache.inspectFields(issue)) if (field.fieldName === 'comments' || field.fieldName === 'commentCount') cache.invalidate(issue, field.fieldName, field.arguments);
    },
  },
};
