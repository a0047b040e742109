import { measureLine, spansOf, SPECIAL, type Span } from './ansi.ts';
import { Column } from './column.ts';
import { PLAIN, type Style } from './style.ts';

export type Stream = 'STDOUT' | 'STDERR' | 'SYSTEM';

export interface Chunk {
  readonly cursor: string;
  readonly stream: Stream;
  readonly at: string;
  readonly text: string;
}

interface Piece {
  readonly chunk: Chunk;
  /** The next chunk of the same stream, where an unfinished line goes on; -1 while there is none. */
  next: number;
  /** Whether a line of this chunk may need more than its characters counted: escapes, overwriting, tabs, wide letters. */
  readonly special: boolean;
}

interface Stretch {
  last: number;
  /** The line that this stream has begun and not ended, or -1. */
  open: number;
  openSpecial: boolean;
  style: Style;
}

const streams: readonly Stream[] = ['STDOUT', 'STDERR', 'SYSTEM'];

/**
 * The lines of a log, in the order in which they began. A line belongs to one stream: text of another stream that arrives
 * in its middle is a line of its own. Chunks are kept as they came; a line is twenty bytes that say where it starts and how
 * long it is, and is only taken apart when somebody looks at it. Past `maxChars` the oldest lines are let go; numbers of
 * lines never change.
 */
export class LineStore {
  readonly #maxChars: number;
  readonly #pieces: Piece[] = [];
  #firstPiece = 0;
  #firstLine = 0;
  #chars = 0;
  readonly #piece = new Column(Uint32Array);
  readonly #offset = new Column(Uint32Array);
  readonly #length = new Column(Uint32Array);
  readonly #width = new Column(Uint32Array);
  readonly #style = new Column(Uint16Array);
  readonly #styles: Style[] = [PLAIN];
  readonly #styleNumbers = new Map<Style, number>([[PLAIN, 0]]);
  readonly #stretches: Record<Stream, Stretch>;

  constructor(maxChars = 96_000_000) {
    this.#maxChars = maxChars;
    const fresh = (): Stretch => ({ last: -1, open: -1, openSpecial: false, style: PLAIN });
    this.#stretches = { STDOUT: fresh(), STDERR: fresh(), SYSTEM: fresh() };
  }

  /** The oldest line still held. */
  get first(): number {
    return this.#firstLine;
  }

  /** One past the newest line. */
  get end(): number {
    return this.#firstLine + this.#piece.length;
  }

  get chars(): number {
    return this.#chars;
  }

  /** The chunks held, oldest first, and those that come while they are gone through. */
  *chunks(): Generator<Chunk> {
    for (let number = this.#firstPiece; number < this.#firstPiece + this.#pieces.length; number += 1) {
      number = Math.max(number, this.#firstPiece);
      const piece = this.#pieces[number - this.#firstPiece];
      if (piece) yield piece.chunk;
    }
  }

  append(chunk: Chunk): void {
    const { text, stream } = chunk;
    const number = this.#firstPiece + this.#pieces.length;
    const special = SPECIAL.test(text);
    this.#pieces.push({ chunk, next: -1, special });
    this.#chars += text.length;
    const stretch = this.#stretches[stream];
    const before = this.#pieces[stretch.last - this.#firstPiece];
    if (stretch.last >= 0 && before) before.next = number;
    stretch.last = number;

    for (let from = 0; from < text.length; ) {
      const newline = text.indexOf('\n', from);
      const end = newline === -1 ? text.length : newline;
      if (stretch.open === -1) stretch.open = this.#begin(number, from, stretch.style);
      const line = stretch.open - this.#firstLine;
      this.#length.set(line, this.#length.get(line) + end - from);
      this.#width.set(line, this.#length.get(line));
      stretch.openSpecial ||= special;
      if (newline !== -1) this.#finish(stretch);
      from = end + 1;
    }
    if (this.#chars > this.#maxChars) this.#letGo();
  }

  /** How many characters the line has, escapes included. */
  length(line: number): number {
    return this.#length.get(line - this.#firstLine);
  }

  /** How many cells of a monospaced font it takes; for an unfinished line its length. */
  width(line: number): number {
    return this.#width.get(line - this.#firstLine);
  }

  stream(line: number): Stream {
    return this.#pieceOf(line).chunk.stream;
  }

  at(line: number): string {
    return this.#pieceOf(line).chunk.at;
  }

  isOpen(line: number): boolean {
    return streams.some((stream) => this.#stretches[stream].open === line);
  }

  /** The lines that may still grow. */
  openLines(): number[] {
    return streams.map((stream) => this.#stretches[stream].open).filter((line) => line !== -1);
  }

  /** The characters as they came, from the given one on, at most `limit` of them. */
  raw(line: number, limit = Infinity, from = 0): string {
    let left = Math.min(limit, this.length(line) - from);
    let piece: Piece | undefined = this.#pieceOf(line);
    let offset = this.#offset.get(line - this.#firstLine) + from;
    let text = '';
    while (piece && left > 0) {
      const part = piece.chunk.text.slice(offset, offset + left);
      text += part;
      left -= part.length;
      offset = Math.max(0, offset - piece.chunk.text.length);
      piece = piece.next === -1 ? undefined : this.#pieces[piece.next - this.#firstPiece];
    }
    return text;
  }

  /** What a terminal would show of the line, or of the part of it that is read. */
  spans(line: number, limit = Infinity, from = 0): Span[] {
    return spansOf(this.raw(line, limit, from), this.#styles[this.#style.get(line - this.#firstLine)] ?? PLAIN);
  }

  #pieceOf(line: number): Piece {
    const piece = this.#pieces[this.#piece.get(line - this.#firstLine) - this.#firstPiece];
    if (!piece) throw new RangeError(`line ${line} is not held`);
    return piece;
  }

  #begin(piece: number, offset: number, style: Style): number {
    this.#piece.push(piece);
    this.#offset.push(offset);
    this.#length.push(0);
    this.#width.push(0);
    this.#style.push(this.#styleNumber(style));
    return this.end - 1;
  }

  #finish(stretch: Stretch): void {
    if (stretch.openSpecial) {
      const { width, after } = measureLine(this.raw(stretch.open), stretch.style);
      this.#width.set(stretch.open - this.#firstLine, width);
      stretch.style = after;
    }
    stretch.open = -1;
    stretch.openSpecial = false;
  }

  /** A log that invents styles without end keeps the first 65,535; later ones start plain. */
  #styleNumber(style: Style): number {
    const known = this.#styleNumbers.get(style);
    if (known !== undefined) return known;
    if (this.#styles.length > 0xffff) return 0;
    this.#styles.push(style);
    this.#styleNumbers.set(style, this.#styles.length - 1);
    return this.#styles.length - 1;
  }

  /** Lets the oldest quarter go. A line that loses its beginning goes too; what still comes for it starts a new one. */
  #letGo(): void {
    let dropped = 0;
    let count = 0;
    while (count < this.#pieces.length - 1 && this.#chars - dropped > this.#maxChars * 0.75) {
      dropped += this.#pieces[count]?.chunk.text.length ?? 0;
      count += 1;
    }
    this.#pieces.splice(0, count);
    this.#firstPiece += count;
    this.#chars -= dropped;
    let lines = 0;
    while (lines < this.#piece.length && this.#piece.get(lines) < this.#firstPiece) lines += 1;
    for (const column of [this.#piece, this.#offset, this.#length, this.#width, this.#style]) column.drop(lines);
    this.#firstLine += lines;
    for (const stream of streams) {
      const stretch = this.#stretches[stream];
      if (stretch.open < this.#firstLine) {
        stretch.open = -1;
        stretch.openSpecial = false;
      }
    }
  }
}
