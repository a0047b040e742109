/**
 * Text with the source of each of its characters. All offsets count UTF-16 code units, as JavaScript strings do; whoever
 * computes them elsewhere must convert.
 */
export interface Projection {
  readonly version: number;
  /** Whitespace is single spaces, with none at either end. */
  readonly text: string;
  /** Where each character of the text begins and ends in the markdown. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Whitespace runs to one space, none at the ends: how quotes are compared. */
export function normalizeText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** As `\s` has it. */
export function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return (
    code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0x202f ||
    code === 0x205f || code === 0x3000 || code === 0xfeff
  );
}

/** Collects a projection from left to right. A run of whitespace becomes one space, which stands for the first of the run. */
export class ProjectionWriter {
  private readonly source: string;
  private readonly codes: Uint16Array;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private length = 0;
  private spaceAt = -1;

  constructor(source: string) {
    this.source = source;
    this.codes = new Uint16Array(source.length + 1);
    this.from = new Int32Array(source.length + 1);
    this.to = new Int32Array(source.length + 1);
  }

  /** A character of the source as it stands. */
  keep(at: number): void {
    const code = this.source.charCodeAt(at);
    if (isSpace(code)) this.separate(at);
    else this.write(code, at, at + 1);
  }

  /** A space where the source has something that parts words. */
  separate(at: number): void {
    if (this.spaceAt < 0) this.spaceAt = at;
  }

  /** Text that stands for a longer piece of the source, such as & for `&amp;`. */
  replace(text: string, from: number, to: number): void {
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (isSpace(code)) this.separate(from);
      else this.write(code, from, to);
    }
  }

  finish(version: number): Projection {
    const { length, codes } = this;
    let text = '';
    for (let at = 0; at < length; at += 8192) text += String.fromCharCode(...codes.subarray(at, Math.min(length, at + 8192)));
    return { version, text, from: this.from.slice(0, length), to: this.to.slice(0, length) };
  }

  private write(code: number, from: number, to: number): void {
    if (this.spaceAt >= 0) {
      if (this.length > 0) this.put(32, this.spaceAt, Math.min(this.spaceAt + 1, this.source.length));
      this.spaceAt = -1;
    }
    this.put(code, from, to);
  }

  private put(code: number, from: number, to: number): void {
    this.codes[this.length] = code;
    this.from[this.length] = from;
    this.to[this.length] = to;
    this.length += 1;
  }
}
