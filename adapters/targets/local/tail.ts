import { closeSync, fstatSync, type FSWatcher, openSync, readSync, watch } from 'node:fs';
import { spoolFile } from '../../spool/folder.ts';
import type { Stream, Tail } from '../contract.ts';

/** How often output is looked for where the system did not say that there is some. */
const SAFETY_POLL_MS = 1_000;
/** The same where the system gives no notice at all (no watches left). */
const BLIND_POLL_MS = 50;

/** Reads the output files of one run and watches its folder: one inotify watch, and no reader process. */
export class LocalTail implements Tail {
  readonly #dir: string;
  readonly #files = new Map<Stream, number>();
  #watcher: FSWatcher | null = null;
  #poll: NodeJS.Timeout | null = null;

  constructor(dir: string) {
    this.#dir = dir;
  }

  async read(stream: Stream, offset: number, max: number): Promise<Buffer> {
    const file = this.#open(stream);
    if (file === null) return Buffer.alloc(0);
    // Output is in the page cache: reading it takes less than handing it to a thread would.
    const size = readSync(file, scratch(max), 0, max, offset);
    return Buffer.from(scratch(max).subarray(0, size));
  }

  async size(stream: Stream): Promise<number> {
    const file = this.#open(stream);
    return file === null ? 0 : fstatSync(file).size;
  }

  onChange(callback: (mayHaveEnded: boolean) => void): void {
    try {
      this.#watcher = watch(this.#dir, { persistent: false }, (_event, name) => callback(name === 'exit' || name === null));
      this.#watcher.on('error', () => this.#pollEvery(BLIND_POLL_MS, callback));
      this.#pollEvery(SAFETY_POLL_MS, callback);
    } catch {
      this.#pollEvery(BLIND_POLL_MS, callback);
    }
  }

  close(): void {
    this.#watcher?.close();
    if (this.#poll) clearInterval(this.#poll);
    for (const file of this.#files.values()) closeSync(file);
    this.#files.clear();
  }

  #open(stream: Stream): number | null {
    const known = this.#files.get(stream);
    if (known !== undefined) return known;
    try {
      const file = openSync(spoolFile(this.#dir, stream), 'r');
      this.#files.set(stream, file);
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  #pollEvery(ms: number, callback: (mayHaveEnded: boolean) => void): void {
    if (this.#poll) clearInterval(this.#poll);
    this.#poll = setInterval(() => callback(true), ms);
    this.#poll.unref();
  }
}

let shared = Buffer.alloc(0);

/** One buffer for all runs: reads are synchronous, so nobody else uses it meanwhile. */
function scratch(size: number): Buffer {
  if (shared.length < size) shared = Buffer.alloc(size);
  return shared;
}
