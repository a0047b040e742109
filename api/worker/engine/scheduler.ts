import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner, TaskList } from 'graphile-worker';
import type pg from 'pg';
import { write } from '../../../prisma/transaction.ts';
import { sealActivity } from '../../../schema/activity/commands/seal-activity.ts';
import { foldCosts, WAITING_MANY } from '../../../schema/cost/fold.ts';
import { repriceCosts } from '../../../schema/cost/reprice.ts';
import { sweepBudgets } from '../../../schema/budget/sweep.ts';
import { fireMonitors } from '../../../schema/monitor/fire-monitor.ts';
import { beatHeart, dueHeartbeats, nextHeartbeat } from '../../../schema/run/commands/heartbeat.ts';
import { dropExpired } from '../../../schema/run/commands/drop-expired.ts';
import { forgetOldDeliveries } from '../../../schema/notification/commands/forget-deliveries.ts';
import { forgetIdempotencyKeys } from '../../../schema/run/commands/forget-keys.ts';
import { forgetSilentWorkers } from '../../../schema/run/commands/renew-leases.ts';
import { sweep as recover } from '../../../schema/recovery/sweep/sweep.ts';
import { sweepWakes } from '../../../schema/wake/backstop.ts';
import { jobPool } from './job-pool.ts';
import type { Engine } from './resources.ts';

const CRONTAB = `
* * * * * heartbeats ?max=1
* * * * * costs ?max=1
* * * * * budgets ?max=1
* * * * * monitors ?max=1
* * * * * seal ?max=1
*/10 * * * * sweep ?max=1
*/2 * * * * recovery ?max=1
`;
/** A heartbeat that is due before the next minute gets a job of its own; one key, so that many agents make one job. */
const FOLLOW_UP = { jobKey: 'heartbeats', maxAttempts: 1 } as const;
const RESTART_MS = 1_000;
/** Jobs in the future are looked for so often; those of now are announced by the database. */
const POLL_MS = 5_000;

/**
 * What happens by the clock, as jobs on the database, shared by all workers of it. Each task is safe to run twice and by
 * several workers at once: a job of a worker that was killed is not waited for, the next minute does it again.
 */
export class Scheduler {
  readonly #engine: Engine;
  readonly #url: string;
  readonly #closed = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(engine: Engine, databaseUrl: string) {
    this.#engine = engine;
    this.#url = databaseUrl;
  }

  start(): void {
    this.#loop = this.#work();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#loop;
  }

  /** Runs jobs until closed; a runner that lost its database for good is replaced. */
  async #work(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      const pool = jobPool(this.#url);
      let stop = () => {};
      try {
        const runner = await startRunner(pool, tasksOf(this.#engine), this.#engine);
        runner.promise.catch(() => undefined); // waited for below, unless what comes before it fails
        stop = () => void runner.stop().catch(() => undefined);
        signal.addEventListener('abort', stop);
        if (signal.aborted) stop();
        // What came due while nobody ran is not left to the next full minute.
        await runner.addJob('heartbeats', {}, FOLLOW_UP);
        await runner.addJob('monitors', {}, { jobKey: 'monitors', maxAttempts: 1 });
        await runner.addJob('budgets', {}, { jobKey: 'budgets', maxAttempts: 1 });
        await runner.addJob('recovery', {}, { jobKey: 'recovery', maxAttempts: 1 });
        await runner.addJob('seal', {}, { jobKey: 'seal', maxAttempts: 1 });
        await runner.addJob('costs', {}, { jobKey: 'costs', maxAttempts: 1 });
        await runner.promise;
      } catch (error) {
        if (!signal.aborted) this.#engine.log.warn({ error }, 'scheduled jobs stopped; starting them again');
      } finally {
        signal.removeEventListener('abort', stop);
        stop(); // one that has ended says so, which is no matter
        await pool.end().catch(() => undefined);
      }
      await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function startRunner(pgPool: pg.Pool, taskList: TaskList, { log }: Engine): Promise<Runner> {
  // Loaded here, so that no run waits for it when the worker starts.
  const { Logger, parseCrontab, run } = await import('graphile-worker');
  const logger = new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ jobs: message }, 'the job runner reports');
  });
  return run({ pgPool, taskList, logger, parsedCronItems: parseCrontab(CRONTAB), concurrency: 1, noHandleSignals: true, pollInterval: POLL_MS });
}

function tasksOf({ db }: Engine): TaskList {
  return {
    async heartbeats(_payload, { addJob }) {
      for (const due of await dueHeartbeats(db)) await write(db, (tx) => beatHeart(tx, due));
      const next = await nextHeartbeat(db);
      if (next) await addJob('heartbeats', {}, { ...FOLLOW_UP, runAt: next });
    },
    async seal(_payload, { addJob }) {
      const { more } = await sealActivity(db);
      if (more) await addJob('seal', {}, { jobKey: 'seal', maxAttempts: 1 });
    },
    async costs(_payload, { addJob }) {
      const folded = await foldCosts(db);
      const { changed, more } = await repriceCosts(db);
      // Readers add up what waits: where much gathers within a minute, or is left over, it is folded more often.
      if (more || folded + changed > WAITING_MANY) await addJob('costs', {}, { jobKey: 'costs', maxAttempts: 1, runAt: new Date(Date.now() + 2_000) });
    },
    async budgets() {
      await sweepBudgets(db);
    },
    async recovery() {
      await recover(db);
    },
    async monitors(_payload, { addJob }) {
      const next = await fireMonitors(db);
      if (next) await addJob('monitors', {}, { jobKey: 'monitors', maxAttempts: 1, runAt: next });
    },
    async sweep() {
      await sweepWakes(db);
      await dropExpired(db);
      await forgetIdempotencyKeys(db);
      await forgetOldDeliveries(db);
      await forgetSilentWorkers(db);
    },
  };
}
