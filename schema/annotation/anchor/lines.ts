import { type Projection, ProjectionWriter } from './text.ts';

const FENCE = /^\s*(?:`{3,}|~{3,})/;
const BLOCK_MARKER = /^ {0,3}(?:#{1,6}\s|[-+*]\s|\d+[.)]\s|>\s?)/;

/**
 * Version 1: line by line, without a parser. Kept as it was for threads whose offsets were made with it; it drops every * and _
 * and takes any fence for the end of any other.
 */
export function projectLines(markdown: string): Projection {
  const writer = new ProjectionWriter(markdown);
  let inFence = false;
  for (let start = 0; start <= markdown.length; ) {
    const newline = markdown.indexOf('\n', start);
    const end = newline < 0 ? markdown.length : newline;
    const line = markdown.slice(start, end);
    if (FENCE.test(line)) inFence = !inFence;
    else if (inFence) for (let at = start; at < end; at += 1) writer.keep(at);
    else inline(writer, markdown, start + (BLOCK_MARKER.exec(line)?.[0].length ?? 0), end);
    writer.separate(end);
    start = end + 1;
  }
  return writer.finish(1);
}

function inline(writer: ProjectionWriter, text: string, from: number, to: number): void {
  // A line whose markup does not end is not searched for its end again at each place.
  const line = text.slice(from, to);
  const last: Last = { bracket: from + line.lastIndexOf(']('), parenthesis: from + line.lastIndexOf(')'), tick: from + line.lastIndexOf('`') };
  for (let at = from; at < to; ) {
    const char = text[at];
    const inner = (char === '!' && text[at + 1] === '[') || char === '[' ? linkAt(text, at, last) : char === '`' ? codeAt(text, at, last) : null;
    if (inner) {
      for (let i = inner.from; i < inner.to; i += 1) writer.keep(i);
      at = inner.end;
      continue;
    }
    if (char === '|' || char === '\t') writer.separate(at);
    else if (char !== '*' && char !== '_' && char !== '~' && !(char === '\\' && at + 1 < to)) writer.keep(at);
    at += 1;
  }
}

/** Where the last of each mark of a line is; before the line where there is none. */
interface Last {
  bracket: number;
  parenthesis: number;
  tick: number;
}

interface Inner {
  from: number;
  to: number;
  /** Where the markup ends. */
  end: number;
}

function linkAt(text: string, at: number, last: Last): Inner | null {
  const from = text[at] === '!' ? at + 2 : at + 1;
  if (from > last.bracket) return null;
  const to = text.indexOf('](', from);
  return to + 2 > last.parenthesis ? null : { from, to, end: text.indexOf(')', to + 2) + 1 };
}

function codeAt(text: string, at: number, last: Last): Inner | null {
  if (at >= last.tick) return null;
  const to = text.indexOf('`', at + 1);
  return { from: at + 1, to, end: to + 1 };
}
