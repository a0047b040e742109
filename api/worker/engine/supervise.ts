import { setTimeout as sleep } from 'node:timers/promises';
import type { OutputReader } from '../../../adapters/contract.ts';
import type { ProcessHandle, ProcessState, Tail } from '../../../adapters/targets/contract.ts';
import type { RunEventEntry } from '../../../schema/run/commands/record-event.ts';
import { endingOfProcess, reportOf } from './ending.ts';
import { endRun } from './finish.ts';
import { LogMoved, LogWriter } from './log-writer.ts';
import { Nudge } from './nudge.ts';
import { endProcessesOfEndedRun } from './reap.ts';
import type { Engine, Supervision } from './resources.ts';
import { Stopper } from './stopper.ts';
import { UsageFeed } from './usage-feed.ts';
import type { Veil } from './veil.ts';

export interface ProcessJob {
  readonly runId: string;
  readonly leaseToken: number;
  readonly handle: ProcessHandle;
  /** Settles when the process ends, where this worker started it. */
  readonly ended?: Promise<void> | undefined;
  /** A new reader each time: one that has been fed cannot begin again. */
  readonly reader: () => OutputReader;
  readonly startedAt: Date;
  /** What must not be stored of the output. */
  readonly veil: Veil;
  /** 0 = no limit. */
  readonly timeoutSec: number;
  readonly graceSec: number;
  /** Asked for already when the worker took the run over. */
  readonly cancel?: { readonly at: Date; readonly reason: string } | undefined;
}

/** Output is stored at once, and then at most so often: lines printed meanwhile travel together. */
const COALESCE_MS = 10;
/** What may be the beginning of a secret waits so long for the rest of it. */
const SECOND_LOOK_MS = 25;
const DATABASE_PAUSE_MS = 300;
const HOLD_BYTES = 8 * 2 ** 20;
const RELEASE_BYTES = 2 * 2 ** 20;
/** No log is worth more; a loop that prints would fill the disk. */
const LOG_MAX_BYTES = 2 ** 30;
/** A clean stop of Boardroom waits so long for its agents. */
const INTERRUPT_GRACE_MS = 5_000;
/** Node fires a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type GoneState = Extract<ProcessState, { kind: 'exited' | 'lost' }>;
interface Gone { state: GoneState; writer: LogWriter }

/** Looks after one process until it has ended and its run with it. */
export function superviseProcess(engine: Engine, job: ProcessJob): Supervision {
  return new ProcessSupervision(engine, job);
}

class ProcessSupervision implements Supervision {
  readonly runId: string;
  readonly leaseToken: number;
  readonly done: Promise<void>;
  readonly #engine: Engine;
  readonly #job: ProcessJob;
  readonly #nudge = new Nudge();
  readonly #stopper: Stopper;
  readonly #usage: UsageFeed;
  #reader: OutputReader | null = null;
  /** Unknown after a change of worker: the last one may have died while it held the process. */
  #isHeld: boolean | null;
  #mayHaveEnded = true;
  #isAbandoned = false;

  constructor(engine: Engine, job: ProcessJob) {
    this.runId = job.runId;
    this.leaseToken = job.leaseToken;
    this.#engine = engine;
    this.#job = job;
    this.#stopper = new Stopper(engine, job);
    this.#usage = new UsageFeed(engine, {
      runId: job.runId, leaseToken: job.leaseToken, report: () => reportOf(this.#reader?.report() ?? {}), onStop: (reason) => this.cancel(reason),
    });
    this.#isHeld = job.ended ? false : null;
    if (job.cancel) this.#stopper.stop({ kind: 'cancelled', ...job.cancel }, job.graceSec * 1_000);
    void job.ended?.then(() => this.#wake(true));
    engine.supervised.set(job.runId, this);
    this.done = this.#run().finally(() => {
      if (engine.supervised.get(job.runId) === this) engine.supervised.delete(job.runId);
    });
  }

  cancel(reason: string): void {
    this.#stopper.stop({ kind: 'cancelled', at: new Date(), reason }, this.#job.graceSec * 1_000);
  }

  interrupt(): void {
    this.#stopper.stop({ kind: 'interrupted', at: new Date() }, INTERRUPT_GRACE_MS);
  }

  abandon(): void {
    this.#isAbandoned = true;
    this.#stopper.close();
    void this.#usage.close();
    this.#wake(false);
  }

  #wake(mayHaveEnded: boolean): void {
    this.#mayHaveEnded ||= mayHaveEnded;
    this.#nudge.poke();
  }

  async #run(): Promise<void> {
    const [engine, job] = [this.#engine, this.#job];
    const deadline = this.#armDeadline();
    const tail = await engine.target.openTail(job.handle.spoolDir);
    try {
      tail.onChange((mayHaveEnded) => this.#wake(mayHaveEnded));
      const gone = await this.#followOutput(tail);
      if (gone) await this.#conclude(gone, tail);
      // Refused while it worked: if nobody else has the run, it was ended in the database, and its process is to follow.
      else if (!this.#isAbandoned) await endProcessesOfEndedRun(engine, job.runId);
    } catch (error) {
      engine.log.error({ runId: job.runId, error }, 'supervision of a run broke off; it will be adopted when its lease lapses');
    } finally {
      clearTimeout(deadline);
      this.#stopper.close();
      await this.#usage.close();
      tail.close();
    }
  }

  #armDeadline(): NodeJS.Timeout | undefined {
    const { timeoutSec, startedAt, graceSec } = this.#job;
    if (timeoutSec === 0) return undefined;
    const at = new Date(startedAt.getTime() + timeoutSec * 1_000);
    const stop = () => this.#stopper.stop({ kind: 'timedOut', at, timeoutSec }, graceSec * 1_000);
    const leftMs = at.getTime() - Date.now();
    if (leftMs > 0) return setTimeout(stop, Math.min(leftMs, LONGEST_TIMER_MS));
    stop(); // it passed while nobody looked
    return undefined;
  }

  /** Stores output until the process is gone. Null: the run is no longer this worker's. */
  async #followOutput(tail: Tail): Promise<Gone | null> {
    let writer: LogWriter | null = null;
    while (!this.#isAbandoned) {
      try {
        writer ??= await this.#openLog(tail);
        const pumped = await writer.pump();
        if (pumped === 'fenced') return null;
        if (pumped !== 'idle') this.#usage.look();
        await this.#contain(writer);
        const state = await this.#lookIfDue();
        if (state) return { state, writer };
        if (pumped === 'more') continue;
        if (pumped === 'stored') await sleep(COALESCE_MS);
        if (writer.isHolding) await sleep(SECOND_LOOK_MS);
        else await this.#nudge.next();
      } catch (error) {
        writer = await this.#afterFault(error, writer);
      }
    }
    return null;
  }

  async #openLog(tail: Tail): Promise<LogWriter> {
    this.#reader = this.#job.reader();
    const writer = await LogWriter.resume(this.#engine.db, { id: this.runId, leaseToken: this.leaseToken }, tail, this.#reader, this.#engine.flow, this.#job.veil);
    this.#usage.look(); // what was printed under another worker counts, whether that one told it or not
    return writer;
  }

  /** A file takes whatever is written to it, so a process that prints faster than can be stored is made to wait, as by a pipe. */
  async #contain(writer: LogWriter): Promise<void> {
    const backlog = await writer.backlog();
    if (this.#isHeld !== true && backlog > HOLD_BYTES) await this.#hold(true);
    else if (this.#isHeld !== false && backlog < RELEASE_BYTES) await this.#hold(false);
    if (writer.storedBytes > LOG_MAX_BYTES) this.#stopper.stop({ kind: 'printedTooMuch', at: new Date(), bytes: LOG_MAX_BYTES }, this.#job.graceSec * 1_000);
  }

  async #hold(isHeld: boolean): Promise<void> {
    // A process that is to end must be able to: it is not held any more.
    if (isHeld && this.#stopper.stopped) return;
    this.#isHeld = isHeld;
    await this.#engine.target.hold(this.#job.handle, isHeld);
  }

  /** The database is away, or somebody else wrote to the log. Output waits in the spool meanwhile. */
  async #afterFault(error: unknown, writer: LogWriter | null): Promise<LogWriter | null> {
    const { log } = this.#engine;
    if (error instanceof LogMoved) {
      log.warn({ runId: this.runId }, 'the log went on without this worker; reading it again');
      return null;
    }
    log.warn({ runId: this.runId, error }, 'output could not be stored; trying again');
    await sleep(DATABASE_PAUSE_MS);
    return writer;
  }

  async #lookIfDue(): Promise<GoneState | null> {
    if (!this.#mayHaveEnded) return null;
    this.#mayHaveEnded = false;
    const state = await this.#engine.target.look(this.#job.handle);
    return state.kind === 'exited' || state.kind === 'lost' ? state : null;
  }

  async #conclude({ state, writer: first }: Gone, tail: Tail): Promise<void> {
    const [engine, job] = [this.#engine, this.#job];
    this.#stopper.close();
    const left = await engine.target.endLeftovers(job.handle);
    let writer: LogWriter | null = first;
    for (let isStored = false; !isStored; ) {
      if (this.#isAbandoned) return;
      try {
        writer ??= await this.#openLog(tail);
        if ((await writer.drain()) === 'fenced') return;
        isStored = true;
      } catch (error) {
        writer = await this.#afterFault(error, writer);
      }
    }
    const events: RunEventEntry[] = left.length === 0 ? [] : [{
      kind: 'unmanaged_background_task_stopped', message: `${left.length} background ${left.length === 1 ? 'process' : 'processes'} outlived the agent and were stopped.`,
      data: { processes: left },
    }];
    await this.#usage.close(); // the end tells all that is left
    const ending = endingOfProcess(state, this.#stopper.stopped, this.#reader as OutputReader);
    await endRun(engine, { runId: job.runId, leaseToken: job.leaseToken, events, ...ending }, () => this.#isAbandoned);
  }
}
