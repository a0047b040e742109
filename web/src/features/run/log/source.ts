import { stringifyDocument } from '@urql/core';
import { graphql } from '../../../graphql/generated/index.ts';
import type { FollowRunLogSubscription, RunLogPageQuery } from '../../../graphql/generated/graphql.ts';
import { followStream } from '../../../graphql/socket.ts';
import { LogRefused, type LogItem, type LogPage, type LogSource } from './feed.ts';

const PageQuery = graphql(`
  query RunLogPage($runId: ID!, $after: Cursor!, $first: Int!) {
    run(id: $runId) {
      id
      log(after: $after, first: $first) {
        endCursor
        hasMore
        chunks { cursor stream at text }
      }
    }
  }
`);

const FollowSubscription = graphql(`
  subscription FollowRunLog($runId: ID!, $after: Cursor) {
    runLog(runId: $runId, after: $after) {
      __typename
      ... on RunLogChunk { cursor stream at text }
      ... on RunEnded { cursor status }
      ... on Resync { cursor message }
    }
  }
`);

const CHUNKS_PER_PAGE = 100;

/** The log as the server keeps it. Passes the cache by: megabytes of text have no identity worth normalising. */
export function serverLog(runId: string): LogSource {
  return {
    page: (after, signal) => readPage(runId, after, signal),
    follow: (after, on) =>
      followStream<FollowRunLogSubscription['runLog']>({
        query: stringifyDocument(FollowSubscription),
        variables: { runId },
        after,
        // A resync names where the server is, not where we are: what we have is counted by chunks alone.
        cursorOf: (item) => (item.__typename === 'RunLogChunk' ? item.cursor : undefined),
        onItem: (item) => on.item(read(item)),
        onError: (error) => on.done(error),
        onEnd: () => on.done(),
      }),
  };
}

function read(item: FollowRunLogSubscription['runLog']): LogItem {
  if (item.__typename === 'RunLogChunk') return { kind: 'chunk', chunk: item };
  return item.__typename === 'RunEnded' ? { kind: 'ended', cursor: item.cursor } : { kind: 'resync' };
}

async function readPage(runId: string, after: string, signal: AbortSignal): Promise<LogPage> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
    body: JSON.stringify({ query: stringifyDocument(PageQuery), variables: { runId, after, first: CHUNKS_PER_PAGE } }),
    signal,
  });
  const answer = (await response.json()) as { data?: RunLogPageQuery | null; errors?: { message: string }[] };
  const refusal = answer.errors?.[0];
  if (refusal && response.status < 500) throw new LogRefused(refusal.message);
  if (refusal) throw new Error(refusal.message);
  const page = answer.data?.run?.log;
  if (!page) throw new LogRefused('There is no such run.');
  return page;
}
