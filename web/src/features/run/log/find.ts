import { visibleText } from './ansi.ts';
import type { LineStore } from './line-store.ts';

/** A search looks through this much text before it lets the page breathe. */
const SLICE_MS = 6;
/** An unfinished line longer than this is not searched again each time it grows. */
const LONG = 100_000;

/** The lines of a growing log that contain a text, found in slices of a few milliseconds. Case does not matter. */
export class LogSearch {
  readonly needle: string;
  readonly #lines: LineStore;
  readonly #hits: number[] = [];
  /** Unfinished lines that were looked at, and have to be again. */
  #pending: number[] = [];
  #next: number;

  constructor(lines: LineStore, needle: string) {
    this.#lines = lines;
    this.needle = needle.toLowerCase();
    this.#next = lines.first;
  }

  /** Lines with a match, in order. */
  get hits(): readonly number[] {
    return this.#hits;
  }

  /** Searches on; true once every line there is has been looked at. */
  step(now: () => number = () => performance.now()): boolean {
    const until = now() + SLICE_MS;
    this.#pending = this.#pending.filter((line) => {
      if (line < this.#lines.first) return false;
      const open = this.#lines.isOpen(line);
      if (!this.numberOf(line) && (!open || this.#lines.length(line) < LONG) && this.#matches(line)) {
        this.#hits.splice(lowerBound(this.#hits, line), 0, line);
      }
      return open;
    });
    this.#next = Math.max(this.#next, this.#lines.first);
    while (this.#next < this.#lines.end) {
      for (let i = 0; i < 200 && this.#next < this.#lines.end; i += 1, this.#next += 1) {
        if (this.#lines.isOpen(this.#next)) this.#pending.push(this.#next);
        if (this.#matches(this.#next)) this.#hits.push(this.#next);
      }
      if (now() > until) return false;
    }
    return true;
  }

  #matches(line: number): boolean {
    return matchAt(this.#lines, line, this.needle) !== -1;
  }

  /** The first hit after `line`, going around at the end. */
  after(line: number): number | undefined {
    const at = lowerBound(this.#hits, line + 1);
    return this.#hits[at] ?? this.#hits[0];
  }

  /** The last hit before `line`, going around at the start. */
  before(line: number): number | undefined {
    const at = lowerBound(this.#hits, line);
    return this.#hits[at - 1] ?? this.#hits.at(-1);
  }

  /** Its number among the hits, from 1; 0 where it is none. */
  numberOf(line: number): number {
    const at = lowerBound(this.#hits, line);
    return this.#hits[at] === line ? at + 1 : 0;
  }
}

/** Where in the visible text of a line the needle first is, or -1. */
export function matchAt(lines: LineStore, line: number, needle: string): number {
  const raw = lines.raw(line);
  const plain = /[\x1b\r\b]/.test(raw) ? visibleText(raw) : raw;
  return plain.toLowerCase().indexOf(needle);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
