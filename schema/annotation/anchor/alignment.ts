import { isSpace } from './text.ts';

/** A sentence or a line of the source, without the space around it. */
interface Piece {
  from: number;
  to: number;
}

/**
 * Which sentences of one revision are sentences of the next. A passage whose sentences all stayed has not been touched, and is
 * where they are; words that stand in sentences that were there before, elsewhere, are not the passage come back.
 */
export class Alignment {
  private readonly previous: Piece[];
  private readonly next: Piece[];
  /** The counterpart of each piece by index; -1 where it has none. */
  private readonly nextOf: Int32Array;
  private readonly previousOf: Int32Array;

  constructor(previous: string, next: string) {
    this.previous = piecesOf(previous);
    this.next = piecesOf(next);
    this.nextOf = new Int32Array(this.previous.length).fill(-1);
    this.previousOf = new Int32Array(this.next.length).fill(-1);
    const known = new Map<string, number>();
    const number = (source: string, pieces: Piece[]) =>
      Int32Array.from(pieces, ({ from, to }) => {
        const text = source.slice(from, to);
        const id = known.get(text) ?? known.size;
        known.set(text, id);
        return id;
      });
    const pairs = pairsOf(number(previous, this.previous), number(next, this.next), known.size);
    for (const [a, b] of pairs) {
      this.nextOf[a] = b;
      this.previousOf[b] = a;
    }
  }

  /** Where a range of the previous source is now, if none of its sentences was touched and none came between them. */
  follow(from: number, to: number): { from: number; to: number } | null {
    const first = covering(this.previous, from);
    const last = covering(this.previous, to - 1);
    if (!isKept(this.nextOf, first, last)) return null;
    const shift = (piece: number) => (this.next[this.nextOf[piece] as number] as Piece).from - (this.previous[piece] as Piece).from;
    return { from: from + shift(first), to: to + shift(last) };
  }

  /** Whether a range of the next source was in the previous one already, as it stands. */
  existed(from: number, to: number): boolean {
    return isKept(this.previousOf, covering(this.next, from), covering(this.next, to - 1));
  }

  /** Whether a place of the next source is in a sentence that was not there before. */
  isNew(at: number): boolean {
    return this.previousOf[covering(this.next, at)] === -1;
  }
}

/** Whether these pieces have counterparts that follow on one another. */
function isKept(counterpart: Int32Array, first: number, last: number): boolean {
  if (first < 0 || last >= counterpart.length || (counterpart[first] ?? -1) < 0) return false;
  for (let i = first + 1; i <= last; i += 1) if (counterpart[i] !== (counterpart[i - 1] as number) + 1) return false;
  return true;
}

/** The piece that holds a place, or the one before it where the place is in the space between two. */
function covering(pieces: Piece[], at: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).from <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const STOP = new Set([...'.!?。！？'].map((char) => char.charCodeAt(0)));

function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = [];
  let from = -1;
  let end = 0;
  for (let at = 0; at <= source.length; at += 1) {
    const code = at < source.length ? source.charCodeAt(at) : 10;
    const isBlank = isSpace(code);
    if (!isBlank) {
      if (from < 0) from = at;
      end = at + 1;
    }
    const isEnd = code === 10 || (isBlank && end > 0 && STOP.has(source.charCodeAt(end - 1)));
    if (isEnd && from >= 0) {
      pieces.push({ from, to: end });
      from = -1;
    }
  }
  return pieces;
}

/**
 * Pairs of equal pieces in one order on both sides, by what is unique on both (patience), then within the gaps between: for
 * prose this finds the sentences that stayed at a cost that grows with the length, where the shortest edit script's grows
 * with the length times the changes.
 */
function pairsOf(a: Int32Array, b: Int32Array, kinds: number): [number, number][] {
  const pairs: [number, number][] = [];
  const inA = new Int32Array(kinds);
  const inB = new Int32Array(kinds);
  const placeInB = new Int32Array(kinds);
  const gaps: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let gap = gaps.pop(); gap; gap = gaps.pop()) {
    let [fromA, toA, fromB, toB] = gap;
    while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) pairs.push([fromA++, fromB++]);
    while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) pairs.push([--toA, --toB]);
    if (fromA === toA || fromB === toB) continue;
    for (let i = fromA; i < toA; i += 1) inA[a[i] as number] = (inA[a[i] as number] as number) + 1;
    for (let i = fromB; i < toB; i += 1) {
      inB[b[i] as number] = (inB[b[i] as number] as number) + 1;
      placeInB[b[i] as number] = i;
    }
    const unique: [number, number][] = [];
    for (let i = fromA; i < toA; i += 1) {
      const kind = a[i] as number;
      if (inA[kind] === 1 && inB[kind] === 1) unique.push([i, placeInB[kind] as number]);
    }
    for (let i = fromA; i < toA; i += 1) inA[a[i] as number] = 0;
    for (let i = fromB; i < toB; i += 1) inB[b[i] as number] = 0;
    const anchors = longestRising(unique);
    if (anchors.length === 0) continue;
    let [startA, startB] = [fromA, fromB];
    for (const [atA, atB] of anchors) {
      gaps.push([startA, atA, startB, atB]);
      pairs.push([atA, atB]);
      [startA, startB] = [atA + 1, atB + 1];
    }
    gaps.push([startA, toA, startB, toB]);
  }
  return pairs;
}

/** The longest choice of pairs that rises on both sides; they come sorted by the first. */
function longestRising(pairs: [number, number][]): [number, number][] {
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [i, [, b]] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] as number] as [number, number])[1] < b) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = i;
  }
  const chosen: [number, number][] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i] as number) chosen.push(pairs[i] as [number, number]);
  return chosen.reverse();
}
