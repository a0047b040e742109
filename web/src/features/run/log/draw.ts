import { BOLD, DIM, INVERSE, ITALIC, paletteRgb, RGB, STRIKE, UNDERLINE, type Colour, type Style } from './style.ts';
import type { Span } from './ansi.ts';

const flags: [number, string][] = [[BOLD, 'b'], [DIM, 'd'], [ITALIC, 'i'], [UNDERLINE, 'u'], [STRIKE, 's']];

interface Look {
  class: string;
  style: string;
}

const looks = new WeakMap<Style, Look>();

/** The class and variables by which log.css draws a style in both themes. */
function lookOf(style: Style): Look {
  const known = looks.get(style);
  if (known) return known;
  const inverse = (style.flags & INVERSE) !== 0;
  const ink = inverse ? style.background : style.foreground;
  const ground = inverse ? style.foreground : style.background;
  const classes = flags.flatMap(([flag, name]) => (style.flags & flag ? [`ansi-${name}`] : []));
  const variables: string[] = [];
  if (ink !== -1) {
    classes.push(isToken(ink) ? 'ansi-ink' : 'ansi-any');
    variables.push(`--ink:${colour(ink)}`);
  }
  if (ground !== -1 || inverse) {
    classes.push('ansi-ground');
    if (ground !== -1) variables.push(`--ground:${colour(ground)}`);
  }
  const look = { class: classes.join(' '), style: variables.join(';') };
  looks.set(style, look);
  return look;
}

function isToken(value: Colour): boolean {
  return value < 16;
}

function colour(value: Colour): string {
  if (isToken(value)) return `var(--ansi-${value})`;
  const rgb = value & RGB ? value ^ RGB : paletteRgb(value);
  return `#${rgb.toString(16).padStart(6, '0')}`;
}

/** Fills an element with the spans, and marks what `needle` (in lower case) finds in their text. */
export function drawSpans(element: HTMLElement, spans: readonly Span[], needle: string): void {
  const only = spans[0];
  if (!needle && spans.length === 1 && only && !lookOf(only.style).class) {
    element.textContent = only.text;
    return;
  }
  const marks = needle ? found(spans, needle) : [];
  const parts = document.createDocumentFragment();
  let at = 0;
  let mark = 0;
  for (const span of spans) {
    const end = at + span.text.length;
    while (at < end) {
      while ((marks[mark]?.to ?? Infinity) <= at) mark += 1;
      const next = marks[mark];
      const marked = next !== undefined && next.from <= at;
      const stop = Math.min(end, marked ? next.to : (next?.from ?? Infinity));
      parts.append(piece(span.text.slice(span.text.length - (end - at), span.text.length - (end - stop)), span.style, marked));
      at = stop;
    }
  }
  element.replaceChildren(parts);
}

function piece(text: string, style: Style, marked: boolean): Node {
  const look = lookOf(style);
  if (!look.class && !marked) return document.createTextNode(text);
  const element = document.createElement(marked ? 'mark' : 'span');
  element.className = look.class;
  if (look.style) element.style.cssText = look.style;
  element.textContent = text;
  return element;
}

function found(spans: readonly Span[], needle: string): { from: number; to: number }[] {
  const text = spans.map((span) => span.text).join('').toLowerCase();
  const marks: { from: number; to: number }[] = [];
  for (let from = text.indexOf(needle); from !== -1; from = text.indexOf(needle, from + needle.length)) {
    marks.push({ from, to: from + needle.length });
  }
  return marks;
}
