import { stringifyDocument } from '@urql/core';
import { ask, Declined } from '../../../graphql/ask.ts';
import { graphql } from '../../../graphql/generated/gql.ts';
import type { FollowRunLogSubscription } from '../../../graphql/generated/graphql.ts';
import { followStream } from '../../../graphql/socket.ts';
import type { LogItem, LogPage, LogSource } from './feed.ts';

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

/** The log as the server keeps it. Passes the cache by: megabytes of text have no identity worth normalising. */
export function serverLog(runId: string): LogSource {
  return {
    page: (after, first, signal) => readPage(runId, after, first, signal),
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

async function readPage(runId: string, after: string, first: number, signal: AbortSignal): Promise<LogPage> {
  const { run } = await ask(PageQuery, { runId, after, first }, signal);
  if (!run) throw new Declined('There is no such run.');
  return run.log;
}

/** Calls back whenever a run prints, from now on, without its output being kept. */
export function watchOutput(runId: string, onOutput: () => void): () => void {
  return followStream<FollowRunLogSubscription['runLog']>({
    query: stringifyDocument(FollowSubscription),
    variables: { runId },
    cursorOf: (item) => (item.__typename === 'RunLogChunk' ? item.cursor : undefined),
    onItem: onOutput,
    onError: onOutput,
  });
}
