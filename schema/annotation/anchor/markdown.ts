import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { GFM, parser } from '@lezer/markdown';
import { parseable } from './parseable.ts';
import { type Projection, ProjectionWriter } from './text.ts';

const markdownParser = parser.configure(GFM);

/** What a character of the source is to the reader. */
const TEXT = 0;
const NOTHING = 1;
const SEPARATOR = 2;

/** Markup that stands between the letters of a word, as often as not. */
const marks = new Set(['HeaderMark', 'QuoteMark', 'ListMark', 'EmphasisMark', 'StrikethroughMark', 'CodeMark', 'CodeInfo', 'TaskMarker', 'Comment', 'ProcessingInstruction']);
/** Markup that parts what is on either side of it. */
const borders = new Set(['TableDelimiter', 'HardBreak', 'HorizontalRule', 'LinkReference', 'CommentBlock', 'ProcessingInstructionBlock']);

/** Version 2: what a markdown parser takes for text. Tables, HTML, nested links and `snake_case` come out as a reader sees them. */
export function projectMarkdown(markdown: string): Projection {
  const { kinds, entities } = classify(markdown);
  const writer = new ProjectionWriter(markdown);
  let entity = 0;
  for (let at = 0; at < markdown.length; at += 1) {
    const next = entities[entity];
    if (next && next.from === at) {
      writer.replace(next.text, next.from, next.to);
      at = next.to - 1;
      entity += 1;
    } else if (kinds[at] === TEXT) writer.keep(at);
    else if (kinds[at] === SEPARATOR) writer.separate(at);
  }
  return writer.finish(2);
}

interface Entity {
  from: number;
  to: number;
  text: string;
}

function classify(markdown: string): { kinds: Uint8Array; entities: Entity[] } {
  const kinds = new Uint8Array(markdown.length);
  const entities: Entity[] = [];
  const references = new Set<string>();
  const unresolved: SyntaxNode[] = [];
  const enter = (ref: SyntaxNodeRef): boolean => {
    const { name, from, to } = ref;
    if (marks.has(name)) kinds.fill(NOTHING, from, to);
    else if (borders.has(name)) {
      kinds.fill(SEPARATOR, from, to);
      const label = name === 'LinkReference' ? ref.node.getChild('LinkLabel') : null;
      if (label) references.add(labelOf(markdown.slice(label.from + 1, label.to - 1)));
      return false;
    } else if (name === 'Escape') kinds.fill(NOTHING, from, from + 1);
    else if (name === 'Entity') {
      const text = decoded(markdown.slice(from, to));
      if (text !== null) entities.push({ from, to, text });
    } else if (name === 'HTMLTag') kinds.fill(/^<br\b/i.test(markdown.slice(from, from + 4)) ? SEPARATOR : NOTHING, from, to);
    else if (name === 'HTMLBlock') hideTags(markdown, from, to, kinds);
    else if (name === 'Autolink') for (const mark of ref.node.getChildren('LinkMark')) kinds.fill(NOTHING, mark.from, mark.to);
    else if (name === 'Link' || name === 'Image') {
      const link = ref.node;
      if (link.getChild('URL') || endsInParenthesis(markdown, link)) hideLink(link, kinds);
      else unresolved.push(link);
    }
    return true;
  };
  markdownParser.parse(parseable(markdown)).iterate({ enter });
  // Brackets are a link only where something in the document says what they mean.
  for (const link of unresolved) if (references.has(referenceOf(markdown, link))) hideLink(link, kinds);
  return { kinds, entities };
}

/** Of `[label](url "title")` the label is text; of the image, its description. */
function hideLink(link: SyntaxNode, kinds: Uint8Array): void {
  const [open, close] = link.getChildren('LinkMark');
  if (!open || !close) return;
  kinds.fill(NOTHING, open.from, open.to);
  kinds.fill(NOTHING, close.from, link.to);
}

/** A link to nowhere, `[label]()`, has no URL but is one all the same. */
function endsInParenthesis(markdown: string, link: SyntaxNode): boolean {
  return link.getChildren('LinkMark').length > 2 && markdown[link.to - 1] === ')';
}

function referenceOf(markdown: string, link: SyntaxNode): string {
  const label = link.getChild('LinkLabel');
  if (label && label.to - label.from > 2) return labelOf(markdown.slice(label.from + 1, label.to - 1));
  const [open, close] = link.getChildren('LinkMark');
  return open && close ? labelOf(markdown.slice(open.to, close.from)) : '';
}

function labelOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

/** One look at each character, however many tags begin and none ends. */
function hideTags(markdown: string, from: number, to: number, kinds: Uint8Array): void {
  let tag = -1;
  for (let at = from; at < to; at += 1) {
    const char = markdown[at];
    if (char === '<' && markdown.startsWith('<!--', at)) {
      const end = markdown.indexOf('-->', at + 4);
      if (end < 0 || end >= to) return;
      kinds.fill(SEPARATOR, at, end + 3);
      at = end + 2;
      tag = -1;
    } else if (char === '<') tag = /^<\/?[a-z]/i.test(markdown.slice(at, at + 3)) ? at : -1;
    else if (char === '>' && tag >= 0) {
      kinds.fill(SEPARATOR, tag, at + 1);
      tag = -1;
    }
  }
}

const named: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ensp: ' ', emsp: ' ', copy: '©', reg: '®', trade: '™', hellip: '…', mdash: '—', ndash: '–', lsquo: '‘', rsquo: '’',
  ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•', middot: '·', times: '×', divide: '÷', plusmn: '±', deg: '°', euro: '€', pound: '£', rarr: '→', larr: '←', szlig: 'ß',
};

/** What an entity stands for; null for those that are rare enough to stay as they are written. */
function decoded(entity: string): string | null {
  const number = /^&#(?:x([0-9a-f]{1,6})|(\d{1,7}));$/i.exec(entity);
  if (!number) return named[entity.slice(1, -1)] ?? null;
  const code = number[1] ? Number.parseInt(number[1], 16) : Number(number[2]);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
}
