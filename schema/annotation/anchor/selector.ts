import { occurrences } from './occurrences.ts';
import { normalizeText, type Projection } from './text.ts';

/** Characters of context kept on either side of a quote. */
export const CONTEXT = 48;
/** Longest passage that a thread can be about. */
export const QUOTE_MAX = 10_000;

/** Where a passage stands, in UTF-16 code units of the projection and of the markdown. */
export interface Anchor {
  normalizedStart: number;
  normalizedEnd: number;
  markdownStart: number;
  markdownEnd: number;
}

/** A passage by its words and by its place. */
export interface Selector {
  quote: string;
  prefix: string;
  suffix: string;
  anchor: Anchor;
}

export type Misplaced = 'invalid_range' | 'quote_mismatch' | 'position_mismatch';

/** Where a range of the projection stands in both texts; null where it is empty or outside, or begins or ends inside of a character. */
export function anchorOf({ text, from, to }: Projection, start: number, end: number): Anchor | null {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start || end > text.length) return null;
  if (splitsCharacter(text, start) || splitsCharacter(text, end)) return null;
  return { normalizedStart: start, normalizedEnd: end, markdownStart: from[start] as number, markdownEnd: to[end - 1] as number };
}

/** The whole selector of a range, without the space at its ends. */
export function selectorOf(projection: Projection, start: number, end: number): Selector | null {
  const { text } = projection;
  const first = text[start] === ' ' ? start + 1 : start;
  const last = text[end - 1] === ' ' ? end - 1 : end;
  const anchor = anchorOf(projection, first, last);
  if (!anchor) return null;
  return { quote: text.slice(first, last), prefix: before(text, first), suffix: after(text, last), anchor };
}

/**
 * What a caller says of a passage, against the text as it is: the words must stand at the place. What is kept is computed
 * anew; of the caller's own account nothing is trusted.
 */
export function checkedSelector(projection: Projection, quote: string, at: Anchor): Selector | Misplaced {
  if (!anchorOf(projection, at.normalizedStart, at.normalizedEnd)) return 'invalid_range';
  if (normalizeText(projection.text.slice(at.normalizedStart, at.normalizedEnd)) !== normalizeText(quote)) return 'quote_mismatch';
  const selector = selectorOf(projection, at.normalizedStart, at.normalizedEnd);
  if (!selector) return 'invalid_range';
  const whole = anchorOf(projection, at.normalizedStart, at.normalizedEnd) as Anchor;
  return whole.markdownStart === at.markdownStart && whole.markdownEnd === at.markdownEnd ? selector : 'position_mismatch';
}

/** The passage that some selected words are, nearest to where they were selected; null where the text has them nowhere. */
export function selectorNear(projection: Projection, words: string, near: number): Selector | null {
  const quote = normalizeText(words);
  const [nearest] = occurrences(projection.text, quote).sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
  return nearest === undefined ? null : selectorOf(projection, nearest, nearest + quote.length);
}

/** The one passage that has these words between these others; the reason where there is none, or more than one. */
export function selectorByWords(projection: Projection, words: string, prefix: string, suffix: string): Selector | 'quote_mismatch' | 'ambiguous_quote' {
  const { text } = projection;
  const [quote, front, back] = [normalizeText(words), normalizeText(prefix), normalizeText(suffix)];
  const places = occurrences(text, quote).filter((start) => {
    const end = start + quote.length;
    return text.slice(Math.max(0, start - front.length - 1), start).trimEnd().endsWith(front) && text.slice(end, end + back.length + 1).trimStart().startsWith(back);
  });
  const [first, second] = places;
  if (first === undefined) return 'quote_mismatch';
  if (second !== undefined) return 'ambiguous_quote';
  return selectorOf(projection, first, first + quote.length) ?? 'quote_mismatch';
}

/** Up to 48 characters before a place, from a whole character on. */
export function before(text: string, start: number): string {
  const from = Math.max(0, start - CONTEXT);
  return text.slice(splitsCharacter(text, from) ? from + 1 : from, start);
}

/** Up to 48 characters after a place, to a whole character. */
export function after(text: string, end: number): string {
  const to = Math.min(text.length, end + CONTEXT);
  return text.slice(end, splitsCharacter(text, to) ? to - 1 : to);
}

/** Whether a place lies between the two halves of a surrogate pair. */
function splitsCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
