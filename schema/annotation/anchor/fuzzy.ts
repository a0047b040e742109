import type { Alignment } from './alignment.ts';
import { scoreOf, type Sought } from './score.ts';
import type { Projection } from './text.ts';
import { Vocabulary, type Words } from './words.ts';

const SIMILAR_ENOUGH = 0.45;
const GOOD_ENOUGH = 0.58;
/** Occurrences of a quote's rarest words that are looked at as signs of where it may be. */
const SEEDS = 400;
/** Places that are compared in full. */
const PLACES = 24;

/**
 * Looks for passages whose words have changed, among the sentences that are new. It is bounded: where a passage may stand is
 * guessed from its rarest words, only the likeliest places are compared, and a document has one allowance of comparing for
 * all of its threads. A thread that finds it used up is not found.
 */
export class FuzzySearch {
  private readonly projection: Projection;
  private readonly alignment: Alignment | null;
  private allowance: number;
  private index: Index | null = null;

  constructor(projection: Projection, alignment: Alignment | null, allowance: number) {
    this.projection = projection;
    this.alignment = alignment;
    this.allowance = allowance;
  }

  find(sought: Sought): { start: number; end: number } | null {
    this.index ??= new Index(this.projection, this.alignment);
    const { vocabulary, words } = this.index;
    const quoteIds = vocabulary.wordsOf(sought.quote).ids;
    if (quoteIds.length === 0 || this.allowance <= 0) return null;
    const compare = new Comparison(quoteIds, sought.quote.length, words, vocabulary.size);
    let best: { start: number; end: number; total: number } | null = null;
    for (const place of this.places(quoteIds, sought)) {
      for (let first = Math.max(0, place - 1); first <= place + 1; first += 1) {
        for (let size = Math.max(1, quoteIds.length - 1); size <= quoteIds.length + 2; size += 1) {
          const last = first + size - 1;
          if (last >= words.ids.length) break;
          this.allowance -= size;
          if (this.allowance <= 0) return null;
          const similarity = compare.similarity(first, last);
          if (similarity < SIMILAR_ENOUGH) continue;
          const [start, end] = this.rangeOf(first, last, sought.quote);
          if (this.wasThere(start, end)) continue;
          const total = 0.35 * scoreOf(this.projection.text, sought, start, end).total + 0.65 * similarity;
          if (total >= GOOD_ENOUGH && total > (best?.total ?? 0)) best = { start, end, total };
        }
      }
    }
    return best;
  }

  /** Words at which the passage may begin, the likeliest first: those that most of its rare words point to. */
  private places(quoteIds: Int32Array, sought: Sought): number[] {
    const { words, occurrencesOf } = this.index as Index;
    const rarest = [...quoteIds.entries()].map(([at, id]) => ({ at, found: occurrencesOf(id) })).filter(({ found }) => found.length > 0).sort((a, b) => a.found.length - b.found.length);
    const votes = new Map<number, number>();
    let seeds = 0;
    for (const { at, found } of rarest) {
      if (seeds > 0 && seeds + found.length > SEEDS) break;
      seeds += found.length;
      for (const place of found.subarray(0, SEEDS)) votes.set(place - at, (votes.get(place - at) ?? 0) + 1);
    }
    const distance = (place: number) => Math.abs((words.from[Math.max(0, place)] ?? 0) - sought.normalizedStart);
    return [...votes].sort(([a, m], [b, n]) => n - m || distance(a) - distance(b)).slice(0, PLACES).map(([place]) => place);
  }

  /** From the first word to the last, with the stop that the quote ends in. */
  private rangeOf(first: number, last: number, quote: string): [number, number] {
    const { words } = this.index as Index;
    const [start, end] = [words.from[first] as number, words.to[last] as number];
    return [start, this.projection.text[end] === quote.at(-1) ? end + 1 : end];
  }

  private wasThere(start: number, end: number): boolean {
    const { from, to } = this.projection;
    return this.alignment?.existed(from[start] as number, to[end - 1] as number) ?? false;
  }
}

/** The words of a text, and where each of them stands in new sentences. */
class Index {
  readonly vocabulary = new Vocabulary();
  readonly words: Words;
  readonly occurrencesOf: (id: number) => Int32Array;

  constructor({ text, from }: Projection, alignment: Alignment | null) {
    this.words = this.vocabulary.wordsOf(text);
    const { ids, from: starts } = this.words;
    const isNew = Uint8Array.from(starts, (start) => (!alignment || alignment.isNew(from[start] as number) ? 1 : 0));
    const ends = new Int32Array(this.vocabulary.size + 1);
    for (const [i, id] of ids.entries()) if (isNew[i]) ends[id + 1] = (ends[id + 1] as number) + 1;
    for (let id = 1; id < ends.length; id += 1) ends[id] = (ends[id] as number) + (ends[id - 1] as number);
    const places = new Int32Array(ends.at(-1) ?? 0);
    const filled = ends.slice();
    for (const [i, id] of ids.entries()) {
      if (!isNew[i]) continue;
      places[filled[id] as number] = i;
      filled[id] = (filled[id] as number) + 1;
    }
    // Words that only the quote has are numbered later, and stand nowhere.
    this.occurrencesOf = (id) => places.subarray(ends[id] ?? places.length, ends[id + 1] ?? places.length);
  }
}

/** Compares windows of words with a quote, without making anything for each. */
class Comparison {
  private readonly words: Words;
  private readonly quoteLength: number;
  private readonly inQuote: Uint8Array;
  private readonly seenIn: Int32Array;
  private readonly distinct: number;
  private window = 0;

  constructor(quoteIds: Int32Array, quoteLength: number, words: Words, vocabulary: number) {
    this.words = words;
    this.quoteLength = quoteLength;
    this.inQuote = new Uint8Array(vocabulary);
    this.seenIn = new Int32Array(vocabulary);
    for (const id of quoteIds) this.inQuote[id] = 1;
    this.distinct = new Set(quoteIds).size;
  }

  /** 0.75 for the share of words that both have, 0.25 for being as long. */
  similarity(first: number, last: number): number {
    const { ids, from, to } = this.words;
    this.window += 1;
    let common = 0;
    let own = 0;
    for (let i = first; i <= last; i += 1) {
      const id = ids[i] as number;
      if (this.seenIn[id] === this.window) continue;
      this.seenIn[id] = this.window;
      if (this.inQuote[id]) common += 1;
      else own += 1;
    }
    const length = (to[last] as number) - (from[first] as number);
    return 0.75 * (common / (this.distinct + own)) + 0.25 * (Math.min(length, this.quoteLength) / Math.max(length, this.quoteLength));
  }
}
