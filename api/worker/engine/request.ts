import type { Accepted, Json, Outcome, RequestAdapter, RunContext } from '../../../adapters/contract.ts';
import { recordStart } from '../../../schema/run/commands/record-start.ts';
import { endingOfOutcome, endOfStop, type Stop } from './ending.ts';
import { endRun } from './finish.ts';
import type { Engine, Supervision } from './resources.ts';
import { SystemLog } from './system-log.ts';

export interface RequestJob {
  readonly runId: string;
  readonly leaseToken: number;
  readonly adapter: RequestAdapter;
  readonly context: RunContext;
  readonly startedAt: Date;
  /** Where another worker sent the request already: what the other side gave for it. */
  readonly accepted?: { readonly handle: Json } | undefined;
  readonly cancel?: { readonly at: Date; readonly reason: string } | undefined;
}

const CANCEL_PATIENCE_MS = 5_000;

/** Sends the request of one run and waits for its end, which comes by completeRun, by the answer itself, or by a stop. */
export function superviseRequest(engine: Engine, job: RequestJob): Supervision {
  const abort = new AbortController();
  const stopped = Promise.withResolvers<Stop | null>();
  let isAccepted = job.accepted !== undefined;
  const stop = (why: Stop | null) => {
    stopped.resolve(why);
    abort.abort();
  };
  const timeoutSec = job.adapter.timeoutSec(job.context.config);
  const deadline = new Date(job.startedAt.getTime() + timeoutSec * 1_000);
  const timer = timeoutSec === 0 ? undefined
    : setTimeout(() => stop({ kind: 'timedOut', at: deadline, timeoutSec }), Math.max(0, Math.min(deadline.getTime() - Date.now(), 2 ** 31 - 1)));
  const supervision: Supervision = {
    runId: job.runId,
    leaseToken: job.leaseToken,
    cancel: (reason) => stop({ kind: 'cancelled', at: new Date(), reason }),
    // Work that somebody else has taken on goes on without us, and its callback finds the next start.
    interrupt: () => stop(isAccepted ? null : { kind: 'interrupted', at: new Date() }),
    abandon: () => stop(null),
    done: Promise.resolve(),
  };
  engine.supervised.set(job.runId, supervision);
  if (job.cancel) stop({ kind: 'cancelled', ...job.cancel });
  const done = carryOut(engine, job, stopped.promise, abort.signal, () => (isAccepted = true))
    .catch((error: unknown) => engine.log.error({ runId: job.runId, error }, 'supervision of a request broke off; it will be adopted when its lease lapses'))
    .finally(() => {
      clearTimeout(timer);
      if (engine.supervised.get(job.runId) === supervision) engine.supervised.delete(job.runId);
    });
  return Object.assign(supervision, { done });
}

async function carryOut(engine: Engine, job: RequestJob, stopped: Promise<Stop | null>, signal: AbortSignal, onAccepted: () => void): Promise<void> {
  const { runId, leaseToken, adapter, context } = job;
  const log = new SystemLog(engine.db, job);
  const answer: Accepted | Outcome | 'stopped' = job.accepted
    ? { kind: 'accepted', ...job.accepted }
    : await Promise.race([send(adapter, context, signal, (text) => log.add(text)), stopped.then(() => 'stopped' as const)]);
  await log.flush();
  if (answer === 'stopped') return conclude(engine, job, await stopped, null);
  if (answer.kind !== 'accepted') return endRun(engine, { runId, leaseToken, ...endingOfOutcome(answer) });
  onAccepted();
  if (!job.accepted) await recordAccepted(engine, job, answer);
  // The run is RUNNING until completeRun ends it; then its lease is not renewed and we are told to let go.
  await conclude(engine, job, await stopped, answer.handle);
}

async function conclude(engine: Engine, { runId, leaseToken, adapter, context }: RequestJob, why: Stop | null, handle: Json): Promise<void> {
  if (why === null) return;
  if (handle !== null && adapter.cancel) {
    await adapter.cancel(context.config, handle, AbortSignal.timeout(CANCEL_PATIENCE_MS))
      .catch((error: unknown) => engine.log.warn({ runId, error }, 'the other side could not be told'));
  }
  await endRun(engine, { runId, leaseToken, end: endOfStop(why) });
}

async function send(adapter: RequestAdapter, context: RunContext, signal: AbortSignal, log: (text: string) => void): Promise<Accepted | Outcome> {
  try {
    return await adapter.start(context, signal, log);
  } catch (error) {
    return { kind: 'failed', code: 'ADAPTER_ERROR', message: `The request could not be made: ${(error as Error).message}` };
  }
}

async function recordAccepted(engine: Engine, { runId, leaseToken, adapter, context }: RequestJob, { handle, message }: Accepted): Promise<void> {
  await recordStart(engine.db, {
    runId, leaseToken, pid: null, execution: { kind: 'request', accepted: { handle } }, sessionBefore: context.session?.displayId ?? null,
    invocation: { args: [], envNames: [], ...adapter.describe(context.config) }, message: message ?? 'The request was accepted.',
  });
}
