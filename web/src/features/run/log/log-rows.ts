import type { Span } from './ansi.ts';
import type { LineStore, Stream } from './line-store.ts';

/** A longer line shows its beginning, and how much there is, until it is asked for. */
export const CUT = 1_600;
/** A line shown whole is drawn in rows of this many characters, so that ten megabytes of one line scroll like a log. */
export const SEGMENT = 8_000;
/** Of a cut line this much is read: escapes take room that nobody sees. */
const READ = CUT * 6;

export interface Row {
  readonly line: number;
  readonly segment: number;
  readonly stream: Stream;
  readonly at: string;
  readonly spans: readonly Span[];
  /** Characters of the line that are not shown; 0 where all is. */
  readonly hidden: number;
  /** The last row of a line that was asked for whole. */
  readonly lastOfWhole: boolean;
  /** How long the line was when the row was made: an unfinished line grows. */
  readonly length: number;
}

/** Which row shows what: a line is a row, a line shown whole as many as it needs. */
export class LogRows {
  readonly #lines: LineStore;
  /** Lines shown whole, in order, and their rows. */
  #whole: { line: number; segments: number }[] = [];
  readonly #cache = new Map<string, Row>();
  #parsed: { line: number; length: number; spans: Span[] } | undefined;

  constructor(lines: LineStore) {
    this.#lines = lines;
  }

  get count(): number {
    return this.#lines.end - this.#lines.first + this.#whole.reduce((sum, { segments }) => sum + segments - 1, 0);
  }

  /** Where the line's first row is. */
  rowOf(line: number): number {
    let row = line - this.#lines.first;
    for (const whole of this.#whole) if (whole.line < line) row += whole.segments - 1;
    return row;
  }

  /** Which line the row shows, and which part of it. */
  place(row: number): { line: number; segment: number } {
    let extra = 0;
    for (const { line, segments } of this.#whole) {
      const first = line - this.#lines.first + extra;
      if (row < first) break;
      if (row < first + segments) return { line, segment: row - first };
      extra += segments - 1;
    }
    return { line: this.#lines.first + row - extra, segment: 0 };
  }

  isWhole(line: number): boolean {
    return this.#whole.some((whole) => whole.line === line);
  }

  /** Shows all of a line, or only its beginning again. */
  toggle(line: number): void {
    const others = this.#whole.filter((whole) => whole.line !== line && whole.line >= this.#lines.first);
    const isNew = others.length === this.#whole.length;
    this.#whole = isNew ? [...others, { line, segments: this.#segments(line) }].sort((a, b) => a.line - b.line) : others;
    this.#cache.clear();
  }

  /** Lines let go, or shown whole and longer now. True where rows have other numbers than before. */
  refresh(): boolean {
    let changed = false;
    this.#whole = this.#whole.filter(({ line }) => line >= this.#lines.first);
    for (const whole of this.#whole) {
      const segments = this.#segments(whole.line);
      changed ||= segments !== whole.segments;
      whole.segments = segments;
    }
    return changed;
  }

  /** How many cells the row takes on one endless line. */
  width(row: number): number {
    const { line, segment } = this.place(row);
    const width = this.#lines.width(line);
    if (this.isWhole(line)) return Math.max(1, Math.min(SEGMENT, this.#length(line) - segment * SEGMENT));
    return width > CUT ? CUT + 24 : width;
  }

  /** The same row object as long as nothing about it changed, so that its element stays. */
  row(row: number): Row {
    const { line, segment } = this.place(row);
    const key = `${line}:${segment}`;
    const length = this.#lines.length(line);
    const known = this.#cache.get(key);
    if (known?.length === length) return known;
    if (this.#cache.size > 2_000) this.#cache.clear();
    const made = this.#make(line, segment, length);
    this.#cache.set(key, made);
    return made;
  }

  #make(line: number, segment: number, length: number): Row {
    const stream = this.#lines.stream(line);
    const at = this.#lines.at(line);
    if (this.isWhole(line)) {
      const all = this.#spans(line, length);
      return {
        line, segment, stream, at, length,
        spans: slice(all, segment * SEGMENT, (segment + 1) * SEGMENT),
        hidden: 0,
        lastOfWhole: segment === this.#segments(line) - 1,
      };
    }
    // A long line that overwrites itself shows its end; any other its beginning.
    const fromEnd = length > READ && this.#lines.raw(line, READ).includes('\r');
    const spans = fromEnd ? this.#lines.spans(line, READ, length - READ) : this.#lines.spans(line, READ);
    const visible = lengthOf(spans);
    return {
      line, segment, stream, at, length,
      spans: visible > CUT ? slice(spans, 0, CUT) : spans,
      hidden: visible <= CUT ? 0 : (fromEnd || length <= READ ? visible : Math.max(visible, this.#lines.width(line))) - CUT,
      lastOfWhole: false,
    };
  }

  #segments(line: number): number {
    return Math.max(1, Math.ceil(this.#length(line) / SEGMENT));
  }

  /** The visible length of a line shown whole. */
  #length(line: number): number {
    return lengthOf(this.#spans(line, this.#lines.length(line)));
  }

  /** Taking a huge line apart is paid once, not per segment. */
  #spans(line: number, length: number): Span[] {
    if (this.#parsed?.line !== line || this.#parsed.length !== length) {
      this.#parsed = { line, length, spans: this.#lines.spans(line) };
    }
    return this.#parsed.spans;
  }
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + span.text.length, 0);
}

/** The spans between two places in the text. */
export function slice(spans: readonly Span[], from: number, to: number): Span[] {
  const part: Span[] = [];
  let at = 0;
  for (const span of spans) {
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, span.text.length);
    if (start < end) part.push({ text: span.text.slice(start, end), style: span.style });
    at += span.text.length;
    if (at >= to) break;
  }
  return part;
}
