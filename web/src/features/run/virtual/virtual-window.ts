import { createSignal, type Accessor } from 'solid-js';
import { Heights } from './heights.ts';

/** Browsers stop at 17 to 33 million pixels of height; above this the scrollbar stands for more than it can measure. */
const TALLEST = 16_000_000;
/** Closer to the end than this is the end. */
const AT_END = 8;
const MOST_KEPT = 3_000;
const OVER_FOLLOWING = 120;

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface VirtualWindowOptions {
  /** What a row's height is taken for until it has been drawn. */
  estimate: (row: number) => number;
  /** Space above the first and below the last row. */
  padding?: number;
  /** Stay at the end as rows come. */
  follow?: boolean;
  /** The scroller's inner width changed, to a number of pixels: wrapped rows have other heights now. */
  onWidth?: (width: number) => void;
}

/**
 * Draws only the rows near the viewport of a list whose rows have any height and whose end grows. Rows are drawn in normal
 * flow in one box that is moved to where the first of them belongs, and measured once they are there. What holds the view
 * in place is an anchor, a row and how far into it the viewport starts, or the end while following: heights may turn out
 * wrong and rows may come and go above without anything moving under the reader's eyes.
 */
export class VirtualWindow {
  readonly range: Accessor<Range>;
  readonly following: Accessor<boolean>;
  readonly heights = new Heights();
  readonly #options: VirtualWindowOptions;
  readonly #setRange: (range: Range) => void;
  readonly #setFollowing: (following: boolean) => void;
  readonly #padding: number;
  #scroller: HTMLElement | undefined;
  #space: HTMLElement | undefined;
  #rows: HTMLElement | undefined;
  #anchor = { row: 0, into: 0 };
  #placed = 0;
  #viewport = 600;
  #keep: Range | undefined;
  #frame = 0;
  #placing = false;

  constructor(options: VirtualWindowOptions) {
    this.#options = options;
    this.#padding = options.padding ?? 0;
    const [range, setRange] = createSignal<Range>({ from: 0, to: 0 }, { equals: (a, b) => a.from === b.from && a.to === b.to });
    const [following, setFollowing] = createSignal(options.follow ?? false);
    this.range = range;
    this.#setRange = setRange;
    this.following = following;
    this.#setFollowing = setFollowing;
  }

  /** `scroller` holds `space`, which holds `rows`, whose children are the rows of `range()` in order. */
  attach(scroller: HTMLElement, space: HTMLElement, rows: HTMLElement): () => void {
    this.#scroller = scroller;
    this.#space = space;
    this.#rows = rows;
    this.#viewport = scroller.clientHeight || this.#viewport;
    let width = scroller.clientWidth;
    const scrolled = () => this.#scrolled();
    /** The wheel speaks before the scroll event does: rows that come in between must not pull the reader back down. */
    const wheeled = (event: WheelEvent) => {
      if (event.deltaY < 0 && this.heights.total > this.#viewport) this.#stay();
    };
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver((entries) => {
      for (const { target } of entries) {
        if (target !== scroller) continue;
        this.#viewport = scroller.clientHeight;
        if (scroller.clientWidth !== width) {
          width = scroller.clientWidth;
          this.#options.onWidth?.(width);
        }
      }
      this.schedule();
    });
    scroller.addEventListener('scroll', scrolled, { passive: true });
    scroller.addEventListener('wheel', wheeled, { passive: true });
    observer?.observe(scroller);
    observer?.observe(rows);
    this.place();
    return () => {
      scroller.removeEventListener('scroll', scrolled);
      scroller.removeEventListener('wheel', wheeled);
      observer?.disconnect();
      cancelAnimationFrame(this.#frame);
      this.#scroller = undefined;
    };
  }

  /** There are `count` rows now, the ones before unchanged. Draws nothing yet, as all that changes rows. */
  grow(count: number): void {
    while (this.heights.length < count) this.heights.push(this.#options.estimate(this.heights.length));
  }

  /** Rows have other numbers or heights now. `moved` says which row the one at the top has become. */
  reset(count: number, moved: (row: number) => number = (row) => row): void {
    this.heights.reset(count, this.#options.estimate);
    const row = moved(this.#anchor.row);
    this.#anchor = row < 0 ? { row: 0, into: 0 } : { row: Math.min(row, Math.max(0, count - 1)), into: this.#anchor.into };
    this.#keep = undefined;
  }

  /** The row's estimate changed. */
  revise(row: number): void {
    this.heights.set(row, this.#options.estimate(row));
  }

  /** Rows that stay drawn although they are out of sight: a selection lives in its elements. */
  keep(range: Range | undefined): void {
    this.#keep = range && range.to - range.from <= MOST_KEPT ? range : undefined;
  }

  follow(on: boolean): void {
    if (on) this.#setFollowing(true);
    else this.#stay();
    this.place();
  }

  /** Follows no more: what is shown now is what stays. */
  #stay(): void {
    if (!this.following()) return;
    this.#anchorAt(this.#top());
    this.#setFollowing(false);
  }

  /** Brings the row into view: to the middle if it was out of sight, or not at all where it already shows. */
  show(row: number): void {
    this.#stay();
    const top = this.heights.top(row) + this.#padding;
    const from = this.#top();
    const bottom = top + this.heights.get(row);
    if (top < from || bottom > from + this.#viewport) this.#anchorAt(Math.max(0, top - this.#viewport / 2));
    this.place();
  }

  toStart(): void {
    this.#setFollowing(false);
    this.#anchor = { row: 0, into: -this.#padding };
    this.place();
  }

  /** Draws at the next frame: what arrives in one frame is drawn once. */
  schedule(): void {
    if (this.#frame || !this.#scroller) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.place();
    });
  }

  place(): void {
    const scroller = this.#scroller;
    if (!scroller || !this.#space || !this.#rows || this.#placing) return;
    this.#placing = true;
    try {
      this.#place(scroller, this.#space, this.#rows);
    } finally {
      this.#placing = false;
    }
  }

  #place(scroller: HTMLElement, space: HTMLElement, rows: HTMLElement): void {
    const { heights } = this;
    // Whoever follows sees every row change at every frame: rows out of sight would be laid out for nothing.
    const over = this.following() ? Math.min(this.#viewport, OVER_FOLLOWING) : this.#viewport;
    let range: Range = { from: 0, to: 0 };
    for (let pass = 0; pass < 4; pass += 1) {
      space.style.height = `${Math.min(TALLEST, this.#tall())}px`;
      const top = this.#top();
      range =
        heights.length === 0
          ? { from: 0, to: 0 }
          : { from: heights.at(Math.max(0, top - over)), to: heights.at(top + this.#viewport + over) + 1 };
      if (this.#keep) range = { from: Math.min(range.from, this.#keep.from), to: Math.max(range.to, this.#keep.to) };
      this.#setRange(range);
      if (!this.#measure(rows, range.from)) break;
    }
    const top = this.#top();
    const scroll = top / this.#ratio();
    rows.style.transform = `translateY(${scroll + heights.top(range.from) + this.#padding - top}px)`;
    if (Math.abs(scroller.scrollTop - scroll) >= 1) scroller.scrollTop = scroll;
    this.#placed = scroller.scrollTop;
  }

  /** Reads the height of every drawn row; true where one was not what it was taken for. */
  #measure(rows: HTMLElement, from: number): boolean {
    let changed = false;
    for (let i = 0; i < rows.children.length; i += 1) {
      const height = rows.children[i]?.getBoundingClientRect().height ?? 0;
      if (height > 0 && Math.abs(height - this.heights.get(from + i)) > 0.5) {
        this.heights.set(from + i, height);
        changed = true;
      }
    }
    return changed;
  }

  #scrolled(): void {
    const scroller = this.#scroller;
    if (!scroller || Math.abs(scroller.scrollTop - this.#placed) < 1) return;
    const top = scroller.scrollTop * this.#ratio();
    this.#anchorAt(top);
    this.#setFollowing(top + this.#viewport >= this.#tall() - AT_END && this.#options.follow !== undefined);
    this.place();
  }

  #anchorAt(top: number): void {
    const row = this.heights.at(Math.max(0, top - this.#padding));
    this.#anchor = { row, into: top - this.#padding - this.heights.top(row) };
  }

  #tall(): number {
    return this.heights.total + 2 * this.#padding;
  }

  /** Where the viewport starts, in rows' pixels. */
  #top(): number {
    const last = Math.max(0, this.#tall() - this.#viewport);
    if (this.following()) return last;
    return Math.min(last, Math.max(0, this.heights.top(this.#anchor.row) + this.#padding + this.#anchor.into));
  }

  /** Rows' pixels per pixel of the scrollbar. */
  #ratio(): number {
    const tall = this.#tall();
    return tall <= TALLEST ? 1 : (tall - this.#viewport) / (TALLEST - this.#viewport);
  }
}
