/**
 * Characters that can begin something inline, times the characters of the block that they are in: more than this and a parser,
 * which looks for the end of each, takes seconds. No text that people write comes near.
 */
const DENSE = 4_000_000;
/** Quotes and lists within each other, on one line. */
const NESTED = 20;

const BLANK = /^[ \t]*$/;
/** What ends a paragraph whatever is in it. */
const STARTER = /^ {0,3}(?:[-+*][ \t]+\S|#{1,6}[ \t])/;
const FENCE = /^[ \t>]*(?:`{3,}|~{3,})/;
const OPENERS = /[[<*_~`]/g;
const INLINE = /[[\]()!*_~<>&`]/g;
const NESTING = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){21,}/;
const MARKER = /[ \t]*(?:>|[-+*]|\d{1,9}[.)])/g;

/**
 * The text that is given to the parser: as it is, or with letters in the place of markup where there is so much of it in one
 * block that it would take too long. What is in such a block is then read as it was written. No place in the text changes.
 */
export function parseable(markdown: string): string {
  const dense: [number, number][] = [];
  const nested: [number, number][] = [];
  let start = 0;
  let openers = 0;
  const close = (end: number, next: number) => {
    if (openers * (end - start) > DENSE) dense.push([start, end]);
    start = next;
    openers = 0;
  };
  for (let at = 0; at < markdown.length; ) {
    const newline = markdown.indexOf('\n', at);
    const end = newline < 0 ? markdown.length : newline;
    const line = markdown.slice(at, end);
    if (BLANK.test(line)) close(at, end + 1);
    else if (STARTER.test(line)) close(at, at);
    if (line.length > NESTED && NESTING.test(line)) nested.push(deepPart(line, at));
    openers += countOf(line);
    at = end + 1;
  }
  close(markdown.length, markdown.length);
  return replaced(replaced(markdown, dense, masked), nested, (run) => 'x'.repeat(run.length));
}

function replaced(text: string, ranges: [number, number][], letters: (part: string) => string): string {
  if (ranges.length === 0) return text;
  let at = 0;
  const parts = ranges.map(([from, to]) => {
    const part = text.slice(at, from) + letters(text.slice(from, to));
    at = to;
    return part;
  });
  return parts.join('') + text.slice(at);
}

function countOf(line: string): number {
  OPENERS.lastIndex = 0;
  let count = 0;
  while (OPENERS.test(line)) count += 1;
  return count;
}

/** What is within the twentieth quote or list of a line. */
function deepPart(line: string, at: number): [number, number] {
  const run = (NESTING.exec(line) as RegExpExecArray)[0];
  MARKER.lastIndex = 0;
  for (let i = 0; i < NESTED; i += 1) MARKER.exec(run);
  return [at + MARKER.lastIndex, at + run.length];
}

/** Code blocks keep their borders, lines keep what quotes them: only what is in the lines loses its meaning. */
function masked(block: string): string {
  return block.split('\n').map((line) => {
    if (FENCE.test(line)) return line;
    const quoted = /^[ \t>]*/.exec(line)?.[0].length ?? 0;
    return line.slice(0, quoted) + line.slice(quoted).replaceAll(INLINE, 'x');
  }).join('\n');
}
