import type { ProcessHandle } from '../../../adapters/targets/contract.ts';
import { noteRunEvent } from '../../../schema/run/commands/record-event.ts';
import type { Stop } from './ending.ts';
import type { Engine } from './resources.ts';

const AGAIN_MS = 1_000;

const words: Record<Stop['kind'], string> = {
  cancelled: 'The run was cancelled', timedOut: 'The run took too long', interrupted: 'Boardroom is stopping', printedTooMuch: 'The run printed too much',
};

/** Ends a process in good order: SIGTERM, some time, then SIGKILL until it is gone. The first reason counts. */
export class Stopper {
  stopped: Stop | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #isKilled = false;
  readonly #engine: Engine;
  readonly #run: { runId: string; handle: ProcessHandle };

  constructor(engine: Engine, run: { runId: string; handle: ProcessHandle }) {
    this.#engine = engine;
    this.#run = run;
  }

  /** A later reason may shorten the time left, but does not change why. */
  stop(why: Stop, graceMs: number): void {
    if (this.#isClosed) return;
    if (this.stopped === null) {
      this.stopped = why;
      this.#send('SIGTERM', `${words[why.kind]}: SIGTERM was sent, SIGKILL follows in ${graceMs / 1_000} s.`);
      this.#killAfter(graceMs);
    } else if (why.kind === 'interrupted') {
      this.#killAfter(graceMs);
    }
  }

  /** The process is gone, or no longer ours. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #killAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#send('SIGKILL', this.#isKilled ? null : 'It did not end by itself: SIGKILL was sent.');
      this.#isKilled = true;
      this.#killAfter(AGAIN_MS);
    }, ms);
  }

  #send(signal: 'SIGTERM' | 'SIGKILL', message: string | null): void {
    const { runId, handle } = this.#run;
    this.#engine.target.signal(handle, signal).catch((error: unknown) => this.#engine.log.error({ runId, error }, `${signal} could not be sent`));
    // Nothing hangs on the note, and the database may be away.
    if (message !== null) noteRunEvent(this.#engine.db, runId, { kind: 'signalled', message, data: { signal } }).catch(() => undefined);
  }
}
