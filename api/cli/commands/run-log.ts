import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { RunStatus } from '../generated/graphql.ts';
import { companyId, issueId } from '../refs.ts';
import type { Settings } from '../settings.ts';
import { subscribe } from '../subscribe.ts';

const RunLogQuery = graphql(`
  query RunLog($id: ID!, $after: Cursor) {
    run(id: $id) {
      status
      log(first: 100, after: $after) {
        chunks { ...LogChunk }
        endCursor
        hasMore
      }
    }
  }
`);
const FollowRunLog = graphql(`
  subscription FollowRunLog($id: ID!, $after: Cursor) {
    runLog(runId: $id, after: $after) {
      __typename
      ... on RunLogChunk { ...LogChunk }
      ... on RunEnded { status }
    }
  }
`);
export const LogChunk = graphql(`
  fragment LogChunk on RunLogChunk { cursor stream at text }
`);
const RunByNumberQuery = graphql(`
  query RunByNumber($company: String!, $number: Int!) {
    company(ref: $company) { run(number: $number) { id } }
  }
`);
const NewestRunQuery = graphql(`
  query NewestRun($ref: String!) {
    issue(ref: $ref) { runs(first: 1) { nodes { id } } }
  }
`);

/** As a shell would say it: 124 for a timeout, 130 for what was stopped. */
const exitOf: Partial<Record<RunStatus, number>> = { FAILED: 1, TIMED_OUT: 124, CANCELLED: 130, INTERRUPTED: 130 };
const reconnectMs = 500;

export const command = defineCommand({
  usage: 'run log [RUN] [--follow]',
  about:
    'Prints what a run has printed. With --follow it goes on until the run ends, also over a lost connection.\n' +
    'Exit code then: 0 succeeded, 1 failed, 124 timed out, 130 cancelled.',
  args: 1,
  flags: {
    follow: { type: 'boolean', short: 'f', about: 'stay until the run ends' },
    issue: { type: 'string', value: 'ISSUE', about: 'the newest run on this issue' },
    after: { type: 'string', value: 'CURSOR', about: 'only what came after' },
  },
  async run({ settings, flags, args }) {
    const named = args[0] ?? settings.run;
    if (!flags.issue && !named) throw new UsageError('name the run by number or id, or an issue with --issue');
    const id = flags.issue ? await newestRun(settings, flags.issue) : await runId(settings, named as string);
    const write = (chunk: { text: string }) =>
      process.stdout.write(settings.json ? `${JSON.stringify(chunk)}\n` : chunk.text);
    const stored = await printStored(settings, id, flags.after ?? '0', write);
    if (!flags.follow) return;
    const status = await follow(settings, id, stored, write);
    console.error(`run ${status.toLowerCase().replace('_', ' ')}`);
    return exitOf[status];
  },
});

type Write = (chunk: { text: string }) => void;

/** Prints page by page; returns the cursor of the end. */
async function printStored(settings: Settings, id: string, after: string, write: Write): Promise<string> {
  for (let cursor = after; ; ) {
    const { run } = await ask(settings, RunLogQuery, { id, after: cursor });
    if (!run) throw new ApiError('NOT_FOUND', `no run ${id}`);
    run.log.chunks.forEach(write);
    cursor = run.log.endCursor;
    if (!run.log.hasMore) return cursor;
  }
}

/** The cursor moves with every chunk, so that a cut stream is taken up where it ended. */
async function follow(settings: Settings, id: string, after: string, write: Write): Promise<RunStatus> {
  for (let cursor = after; ; ) {
    try {
      for await (const { runLog } of subscribe(settings, FollowRunLog, { id, after: cursor })) {
        if (runLog.__typename === 'RunEnded') return runLog.status;
        if (runLog.__typename === 'Resync') break;
        write(runLog);
        cursor = runLog.cursor;
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'UNREACHABLE') throw error;
      await sleep(reconnectMs);
    }
  }
}

/** A run by its id, or by the number that is printed behind a #. */
async function runId(settings: Settings, named: string): Promise<string> {
  const number = /^#?(\d{1,9})$/.exec(named)?.[1];
  if (number === undefined) return named;
  const { company } = await ask(settings, RunByNumberQuery, { company: await companyId(settings), number: Number(number) });
  if (!company?.run) throw new ApiError('NOT_FOUND', `no run ${named}`);
  return company.run.id;
}

async function newestRun(settings: Settings, ref: string): Promise<string> {
  const { issue } = await ask(settings, NewestRunQuery, { ref: await issueId(settings, ref) });
  const run = issue?.runs.nodes[0];
  if (!run) throw new ApiError('NOT_FOUND', `nobody has run on ${ref} yet`);
  return run.id;
}
