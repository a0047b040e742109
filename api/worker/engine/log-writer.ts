import type { OutputReader, TranscriptEntry } from '../../../adapters/contract.ts';
import { type Chunk, CHUNK_BYTES, nextChunk } from '../../../adapters/spool/chunk.ts';
import type { Stream, Tail } from '../../../adapters/targets/contract.ts';
import type { Database } from '../../../prisma/client.ts';
import { appendLog, logPosition, type NewChunk, type NewEntry } from '../../../schema/run/commands/append-log.ts';
import { readLog } from '../../../schema/run/reads.ts';
import type { Flow } from './flow.ts';
import type { Veil } from './veil.ts';

/** Chunks of one statement: 16 fill a megabyte, beyond which a statement costs in proportion. */
const CHUNKS_MAX = 16;
const REPLAY_PAGE = 64;
const UNIQUE_VIOLATION = '23505';

const streams: readonly { name: Stream; stored: 'STDOUT' | 'STDERR' }[] = [
  { name: 'stdout', stored: 'STDOUT' },
  { name: 'stderr', stored: 'STDERR' },
];

/** Somebody else stored chunks under numbers that this writer meant to use: it must be made anew. */
export class LogMoved extends Error {
  override readonly name = 'LogMoved';
}

interface Batch { chunks: NewChunk[]; entries: NewEntry[] }

export type Pumped = 'idle' | 'stored' | 'more' | 'fenced';

/**
 * Carries a run's output from the spool into the log. What is stored is where it stands: after a crash of the worker it goes
 * on behind the last stored chunk, and after one of Postgres it asks what arrived and sends the same batch again, never
 * another cut of it, so that whoever has read a chunk can rely on its number.
 */
export class LogWriter {
  readonly #db: Database;
  readonly #run: { id: string; leaseToken: number };
  readonly #tail: Tail;
  readonly #reader: OutputReader;
  readonly #flow: Flow | null;
  #offsets: Record<Stream, number> = { stdout: 0, stderr: 0 };
  #lastSeq = 0;
  #lastEntry = 0;
  #storedEntries = 0;
  #hasEnded = false;
  #isStderrFirst = false;
  #pending: Batch | null = null;
  #isUncertain = false;
  readonly #veil: Veil | null;
  /** Where each stream ended when its last characters were held back: seen again unchanged, they are given out. */
  #held: Record<Stream, number> = { stdout: -1, stderr: -1 };
  #isHolding = false;

  private constructor(db: Database, run: { id: string; leaseToken: number }, tail: Tail, reader: OutputReader, flow: Flow | null, veil: Veil | null) {
    this.#veil = veil;
    this.#db = db;
    this.#flow = flow;
    this.#run = run;
    this.#tail = tail;
    this.#reader = reader;
  }

  /** Begins where the stored log ends; the reader is told again what is stored, since only that it can know for certain. */
  static async resume(
    db: Database, run: { id: string; leaseToken: number }, tail: Tail, reader: OutputReader, flow: Flow | null = null, veil: Veil | null = null,
  ): Promise<LogWriter> {
    const writer = new LogWriter(db, run, tail, reader, flow, veil);
    const position = await logPosition(db, run.id);
    writer.#offsets = { stdout: position.stdout, stderr: position.stderr };
    let replayed = 0;
    while (writer.#lastSeq < position.lastSeq) {
      const page = await readLog(db, run.id, writer.#lastSeq, REPLAY_PAGE);
      for (const chunk of page) {
        if (chunk.stream !== 'SYSTEM') replayed += reader.feed(chunk.stream === 'STDOUT' ? 'stdout' : 'stderr', chunk.text).length;
        writer.#lastSeq = chunk.seq;
      }
      if (page.length === 0) break;
    }
    // Chunks and their entries are one statement, so the two agree; only entries of the end may be stored beyond.
    writer.#lastEntry = replayed;
    writer.#storedEntries = position.lastEntry;
    return writer;
  }

  /** Stores the next piece of output, if there is any. Throws where the database does not answer: call again. */
  async pump(isEnded = false): Promise<Pumped> {
    if (this.#pending === null) {
      const batch = await this.#nextBatch(isEnded);
      if (batch.chunks.length === 0) return 'idle';
      this.#pending = batch;
      await this.#flow?.take(batch.chunks.reduce((sum, chunk) => sum + chunk.byteSize, 0));
    }
    return this.#store(this.#pending);
  }

  /** Bytes that are printed and not stored yet. */
  async backlog(): Promise<number> {
    const sizes = await Promise.all(streams.map(({ name }) => this.#tail.size(name)));
    return sizes.reduce((sum, size) => sum + size, 0) - this.storedBytes;
  }

  /** The end of what was printed may be the beginning of a secret: look again in a moment, also if nothing is added. */
  get isHolding(): boolean {
    return this.#isHolding;
  }

  get storedBytes(): number {
    return this.#offsets.stdout + this.#offsets.stderr;
  }

  /** Stores all that is left once nobody can write any more, and what the reader makes of the end. */
  async drain(): Promise<'stored' | 'fenced'> {
    for (;;) {
      const pumped = await this.pump(true);
      if (pumped === 'fenced') return 'fenced';
      if (pumped === 'idle') break;
    }
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      const entries = this.#numbered(this.#reader.end()).filter((entry) => entry.seq > this.#storedEntries);
      if (entries.length > 0) this.#pending = { chunks: [], entries };
    }
    if (this.#pending === null) return 'stored';
    return (await this.#store(this.#pending)) === 'fenced' ? 'fenced' : 'stored';
  }

  async #nextBatch(isEnded: boolean): Promise<Batch> {
    const batch: Batch = { chunks: [], entries: [] };
    this.#isHolding = false;
    // In turn, so that neither stream starves behind a flood in the other.
    this.#isStderrFirst = !this.#isStderrFirst;
    for (const { name, stored } of this.#isStderrFirst ? streams.toReversed() : streams) {
      while (batch.chunks.length < CHUNKS_MAX) {
        const offset = this.#offsets[name];
        const bytes = await this.#tail.read(name, offset, CHUNK_BYTES);
        const isLast = isEnded && bytes.length < CHUNK_BYTES;
        const whole = nextChunk(bytes, isLast);
        if (whole === null) break;
        const chunk = isLast ? this.#veiled(whole) : this.#beforeSecret(name, offset, whole);
        if (chunk === null) break;
        this.#offsets[name] += chunk.byteSize;
        this.#lastSeq += 1;
        batch.chunks.push({ seq: this.#lastSeq, stream: stored, offset, ...chunk });
        batch.entries.push(...this.#numbered(this.#reader.feed(name, chunk.text)));
        // Less than asked for is all there is now: what comes next is for the next statement.
        if (bytes.length < CHUNK_BYTES && !isEnded) break;
      }
    }
    return batch;
  }

  #veiled(chunk: Chunk): Chunk {
    return this.#veil ? { ...chunk, text: this.#veil.hide(chunk.text) } : chunk;
  }

  /** The chunk up to where a secret may have begun that goes on in the next; null where it does so at once. */
  #beforeSecret(name: Stream, offset: number, chunk: Chunk): Chunk | null {
    const end = offset + chunk.byteSize;
    const open = this.#veil?.openAt(chunk.text) ?? chunk.text.length;
    if (open === chunk.text.length || this.#held[name] === end) return this.#veiled(chunk);
    this.#held[name] = end;
    this.#isHolding = true;
    const rest = Buffer.byteLength(chunk.text.slice(open));
    return open === 0 || rest >= chunk.byteSize ? null : this.#veiled({ text: chunk.text.slice(0, open), byteSize: chunk.byteSize - rest });
  }

  #numbered(entries: readonly TranscriptEntry[]): NewEntry[] {
    return entries.map((entry) => ({ ...entry, seq: (this.#lastEntry += 1) }));
  }

  async #store(batch: Batch): Promise<Pumped> {
    if (this.#isUncertain && (await this.#hasArrived(batch))) return this.#settled(batch);
    this.#isUncertain = true;
    try {
      if (!(await appendLog(this.#db, this.#run, batch.chunks, batch.entries))) return 'fenced';
    } catch (error) {
      throw (error as { code?: string }).code === UNIQUE_VIOLATION ? new LogMoved() : error;
    }
    return this.#settled(batch);
  }

  #settled(batch: Batch): Pumped {
    this.#isUncertain = false;
    this.#pending = null;
    return batch.chunks.length === CHUNKS_MAX ? 'more' : 'stored';
  }

  /** A statement whose answer was lost may have been committed: all of it or nothing. */
  async #hasArrived({ chunks, entries }: Batch): Promise<boolean> {
    const position = await logPosition(this.#db, this.#run.id);
    const lastChunk = chunks.at(-1);
    return lastChunk ? position.lastSeq >= lastChunk.seq : position.lastEntry >= (entries.at(-1)?.seq ?? 0);
  }
}
