/** The words of a text by number, with where each begins and ends. */
export interface Words {
  readonly ids: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

const LETTER = /[\p{L}\p{N}\p{M}_]/u;
/** Scripts that put no space between words: each character counts as one. */
const ALONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const isAsciiWord = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/** Numbers words alike whatever their case; several texts can share the numbers. */
export class Vocabulary {
  private readonly known = new Map<string, number>();
  private readonly kinds = new Map<number, 'part' | 'alone' | 'none'>();

  get size(): number {
    return this.known.size;
  }

  wordsOf(text: string): Words {
    const ids: number[] = [];
    const from: number[] = [];
    const to: number[] = [];
    const add = (start: number, end: number) => {
      const word = text.slice(start, end).toLowerCase();
      const id = this.known.get(word) ?? this.known.size;
      this.known.set(word, id);
      ids.push(id);
      from.push(start);
      to.push(end);
    };
    let start = -1;
    for (let at = 0; at < text.length; ) {
      const code = text.codePointAt(at) as number;
      const size = code > 0xffff ? 2 : 1;
      const kind = code < 128 ? (isAsciiWord(code) ? 'part' : 'none') : this.kindOf(code);
      if (kind !== 'part' && start >= 0) {
        add(start, at);
        start = -1;
      }
      if (kind === 'alone') add(at, at + size);
      else if (kind === 'part' && start < 0) start = at;
      at += size;
    }
    if (start >= 0) add(start, text.length);
    return { ids: Int32Array.from(ids), from: Int32Array.from(from), to: Int32Array.from(to) };
  }

  private kindOf(code: number): 'part' | 'alone' | 'none' {
    const known = this.kinds.get(code);
    if (known) return known;
    const char = String.fromCodePoint(code);
    // Emoji are words of their own: a quote may be nothing else.
    const kind = ALONE.test(char) || code > 0xffff ? 'alone' : LETTER.test(char) ? 'part' : 'none';
    this.kinds.set(code, kind);
    return kind;
  }
}
