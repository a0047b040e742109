import { setTimeout as sleep } from 'node:timers/promises';
import { patiently } from '../../../prisma/outage.ts';
import { forgetWorker, registerWorker, renewLeases } from '../../../schema/run/commands/renew-leases.ts';
import { RENEW_MS } from '../../../schema/run/rules.ts';
import { adoptOrphans } from './adopt.ts';
import { Dispatch } from './dispatch.ts';
import { finalizeDue } from './finalize.ts';
import { renew } from './lease.ts';
import { endStrayProcesses, removeOldSpool } from './reap.ts';
import type { Engine } from './resources.ts';
import { Scheduler } from './scheduler.ts';

/** A clean stop waits a little longer than the grace that agents get, so that their end is stored. */
const STOP_MS = 8_000;
const SPOOL_MS = 10 * 60_000;

/** A worker at work. */
export interface RunningEngine {
  /** The queue, or a run of ours, may want something. */
  wake(): void;
  /** Takes nothing more and ends what runs (`interrupt`), or leaves it to the next worker of this machine (`leave`). */
  stop(how: 'interrupt' | 'leave'): Promise<void>;
}

/** Takes over what a former worker left, then takes runs from the queue. */
export async function startEngine(engine: Engine, databaseUrl: string): Promise<RunningEngine> {
  // Each may be done again: a database that is away for a moment is no reason to end.
  await patiently(() => registerWorker(engine.db, engine.worker));
  await patiently(() => adoptOrphans(engine));
  const dispatch = new Dispatch(engine);
  const scheduler = new Scheduler(engine, databaseUrl);
  dispatch.start();
  scheduler.start();
  // In its own time: nothing in the queue waits for it.
  const tidying = endStrayProcesses(engine).catch((error: unknown) => engine.log.warn({ error }, 'could not look for stray processes'));
  const keeping = keepLeases(engine);
  // The spool is this machine's, so no job of the database's.
  const emptying = setInterval(() => void removeOldSpool(engine).catch((error: unknown) => engine.log.warn({ error }, 'old spool folders could not be removed')), SPOOL_MS);
  return {
    wake: () => dispatch.wake(),
    async stop(how) {
      clearInterval(emptying);
      await Promise.all([dispatch.close(), scheduler.close(), keeping.close(), tidying]);
      // What is only being made ready is not waited for: that may take minutes.
      for (const run of [...engine.supervised.values()].filter((each) => each.isPreparing)) {
        if (how === 'interrupt') run.interrupt();
        else run.abandon();
      }
      await Promise.all(engine.starting.values());
      await renewLeases(engine.db, engine.worker).catch(() => undefined); // for the last time: it outlasts the stop
      const runs = [...engine.supervised.values()];
      for (const run of runs) {
        if (how === 'interrupt') run.interrupt();
        else run.abandon();
      }
      await Promise.race([Promise.all(runs.map((run) => run.done)), sleep(STOP_MS, undefined, { ref: false })]);
      await forgetWorker(engine.db, engine.worker.id).catch(() => undefined);
    },
  };
}

/** Renews and adopts at a steady pace, one after the other, also while the database is away. */
function keepLeases(engine: Engine): { close(): Promise<void> } {
  const closed = new AbortController();
  let finalizing: Promise<void> | null = null;
  // Beside the leases, which lapse in the time that git may take for a large repository.
  const finalize = () => finalizeDue(engine)
    .catch((error: unknown) => engine.log.warn({ error }, 'workspaces could not be finalized; trying again'))
    .finally(() => { finalizing = null; });
  const work = async () => {
    for (;;) {
      await sleep(RENEW_MS, undefined, { signal: closed.signal }).catch(() => undefined);
      if (closed.signal.aborted) return;
      try {
        await renew(engine);
        await adoptOrphans(engine);
        finalizing ??= finalize();
      } catch (error) {
        engine.log.warn({ error }, 'leases could not be renewed; trying again');
      }
    }
  };
  const loop = work();
  return {
    close() {
      closed.abort();
      return loop;
    },
  };
}
