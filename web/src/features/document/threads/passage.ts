import { occurrences } from '../../../../../schema/annotation/anchor/occurrences.ts';
import { project } from '../../../../../schema/annotation/anchor/projection.ts';
import { QUOTE_MAX, selectorNear, type Selector } from '../../../../../schema/annotation/anchor/selector.ts';
import { normalizeText } from '../../../../../schema/annotation/anchor/text.ts';

/** What was selected in a rendered text: its words, and how many characters stand before them. */
export interface Selected {
  words: string;
  near: number;
}

export interface Passage extends Selector {
  /** How often the document has these words. */
  times: number;
}

/** The passage of a document that was selected as it is read; a sentence where a thread cannot be about it. */
export function passageOf(markdown: string, { words, near }: Selected): Passage | string {
  if (words.length > QUOTE_MAX) return 'That is too long for one thread: choose fewer words.';
  const projection = project(markdown);
  const selector = selectorNear(projection, words, near);
  return selector ? { ...selector, times: occurrences(projection.text, selector.quote).length } : 'These words do not stand in the document in one piece: choose fewer.';
}

/** What is selected within an element; null where nothing is, or more than what is inside. */
export function selectedIn(element: HTMLElement): Selected | null {
  const selection = element.ownerDocument.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.commonAncestorContainer)) return null;
  const words = readIn(range);
  if (words === '') return null;
  const lead = element.ownerDocument.createRange();
  lead.setStart(element, 0);
  lead.setEnd(range.startContainer, range.startOffset);
  return { words, near: readIn(lead).length };
}

/** The words of the text, without those on the buttons that lie in it. */
function readIn(range: Range): string {
  const copy = range.cloneContents();
  for (const button of copy.querySelectorAll('button')) button.remove();
  for (const end of copy.querySelectorAll('br')) end.replaceWith(' ');
  return normalizeText(copy.textContent ?? '');
}
