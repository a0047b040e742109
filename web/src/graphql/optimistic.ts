import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

/** What we show before the server agrees; graphcache takes it back when the answer is a conflict or an error. */
export const optimistic: NonNullable<CacheExchangeOpts['optimistic']> = {
  updateIssue: (args) => {
    const { issueId, title, status, priority } = (args as { input: Record<string, unknown> }).input;
    const known = Object.entries({ title, status, priority }).filter(([, value]) => value !== undefined && value !== null);
    return { __typename: 'Issue', id: issueId as string, ...Object.fromEntries(known) } as never;
  },
};
