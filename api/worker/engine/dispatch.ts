import { write } from '../../../prisma/transaction.ts';
import { type Candidate, claimableRuns, claimRun } from '../../../schema/run/commands/claim-run.ts';
import { cancelsAsked } from '../../../schema/run/commands/renew-leases.ts';
import { refuseDispatch } from '../../../schema/recovery/commands/refuse-dispatch.ts';
import { problemsOf } from './context.ts';
import { keepTrack, launchRun } from './launch.ts';
import { Nudge } from './nudge.ts';
import type { Engine } from './resources.ts';
import { spoolDirOf } from './workspace.ts';

/** Beyond this a machine only thrashes; agents' own caps are far lower. */
const RUNS_MAX = 200;
const BATCH = 20;
/** How often the queue is looked at where nobody said that there is something: a poke may be lost, a gate opens silently. */
const POLL_MS = 2_000;
const FAULT_PAUSE_MS = 500;

/** Takes runs from the queue as they come, until it is closed. */
export class Dispatch {
  readonly #engine: Engine;
  readonly #nudge = new Nudge();
  #isClosed = false;
  #loop: Promise<void> | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  start(): void {
    this.#loop = this.#work();
  }

  /** There may be something in the queue, or a run to cancel. */
  wake(): void {
    this.#nudge.poke();
  }

  /** Claims nothing more; settles when what was being started is started. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#nudge.poke();
    await this.#loop;
  }

  async #work(): Promise<void> {
    while (!this.#isClosed) {
      try {
        const started = await this.#takeBatch();
        // A whole batch went: there may be more, and its runs have changed what may start.
        if (started === 0) await this.#nudge.next(POLL_MS);
        if (!this.#isClosed) await this.#passOnCancels();
      } catch (error) {
        this.#engine.log.warn({ error }, 'the queue could not be read; trying again');
        await this.#nudge.next(FAULT_PAUSE_MS);
      }
    }
  }

  async #takeBatch(): Promise<number> {
    const room = Math.min(BATCH, RUNS_MAX - this.#engine.supervised.size - this.#engine.starting.size);
    if (room <= 0 || this.#isClosed) return 0;
    const candidates = await claimableRuns(this.#engine.db, room);
    const started = await Promise.all(candidates.map((candidate) => this.#take(candidate)));
    return started.filter(Boolean).length;
  }

  async #take({ id, adapterType, adapterConfig }: Candidate): Promise<boolean> {
    const { db, worker, home, findAdapter } = this.#engine;
    const adapter = findAdapter(adapterType);
    const problems = adapter && problemsOf(adapter, adapterConfig);
    if (problems) {
      await write(db, (tx) => refuseDispatch(tx, { runId: id, problems }));
      return true;
    }
    const isRequest = adapter?.kind === 'request';
    // Written with the claim: whoever takes over knows where to look for a process that may have been started.
    const execution = (leaseToken: number) => (isRequest ? { kind: 'request' } : { kind: 'process', spoolDir: spoolDirOf(home, id, leaseToken) });
    const claim = await write(db, (tx) => claimRun(tx, { runId: id, workerId: worker.id, hostId: worker.hostId, execution }));
    if (claim.kind !== 'claimed') return claim.kind === 'dropped';
    const { leaseToken } = claim;
    keepTrack(this.#engine, id, launchRun(this.#engine, { runId: id, leaseToken, spoolDir: spoolDirOf(home, id, leaseToken) }));
    return true;
  }

  async #passOnCancels(): Promise<void> {
    if (this.#engine.supervised.size === 0) return;
    for (const run of await cancelsAsked(this.#engine.db, this.#engine.worker.id)) {
      this.#engine.supervised.get(run.id)?.cancel(run.cancelReason ?? 'cancelled');
    }
  }
}
