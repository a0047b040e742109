import { Alignment } from './alignment.ts';
import { FuzzySearch } from './fuzzy.ts';
import { occurrences } from './occurrences.ts';
import { project } from './projection.ts';
import { scoreOf, type Score, type Sought } from './score.ts';
import { type Anchor, anchorOf } from './selector.ts';
import { normalizeText, type Projection } from './text.ts';

export type AnchorState = 'ACTIVE' | 'STALE' | 'ORPHANED';
export type AnchorConfidence = 'EXACT' | 'DUPLICATE' | 'FUZZY' | 'AMBIGUOUS' | 'MISSING';

/** A thread as it stood in the previous revision. */
export interface Standing extends Sought, Anchor {
  /** What it stood at, where that was not the quote itself. */
  matchText: string | null;
  state: AnchorState;
  confidence: AnchorConfidence;
  projectionVersion: number;
}

/** Where a thread stands in the next revision. */
export interface Placement {
  state: AnchorState;
  confidence: AnchorConfidence;
  /** Null where it was not found: the thread keeps its last place, so that a later revision can bring it back. */
  anchor: Anchor | null;
  /** What it stands at, where that is not the quote itself. */
  matchText: string | null;
  failureReason: 'empty_quote' | 'not_found' | null;
}

/** How many words are compared, over all threads of a document, in search of passages that were reworded. */
const ALLOWANCE = 8_000_000;
/** By how much the best of several places must stand out. */
const CLEAR = 0.05;
/** Characters from which on words are no coincidence, by themselves and as what is beside them. */
const TELLING_QUOTE = 24;
const TELLING_CONTEXT = 12;

/**
 * Finds each thread in the next revision. With the previous one at hand, a thread whose sentences stayed is where they are;
 * the others are sought in what is new, by the words that were first chosen and never by a later match, so that no thread
 * drifts. Without it, all places count.
 */
export function placeThreads(threads: Standing[], previous: string | null, next: string): Placement[] {
  const alignment = previous === null ? null : new Alignment(previous, next);
  const places = new Map<number, Places>();
  return threads.map((thread) => {
    const version = thread.projectionVersion;
    const known = places.get(version) ?? new Places(project(next, version), alignment);
    places.set(version, known);
    return known.placeOf(thread);
  });
}

const ORPHANED = { state: 'ORPHANED', confidence: 'MISSING', anchor: null, matchText: null } as const;

class Places {
  private readonly projection: Projection;
  private readonly alignment: Alignment | null;
  private readonly fuzzy: FuzzySearch;

  constructor(projection: Projection, alignment: Alignment | null) {
    this.projection = projection;
    this.alignment = alignment;
    this.fuzzy = new FuzzySearch(projection, alignment, ALLOWANCE);
  }

  placeOf(thread: Standing): Placement {
    const quote = normalizeText(thread.quote);
    if (quote === '') return { ...ORPHANED, failureReason: 'empty_quote' };
    const untouched = thread.state === 'ORPHANED' ? null : this.untouched(thread);
    if (untouched) return { state: thread.state, confidence: thread.confidence, anchor: untouched, matchText: thread.matchText, failureReason: null };
    const sought = { quote, prefix: normalizeText(thread.prefix) === '' ? '' : thread.prefix, suffix: normalizeText(thread.suffix) === '' ? '' : thread.suffix, normalizedStart: thread.normalizedStart };
    return this.exact(sought) ?? this.reworded(sought) ?? { ...ORPHANED, failureReason: 'not_found' };
  }

  /** Where the thread stands if its sentences were only pushed about, not touched. */
  private untouched(thread: Standing): Anchor | null {
    const range = this.alignment?.follow(thread.markdownStart, thread.markdownEnd);
    if (!range) return null;
    const start = lowerBound(this.projection.from, range.from);
    const end = start + (thread.matchText ?? thread.quote).length;
    const anchor = anchorOf(this.projection, start, end);
    // What stands before a sentence can change what it means, as the beginning of a code block does.
    return anchor?.markdownStart === range.from && this.projection.text.slice(start, end) === (thread.matchText ?? thread.quote) ? anchor : null;
  }

  private exact(sought: Sought): Placement | null {
    const { text } = this.projection;
    const scores = occurrences(text, sought.quote)
      .filter((start) => !this.wasThere(start, start + sought.quote.length))
      .map((start) => scoreOf(text, sought, start, start + sought.quote.length))
      .sort((a, b) => b.total - a.total);
    const [best, second] = scores;
    const anchor = best && anchorOf(this.projection, best.start, best.end);
    if (!anchor) return null;
    const isClear = (!second || best.total - second.total >= CLEAR) && (!this.alignment || isTelling(sought, best, text.length));
    if (!isClear) return { state: 'STALE', confidence: 'AMBIGUOUS', anchor, matchText: null, failureReason: null };
    return { state: 'ACTIVE', confidence: second ? 'DUPLICATE' : 'EXACT', anchor, matchText: null, failureReason: null };
  }

  private reworded(sought: Sought): Placement | null {
    const found = this.fuzzy.find(sought);
    const anchor = found && anchorOf(this.projection, found.start, found.end);
    if (!anchor) return null;
    return { state: 'STALE', confidence: 'FUZZY', anchor, matchText: this.projection.text.slice(found.start, found.end), failureReason: null };
  }

  private wasThere(start: number, end: number): boolean {
    const { from, to } = this.projection;
    return this.alignment?.existed(from[start] as number, to[end - 1] as number) ?? false;
  }
}

/** A word or two may turn up in any new sentence: they are the passage only next to something that was next to it. */
function isTelling({ quote, prefix, suffix }: Sought, found: Score, length: number): boolean {
  if (quote.length >= TELLING_QUOTE) return true;
  const isBeside = (kept: string, share: number, isAtEdge: boolean) => (kept === '' ? isAtEdge : share * kept.length >= Math.min(TELLING_CONTEXT, kept.length));
  return isBeside(prefix, found.prefix, found.start === 0) || isBeside(suffix, found.suffix, found.end === length);
}

function lowerBound(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
