import type { Answer } from './connection.ts';
import type { LoadResult } from './orders.ts';

/** Times and faults of the answers to one order. */
export class Tally {
  readonly #times: number[] = [];
  #bytes = 0;
  #failed = 0;
  #firstFailure: string | null = null;

  add(ms: number, { status, body }: Answer): void {
    this.#times.push(ms);
    this.#bytes += body.length;
    if (status === 200 && !body.includes('"errors":')) return;
    this.#failed += 1;
    this.#firstFailure ??= `${status} ${body.toString().slice(0, 300)}`;
  }

  result(seconds: number): LoadResult {
    const times = this.#times.sort((a, b) => a - b);
    return {
      requests: times.length, seconds, perSecond: times.length / seconds,
      p50Ms: percentile(times, 50), p95Ms: percentile(times, 95), p99Ms: percentile(times, 99), maxMs: times.at(-1) ?? 0,
      meanBytes: Math.round(this.#bytes / Math.max(1, times.length)), failed: this.#failed, firstFailure: this.#firstFailure,
    };
  }
}

/** The value below which `percent` of sorted values lie. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
