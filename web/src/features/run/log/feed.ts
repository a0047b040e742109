import { createSignal, type Accessor } from 'solid-js';
import { Declined } from '../../../graphql/ask.ts';
import { LineStore, type Chunk } from './line-store.ts';

export interface LogPage {
  readonly chunks: readonly Chunk[];
  readonly endCursor: string;
  readonly hasMore: boolean;
}

export type LogItem =
  | { readonly kind: 'chunk'; readonly chunk: Chunk }
  /** The run is over; `cursor` is its last chunk's. */
  | { readonly kind: 'ended'; readonly cursor: string }
  /** The server let go of us, having more than we took: the rest is to be asked for. */
  | { readonly kind: 'resync' };

/** Where a log comes from. `follow` yields what comes after the cursor, and goes on behind the last item when a connection is lost. */
export interface LogSource {
  page: (after: string, first: number, signal: AbortSignal) => Promise<LogPage>;
  follow: (after: string, on: { item: (item: LogItem) => void; done: (error?: unknown) => void }) => () => void;
}

export type Phase = 'loading' | 'live' | 'waiting' | 'ended' | 'failed';

/** More than this is not read from its start before its end is shown. */
const LARGE_BYTES = 3_000_000;
const TAIL_BYTES = 1_000_000;
const TAIL_CHUNKS = 8;
/** A page larger than this takes longer to parse than a frame may. */
const PAGE_BYTES = 1_000_000;
const MOST_PER_PAGE = 100;
/** Text is taken apart in slices of this long, so that the page stays awake while much arrives. */
const SLICE_MS = 8;
const RETRY_MS = [300, 1_000, 2_500, 5_000, 10_000];

/**
 * Keeps the lines of one run's log complete: pages first, then live; after a lost connection, a resync or a hole in the
 * numbers it asks again from the last chunk it has. Of a large log the end comes first and is live at once, while what is
 * before it is read into a second store, which takes the first one's place when both meet.
 */
export class LogFeed {
  readonly lines: Accessor<LineStore>;
  /** Rises whenever lines were added. */
  readonly version: Accessor<number>;
  readonly phase: Accessor<Phase>;
  /** How much of what comes before the lines shown has been read, 0 to 1; null where nothing does. */
  readonly earlier: Accessor<number | null>;
  /** What went wrong, while `phase` is `failed` or `waiting`. */
  readonly problem: Accessor<unknown>;
  readonly #set: {
    lines: (lines: LineStore) => void;
    version: () => void;
    phase: (phase: Phase) => void;
    earlier: (share: number | null) => void;
    problem: (problem: unknown) => void;
  };
  readonly #source: LogSource;
  readonly #onEnded: () => void;
  readonly #abort = new AbortController();
  readonly #maxChars: number;
  #lines: LineStore;
  #last = 0;
  #perPage = MOST_PER_PAGE;
  #queue: Chunk[] = [];
  #pumping = false;
  #over = false;
  #attempt = 0;
  /** Counts the times it began to catch up: an older one that is still waiting for a page stands down. */
  #turn = 0;
  /** The last chunk there was when the end came too early and the table was asked. */
  #checked = -1;
  #unfollow: (() => void) | undefined;

  constructor(source: LogSource, options: { onEnded?: () => void; maxChars?: number } = {}) {
    this.#source = source;
    this.#onEnded = options.onEnded ?? (() => {});
    this.#maxChars = options.maxChars ?? 96_000_000;
    this.#lines = new LineStore(this.#maxChars);
    const [lines, setLines] = createSignal(this.#lines);
    const [version, setVersion] = createSignal(0);
    const [phase, setPhase] = createSignal<Phase>('loading');
    const [earlier, setEarlier] = createSignal<number | null>(null);
    const [problem, setProblem] = createSignal<unknown>();
    this.lines = lines;
    this.version = version;
    this.phase = phase;
    this.earlier = earlier;
    this.problem = problem;
    this.#set = {
      lines: setLines,
      version: () => setVersion((before) => before + 1),
      phase: setPhase,
      earlier: setEarlier,
      problem: (value) => setProblem(() => value),
    };
  }

  /** `size` is what the run says its log measures now; it decides where to begin, not where to end. */
  start(size: { bytes: number; chunks: number }): void {
    const perChunk = size.bytes / Math.max(1, size.chunks);
    this.#perPage = Math.max(4, Math.min(MOST_PER_PAGE, Math.floor(PAGE_BYTES / Math.max(1, perChunk))));
    const tail = size.bytes > LARGE_BYTES ? Math.max(1, Math.ceil(TAIL_BYTES / perChunk)) : size.chunks;
    this.#last = Math.max(0, size.chunks - tail);
    if (this.#last > 0) {
      const room = Math.floor(this.#maxChars / perChunk);
      void this.#readBefore(this.#last, Math.max(0, size.chunks - room));
    }
    void this.#catchUp();
  }

  /** Begins with the last few chunks and leaves what is before them. */
  startAtEnd(chunks: number): void {
    this.#last = Math.max(0, chunks - TAIL_CHUNKS);
    void this.#catchUp();
  }

  stop(): void {
    this.#abort.abort();
    this.#unfollow?.();
    this.#unfollow = undefined;
  }

  /** Tries again at once after it failed. */
  retry(): void {
    this.#attempt = 0;
    void this.#catchUp();
  }

  /** Reads pages from the last chunk on until there are no more, then follows. */
  async #catchUp(): Promise<void> {
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#turn += 1;
    const turn = this.#turn;
    try {
      for (let more = true; more; ) {
        const page = await this.#source.page(String(this.#last), this.#perPage, this.#abort.signal);
        if (turn !== this.#turn || this.#abort.signal.aborted) return;
        for (const chunk of page.chunks) this.#take(chunk);
        more = page.hasMore && page.chunks.length > 0;
      }
      this.#attempt = 0;
      this.#follow();
    } catch (error) {
      if (turn === this.#turn) this.#tryLater(error);
    }
  }

  #follow(): void {
    this.#set.problem(undefined);
    this.#set.phase('live');
    this.#unfollow = this.#source.follow(String(this.#last), {
      item: (item) => {
        if (this.#over || this.#abort.signal.aborted) return;
        if (item.kind === 'ended') this.#end(Number(item.cursor));
        else if (item.kind === 'resync') void this.#catchUp();
        // A hole can only mean that the connection and the table disagree: the table is right.
        else if (seqOf(item.chunk) > this.#last + 1) void this.#catchUp();
        else this.#take(item.chunk);
      },
      done: (error) => {
        if (!this.#over) this.#tryLater(error);
      },
    });
  }

  /** Over only once the last chunk is here; where the table does not have it either, there is none. */
  #end(last: number): void {
    if (last > this.#last && this.#checked !== this.#last) {
      this.#checked = this.#last;
      void this.#catchUp();
      return;
    }
    this.#over = true;
    this.#unfollow?.();
    this.#pump();
  }

  #tryLater(error: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#set.problem(error);
    if (error instanceof Declined) {
      this.#set.phase('failed');
      return;
    }
    this.#set.phase('waiting');
    const wait = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)];
    this.#attempt += 1;
    const turn = this.#turn;
    setTimeout(() => {
      if (turn === this.#turn && !this.#abort.signal.aborted) void this.#catchUp();
    }, wait);
  }

  /** What came before is dropped here, whoever sends it twice. */
  #take(chunk: Chunk): void {
    const seq = seqOf(chunk);
    if (seq <= this.#last) return;
    this.#last = seq;
    this.#queue.push(chunk);
    this.#pump();
  }

  #pump(): void {
    if (this.#pumping) return;
    const until = document.hidden ? Infinity : performance.now() + SLICE_MS;
    let taken = 0;
    while (taken < this.#queue.length && performance.now() < until) {
      const chunk = this.#queue[taken];
      if (chunk) this.#lines.append(chunk);
      taken += 1;
    }
    this.#queue.splice(0, taken);
    if (taken > 0) this.#set.version();
    if (this.#queue.length > 0) {
      this.#pumping = true;
      setTimeout(() => {
        this.#pumping = false;
        this.#pump();
      });
    } else if (this.#over && this.phase() !== 'ended') {
      this.#set.phase('ended');
      this.#onEnded();
    }
  }

  /** Reads chunks after `from` up to `until` into a store of their own, adds what is shown, and shows that. */
  async #readBefore(until: number, from: number): Promise<void> {
    this.#set.earlier(0);
    const full = new LineStore(this.#maxChars);
    let after = from;
    for (let attempt = 0; after < until; ) {
      try {
        const page = await this.#source.page(String(after), this.#perPage, this.#abort.signal);
        if (this.#abort.signal.aborted || page.chunks.length === 0) break;
        const before = page.chunks.filter((chunk) => seqOf(chunk) <= until);
        await fill(full, before, this.#abort.signal);
        after = seqOf(page.chunks.at(-1) ?? { cursor: String(until) });
        attempt = 0;
        this.#set.earlier(Math.min(1, (after - from) / (until - from)));
      } catch {
        await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
        attempt += 1;
      }
      if (this.#abort.signal.aborted) return;
    }
    // Chunks that arrive meanwhile are among these; when the last is taken nothing has come in between.
    await fill(full, this.#lines.chunks(), this.#abort.signal);
    if (this.#abort.signal.aborted) return;
    this.#lines = full;
    this.#set.earlier(null);
    this.#set.lines(full);
    this.#set.version();
  }
}

/** Appends in slices, with a breath in between. */
async function fill(lines: LineStore, chunks: Iterable<Chunk>, signal: AbortSignal): Promise<void> {
  let slice = performance.now();
  for (const chunk of chunks) {
    lines.append(chunk);
    if (performance.now() - slice < SLICE_MS) continue;
    await pause();
    if (signal.aborted) return;
    slice = performance.now();
  }
}

/** A chunk's cursor is its number in the run, counted from 1. */
function seqOf(chunk: Pick<Chunk, 'cursor'>): number {
  return Number(chunk.cursor);
}

function pause(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
