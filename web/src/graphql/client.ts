import { createClient, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core';
import { cache } from './cache.ts';
import { socket } from './socket.ts';

/**
 * An answer with an error is no answer: half of it, written into the cache, would empty what other views know. A list that
 * fails below `company`, say, comes as `company: null`.
 */
const wholeAnswers = mapExchange({
  onResult: (result) => (result.error && result.operation.kind === 'query' ? { ...result, data: undefined } : result),
});

/** The page's GraphQL client. The header is what lets the server tell our own page from a form on somebody else's. */
export const client = createClient({
  url: '/graphql',
  preferGetMethod: false,
  requestPolicy: 'cache-and-network',
  fetchOptions: { headers: { 'x-boardroom-request': '1' }, credentials: 'same-origin' },
  exchanges: [
    cache(),
    wholeAnswers,
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => {
          const cursor = { last: undefined as string | undefined };
          const payload = {
            query: query ?? '',
            variables: {
              ...variables,
              // Read at every connection: after a lost one, go on behind the last item received.
              get after() {
                return cursor.last ?? variables?.['after'];
              },
            },
          };
          const unsubscribe = socket.subscribe<Record<string, { cursor?: string }>>(payload, {
            next: (result) => {
              cursor.last = Object.values(result.data ?? {})[0]?.cursor ?? cursor.last;
              // The two libraries type the errors of a result differently and mean the same.
              sink.next(result as Parameters<typeof sink.next>[0]);
            },
            error: (error) => sink.error(error),
            complete: () => sink.complete(),
          });
          return { unsubscribe };
        },
      }),
    }),
  ],
});
