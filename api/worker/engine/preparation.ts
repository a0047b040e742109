import type { RunEnd } from '../../../schema/run/rules.ts';
import type { Engine, Supervision } from './resources.ts';

/**
 * The care of a run whose folder is still being made ready: a cancel, or the end of the worker, breaks that off. A run that is
 * let go without an end of its own is prepared anew by the worker that takes it over.
 */
export class Preparation implements Supervision {
  readonly runId: string;
  readonly leaseToken: number;
  readonly isPreparing = true;
  readonly done: Promise<void>;
  /** Undefined while it is wanted; null once somebody else is to see to the run. */
  end: RunEnd | null | undefined;
  readonly #engine: Engine;
  readonly #abort = new AbortController();
  readonly #left = Promise.withResolvers<void>();

  constructor(engine: Engine, { runId, leaseToken }: { runId: string; leaseToken: number }) {
    this.runId = runId;
    this.leaseToken = leaseToken;
    this.#engine = engine;
    this.done = this.#left.promise;
    engine.supervised.set(runId, this);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  cancel(reason: string): void {
    this.#break({ kind: 'cancelled', reason });
  }

  interrupt(): void {
    this.#break({ kind: 'interrupted', message: 'Boardroom was stopped while the workspace was made ready.' });
  }

  abandon(): void {
    this.#break(null);
  }

  /** What it waits for, or `aborted` as soon as nobody wants it any more. What was begun goes on by itself. */
  async unlessBroken<Result>(work: Promise<Result>): Promise<Result | 'aborted'> {
    if (this.signal.aborted) return 'aborted';
    const aborted = new Promise<'aborted'>((resolve) => this.signal.addEventListener('abort', () => resolve('aborted'), { once: true }));
    return Promise.race([work, aborted]);
  }

  /** The run goes into other care. */
  leave(): void {
    if (this.#engine.supervised.get(this.runId) === this) this.#engine.supervised.delete(this.runId);
    this.#left.resolve();
  }

  #break(end: RunEnd | null): void {
    if (this.end !== undefined) return;
    this.end = end;
    this.#abort.abort();
  }
}
