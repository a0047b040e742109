import { setTimeout as sleep } from 'node:timers/promises';

const BYTES_PER_SEC = 16 * 2 ** 20;
/** A run that prints much at once and then ends is not made to wait. */
const BURST_BYTES = 48 * 2 ** 20;

/**
 * Bounds how much output is stored per second, of all runs together: agents that print without end must not take the
 * database from the people who use it. Who asks first is served first, a batch at a time, so no run starves another.
 */
export class Flow {
  readonly #perSec: number;
  readonly #burst: number;
  #left: number;
  #at = performance.now();

  constructor(perSec = BYTES_PER_SEC, burst = BURST_BYTES) {
    this.#perSec = perSec;
    this.#burst = burst;
    this.#left = burst;
  }

  /** Resolves when so many bytes may be stored. */
  async take(bytes: number): Promise<void> {
    const now = performance.now();
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) / 1_000) * this.#perSec);
    this.#at = now;
    this.#left -= bytes;
    if (this.#left < 0) await sleep((-this.#left / this.#perSec) * 1_000);
  }
}
