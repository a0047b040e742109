/**
 * The heights of very many rows: where a row starts, and which row is at a place, each in a number of steps that grows with
 * the logarithm of their count (a Fenwick tree). An array of offsets would be rewritten from every row that turns out
 * higher than thought: at 200,000 rows that is a frame.
 */
export class Heights {
  #heights = new Float64Array(1024);
  /** `#sums[i]` is the sum of the rows from `i - (i & -i)` to before `i`; counted from 1. */
  #sums = new Float64Array(1025);
  #length = 0;
  #total = 0;

  get length(): number {
    return this.#length;
  }

  get total(): number {
    return this.#total;
  }

  get(row: number): number {
    return this.#heights[row] ?? 0;
  }

  set(row: number, height: number): void {
    const change = height - this.get(row);
    if (change === 0 || row >= this.#length) return;
    this.#heights[row] = height;
    this.#total += change;
    for (let i = row + 1; i <= this.#length; i += i & -i) this.#sums[i] = (this.#sums[i] ?? 0) + change;
  }

  push(height: number): void {
    this.#reserve(this.#length + 1);
    this.#heights[this.#length] = height;
    this.#length += 1;
    this.#total += height;
    const i = this.#length;
    let sum = height;
    for (let j = i - 1, stop = i - (i & -i); j > stop; j -= j & -j) sum += this.#sums[j] ?? 0;
    this.#sums[i] = sum;
  }

  /** Starts over with `length` rows. */
  reset(length: number, heightOf: (row: number) => number): void {
    this.#reserve(length);
    this.#length = length;
    this.#total = 0;
    for (let row = 0; row < length; row += 1) {
      const height = heightOf(row);
      this.#heights[row] = height;
      this.#sums[row + 1] = height;
      this.#total += height;
    }
    for (let i = 1; i <= length; i += 1) {
      const above = i + (i & -i);
      if (above <= length) this.#sums[above] = (this.#sums[above] ?? 0) + (this.#sums[i] ?? 0);
    }
  }

  /** The sum of the rows before `row`. */
  top(row: number): number {
    let sum = 0;
    for (let i = Math.min(row, this.#length); i > 0; i -= i & -i) sum += this.#sums[i] ?? 0;
    return sum;
  }

  /** The row at `offset`, the last one where it lies beyond. */
  at(offset: number): number {
    let row = 0;
    let left = offset;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.#length))); step >= 1; step /= 2) {
      const sum = this.#sums[row + step] ?? 0;
      if (row + step <= this.#length && sum <= left) {
        row += step;
        left -= sum;
      }
    }
    return Math.max(0, Math.min(row, this.#length - 1));
  }

  #reserve(length: number): void {
    if (length <= this.#heights.length) return;
    const size = Math.max(length, this.#heights.length * 2);
    const heights = new Float64Array(size);
    heights.set(this.#heights);
    const sums = new Float64Array(size + 1);
    sums.set(this.#sums);
    this.#heights = heights;
    this.#sums = sums;
  }
}
