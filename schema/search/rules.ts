/** Words beyond these say nothing more about what somebody looks for, and each costs a look into the index. */
const WORDS_MAX = 12;
const WORD_MAX = 60;
/** Characters of a text around what was found. */
const SNIPPET = 200;
const BEFORE = 60;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text as the index has them: what is between punctuation, in lower case, each once. */
export function searchWords(text: string): string[] {
  const words = [...text.toLowerCase().matchAll(WORD)].map(([word]) => word.slice(0, WORD_MAX));
  return [...new Set(words)].slice(0, WORDS_MAX);
}

/**
 * The tsquery that finds all of these words, each also as the beginning of a longer one. A number is itself alone: ACME-1 is not
 * ACME-12. Only letters and digits get here, in quotes, so that nothing can be an operator. Null where there are no words.
 */
export function searchQuery(text: string): string | null {
  const words = searchWords(text);
  return words.length === 0 ? null : words.map((word) => (/^\p{N}+$/u.test(word) ? `'${word}'` : `'${word}':*`)).join(' & ');
}

export interface SnippetPart {
  text: string;
  isMatch: boolean;
}

/** Some of a text around the first of the words, in parts: what matches, and what is between. The start where none does. */
export function snippetOf(text: string, words: readonly string[]): SnippetPart[] {
  const flat = text.replace(/\s+/g, ' ').trim();
  const matches = matchesIn(flat, words);
  const first = matches.next().value;
  const from = startOf(flat, first?.index ?? 0);
  const to = from + SNIPPET >= flat.length ? flat.length : endOf(flat, from + SNIPPET);
  const parts: SnippetPart[] = [];
  const add = (part: string, isMatch: boolean) => part !== '' && parts.push({ text: part, isMatch });
  let at = from;
  if (from > 0) add('…', false);
  for (let match = first; match && match.end <= to; match = matches.next().value) {
    add(flat.slice(at, match.index), false);
    add(flat.slice(match.index, match.end), true);
    at = match.end;
  }
  add(flat.slice(at, to), false);
  if (to < flat.length) add('…', false);
  return parts;
}

/** Where words of a text begin with one of those looked for. Found as they are asked for: a text is long, and few of them are shown. */
function* matchesIn(text: string, words: readonly string[]): Generator<{ index: number; end: number }, undefined> {
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const length = matchLength(word, words);
    if (length > 0) yield { index, end: index + length };
  }
}

/** How much of a word's beginning is one of those looked for; lower case can be of another length, which only a mark would show. */
function matchLength(word: string, words: readonly string[]): number {
  const lower = word.toLowerCase();
  const longest = words.reduce((most, wanted) => (lower.startsWith(wanted) && wanted.length > most ? wanted.length : most), 0);
  return Math.min(longest, word.length);
}

/** A little before the match, at the start of a word. */
function startOf(text: string, match: number): number {
  if (match <= BEFORE) return 0;
  const space = text.indexOf(' ', match - BEFORE);
  return space >= 0 && space < match ? space + 1 : match;
}

/** At the end of a word, where one ends nearby; never between the halves of a character. */
function endOf(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at);
  if (space > at - 40) return space;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}
