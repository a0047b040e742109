/** What makes another character of the one before it: marks, joiners, variation selectors, skin tones. */
const JOINS = /^[\p{M}\u200d\p{Emoji_Modifier}]/u;

/** Where some words stand, overlapping places too; at most `max` of them. The e of an é written as two is no e. */
export function occurrences(text: string, words: string, max = 5_000): number[] {
  const found: number[] = [];
  if (words === '') return found;
  const next = words.length > 64 && isRepetitive(words) ? repetitive(text, words) : (from: number) => text.indexOf(words, from);
  for (let at = next(0); at >= 0 && found.length < max; at = next(at + 1)) {
    const code = text.charCodeAt(at + words.length);
    if (!(code >= 0x300 && JOINS.test(text.slice(at + words.length, at + words.length + 2)))) found.push(at);
  }
  return found;
}

/**
 * Whether much of the words is the same over and over: the engine's own search, which is the fastest for all others, then takes
 * the product of both lengths.
 */
function isRepetitive(words: string): boolean {
  const half = words.length / 2;
  return [words, [...words].reverse().join('')].some((each) => bordersOf(each).some((border) => border > half));
}

/** For each beginning of a text, how much of its end is also its beginning. */
function bordersOf(words: string): Int32Array {
  const borders = new Int32Array(words.length);
  for (let i = 1, length = 0; i < words.length; i += 1) {
    while (length > 0 && words[i] !== words[length]) length = borders[length - 1] as number;
    if (words[i] === words[length]) length += 1;
    borders[i] = length;
  }
  return borders;
}

/** Knuth, Morris and Pratt's search, which looks at each character once. Asked for places in rising order. */
function repetitive(text: string, words: string): (from: number) => number {
  const borders = bordersOf(words);
  let at = 0;
  let length = 0;
  return (from) => {
    for (; at < text.length; at += 1) {
      while (length > 0 && text[at] !== words[length]) length = borders[length - 1] as number;
      if (text[at] === words[length]) length += 1;
      if (length < words.length) continue;
      length = borders[length - 1] as number;
      const start = at + 1 - words.length;
      if (start < from) continue;
      at += 1;
      return start;
    }
    return -1;
  };
}
