import { applySgr, PLAIN, type Style } from './style.ts';

export interface Span {
  readonly text: string;
  readonly style: Style;
}

/**
 * One escape sequence: CSI (1: parameters, 2: final byte), an OSC or DCS string with its end, anything shorter.
 * A string that never ends loses its introducer only, so that a broken one cannot swallow the line; a CSI cut off by the
 * end of the text goes whole, since its rest is still to come.
 */
const ESCAPE =
  /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\[[0-?]*[ -/]*$|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~]?)/g;
const SGR = /\x1b\[([0-9;:]*)m/g;
/** What moves the cursor back within the line: a return, a backspace, erase (K) and columns (G C D). */
const MOVES = /[\r\b]|\x1b\[[0-9;]*[KGCD]/;
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Anything whose width is not its number of characters. */
export const SPECIAL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\t\u0300-\uffff]/;
const UNEVEN = /[\t\u0300-\uffff]/;
const OTHER_ESCAPE = /\x1b(?!\[[0-9;:]*m)/;
/** Two cells wide; letters beyond the first plane already count as two. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/g;
const NARROW = /[\u0300-\u036f\u200b-\u200f\ufe0f]/g;

/** Of a line that overwrites itself, only this much of its end is replayed. */
const REPLAY = 65_536;
/** No terminal is wider: a column beyond it would only cost memory. */
const LAST_COLUMN = 4_095;

/** The style in force after `text`. */
export function styleAfter(text: string, before: Style): Style {
  let style = before;
  for (const match of text.matchAll(SGR)) style = applySgr(style, match[1] ?? '');
  return style;
}

/** How many cells of a monospaced font a line takes, and the style it leaves. Cheaper than its spans. */
export function measureLine(line: string, before: Style): { width: number; after: Style } {
  if (!SPECIAL.test(line)) return { width: line.length, after: before };
  if (!line.includes('\x1b')) return { width: cells(MOVES.test(line) ? visibleText(line) : line), after: before };
  if (MOVES.test(line) || OTHER_ESCAPE.test(line)) return { width: cells(visibleText(line)), after: styleAfter(line, before) };
  let after = before;
  let width = cells(line);
  for (const match of line.matchAll(SGR)) {
    width -= match[0].length;
    after = applySgr(after, match[1] ?? '');
  }
  return { width, after };
}

function cells(text: string): number {
  if (!UNEVEN.test(text)) return text.length;
  const tabs = text.split('\t').length - 1;
  return text.length + tabs * 4 + (text.match(WIDE)?.length ?? 0) - (text.match(NARROW)?.length ?? 0);
}

/** What a terminal shows of one line, as runs of one style each. A `\r` before the line's end is part of the line break. */
export function spansOf(line: string, before: Style = PLAIN): Span[] {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return MOVES.test(text) ? overwritten(text, before) : straight(text, before);
}

/** The visible characters of a line. */
export function visibleText(line: string): string {
  return spansOf(line)
    .map((span) => span.text)
    .join('');
}

function straight(text: string, before: Style): Span[] {
  if (!text.includes('\x1b')) return text ? [{ text: shown(text), style: before }] : [];
  const spans: Span[] = [];
  let style = before;
  let from = 0;
  for (const match of text.matchAll(ESCAPE)) {
    push(spans, text.slice(from, match.index), style);
    from = match.index + match[0].length;
    if (isSgr(match)) style = applySgr(style, match[1] ?? '');
  }
  push(spans, text.slice(from), style);
  return spans;
}

/** Replays the line on cells, as progress bars expect: what is written later replaces what stood there. */
function overwritten(whole: string, before: Style): Span[] {
  let text = whole;
  let style = before;
  if (whole.length > REPLAY) {
    const cut = whole.indexOf('\r', whole.length - REPLAY);
    const start = cut === -1 ? whole.lastIndexOf('\r') + 1 : cut + 1;
    if (cut === -1) return straight(whole.slice(start), styleAfter(whole.slice(0, start), before));
    style = styleAfter(whole.slice(0, start), before);
    text = whole.slice(start);
  }
  const cells: string[] = [];
  const styles: Style[] = [];
  let column = 0;
  const write = (part: string) => {
    for (const character of part) {
      if (character === '\r') column = 0;
      else if (character === '\b') column = Math.max(0, column - 1);
      else {
        while (cells.length < column) {
          cells.push(' ');
          styles.push(PLAIN);
        }
        cells[column] = character;
        styles[column] = style;
        column += 1;
      }
    }
  };
  let from = 0;
  for (const match of text.matchAll(ESCAPE)) {
    write(text.slice(from, match.index));
    from = match.index + match[0].length;
    const amount = Number((match[1] ?? '').split(';')[0]);
    if (isSgr(match)) style = applySgr(style, match[1] ?? '');
    else if (match[2] === 'G') column = Math.min(LAST_COLUMN, Math.max(0, amount - 1));
    else if (match[2] === 'C') column = Math.min(LAST_COLUMN, column + Math.max(1, amount));
    else if (match[2] === 'D') column = Math.max(0, column - Math.max(1, amount));
    else if (match[2] === 'K') erase(cells, styles, column, amount);
  }
  write(text.slice(from));
  const spans: Span[] = [];
  let at = 0;
  for (let end = 1; end <= cells.length; end += 1) {
    if (end < cells.length && styles[end] === styles[at]) continue;
    push(spans, cells.slice(at, end).join(''), styles[at] ?? PLAIN);
    at = end;
  }
  return spans;
}

/** Erase in line: 0 from the cursor, 1 up to it, 2 all of it. */
function erase(cells: string[], styles: Style[], column: number, mode: number): void {
  if (mode === 1) {
    for (let i = 0; i <= column && i < cells.length; i += 1) {
      cells[i] = ' ';
      styles[i] = PLAIN;
    }
    return;
  }
  const keep = mode === 2 ? 0 : Math.min(column, cells.length);
  cells.length = keep;
  styles.length = keep;
}

function isSgr(match: RegExpExecArray): boolean {
  return match[2] === 'm' && /^[0-9;:]*$/.test(match[1] ?? '');
}

function push(spans: Span[], text: string, style: Style): void {
  const visible = shown(text);
  if (!visible) return;
  const last = spans.at(-1);
  if (last?.style === style) spans[spans.length - 1] = { text: last.text + visible, style };
  else spans.push({ text: visible, style });
}

/** Bytes that draw nothing are shown by their picture, so that binary output reads as what it is; a bell is silent. */
function shown(text: string): string {
  return text.replace(CONTROLS, (control) => {
    const code = control.charCodeAt(0);
    if (code === 0x07) return '';
    if (code === 0x7f) return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}
