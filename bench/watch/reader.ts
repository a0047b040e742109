/** What one subscriber made of a run's log. */
export interface Heard {
  lines: number;
  /** Lines came in order, each once, from 1 on. */
  whole: boolean;
  latenciesMs: number[];
  /** The clock when the first and the last line came. */
  firstNs: bigint;
  lastNs: bigint;
}

/** Puts chunks together to lines and checks their numbers; the clock in each line tells how long it was under way. */
export class LineReader {
  readonly heard: Heard = { lines: 0, whole: true, latenciesMs: [], firstNs: 0n, lastNs: 0n };
  readonly #keepsTimes: boolean;
  #rest = '';
  constructor(keepsTimes: boolean) {
    this.#keepsTimes = keepsTimes;
  }

  take(text: string): void {
    const now = process.hrtime.bigint();
    const { heard } = this;
    if (heard.firstNs === 0n) heard.firstNs = now;
    heard.lastNs = now;
    const all = this.#rest + text;
    let start = 0;
    for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', start)) {
      const clock = all.indexOf(' ', start);
      const number = all.indexOf(' ', clock + 1);
      heard.lines += 1;
      if (Number(all.slice(clock + 1, number)) !== heard.lines) heard.whole = false;
      if (this.#keepsTimes) heard.latenciesMs.push(Number(now - BigInt(all.slice(start, clock))) / 1e6);
      start = end + 1;
    }
    this.#rest = all.slice(start);
  }
}
