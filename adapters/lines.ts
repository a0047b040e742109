/**
 * Cuts text that arrives in pieces into lines. A line longer than `maxLength` is handed out in parts of that length, so
 * that a program which never prints a newline costs bounded memory; such parts are marked.
 */
export class LineSplitter {
  #parts: string[] = [];
  #length = 0;
  #isContinuation = false;
  readonly #maxLength: number;
  readonly #onLine: (line: string, isPart: boolean) => void;

  constructor(maxLength: number, onLine: (line: string, isPart: boolean) => void) {
    this.#maxLength = maxLength;
    this.#onLine = onLine;
  }

  feed(text: string): void {
    let from = 0;
    for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', from)) {
      this.#take(text.slice(from, newline));
      this.#flush(false);
      from = newline + 1;
    }
    if (from < text.length) this.#take(text.slice(from));
  }

  /** Hands out what is left without a newline. */
  end(): void {
    if (this.#length > 0) this.#flush(false);
  }

  #take(piece: string): void {
    let rest = piece;
    while (this.#length + rest.length > this.#maxLength) {
      const room = this.#maxLength - this.#length;
      this.#parts.push(rest.slice(0, room));
      this.#length = this.#maxLength;
      rest = rest.slice(room);
      this.#flush(true);
    }
    if (rest.length > 0) {
      this.#parts.push(rest);
      this.#length += rest.length;
    }
  }

  #flush(continues: boolean): void {
    const line = this.#parts.join('');
    const isPart = continues || this.#isContinuation;
    this.#parts = [];
    this.#length = 0;
    this.#isContinuation = continues;
    this.#onLine(!continues && line.endsWith('\r') ? line.slice(0, -1) : line, isPart);
  }
}
