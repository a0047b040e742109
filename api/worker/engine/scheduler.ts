import { setTimeout as sleep } from 'node:timers/promises';
import { write } from '../../../prisma/transaction.ts';
import { beatHeart, dueHeartbeats } from '../../../schema/run/commands/heartbeat.ts';
import { dropExpired } from '../../../schema/run/commands/drop-expired.ts';
import { forgetSilentWorkers } from '../../../schema/run/commands/renew-leases.ts';
import { forgetIdempotencyKeys } from '../../../schema/run/commands/forget-keys.ts';
import { removeOldSpool } from './reap.ts';
import type { Engine } from './resources.ts';

const HEARTBEATS_MS = 5_000;
const HOUSEKEEPING_MS = 60_000;

/**
 * What happens by the clock: heartbeats, and the sweeping up. Every step is safe to take twice and by several workers at once
 * (each due heartbeat is taken by compare-and-set), so there is no leader to elect and nothing is lost with a worker.
 */
export class Scheduler {
  readonly #engine: Engine;
  readonly #closed = new AbortController();
  #loops: Promise<void>[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  start(): void {
    this.#loops = [
      this.#repeat(HEARTBEATS_MS, () => wakeByTimer(this.#engine)),
      this.#repeat(HOUSEKEEPING_MS, () => keepHouse(this.#engine)),
    ];
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all(this.#loops);
  }

  async #repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      await work().catch((error: unknown) => this.#engine.log.warn({ error }, 'a scheduled task failed; trying again later'));
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Wakes the agents whose heartbeat is due. The database decides whether there is anything to wake them for. */
export async function wakeByTimer({ db }: Engine): Promise<void> {
  for (const due of await dueHeartbeats(db)) await write(db, (tx) => beatHeart(tx, due));
}

async function keepHouse(engine: Engine): Promise<void> {
  const { db } = engine;
  await dropExpired(db);
  await forgetIdempotencyKeys(db);
  await forgetSilentWorkers(db);
  await removeOldSpool(engine);
}
