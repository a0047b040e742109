import { expect, test } from 'vitest';
import { draw } from '../../../ui/testing.tsx';
import { renderMarkdown } from '../../../ui/markdown.ts';
import { passageOf, selectedIn } from './passage.ts';

const markdown = '# Plan\n\nMeasure **first**.\nThen cut.\n\n```\nsaw oak\n```\n\n- Then cut.\n- Then oil.\n';

/** Selects from one word of the rendered text to the end of another. */
function select(element: HTMLElement, from: [Node, number], to: [Node, number]) {
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
  return selectedIn(element);
}

const rendered = () => {
  const element = draw(() => null);
  element.innerHTML = renderMarkdown(markdown);
  return element;
};
const inside = (element: Element | null | undefined): Node => {
  if (!element?.firstChild) throw new Error('nothing to select');
  return element.firstChild;
};

test('words that are marked up, and over the end of a line, are found as they are read', () => {
  const element = rendered();
  const paragraph = element.querySelector('p');
  const last = paragraph?.lastChild as Text;
  const selected = select(element, [inside(paragraph), 0], [last, last.length]);
  expect(selected).toMatchObject({ words: 'Measure first. Then cut.' });
  expect(selected && passageOf(markdown, selected)).toMatchObject({ quote: 'Measure first. Then cut.', times: 1 });
});

test('of words that stand twice the selected ones are meant, and it is said how often', () => {
  const element = rendered();
  const item = inside(element.querySelector('li'));
  const selected = select(element, [item, 0], [item, 9]);
  const passage = selected && passageOf(markdown, selected);
  expect(passage).toMatchObject({ quote: 'Then cut.', times: 2, anchor: { markdownStart: markdown.lastIndexOf('Then cut.') } });
});

test('nothing, and what lies outside, is no passage', () => {
  const element = rendered();
  const heading = inside(element.querySelector('h1'));
  expect(select(element, [heading, 1], [heading, 1])).toBeNull();
  expect(select(element, [document.body, 0], [heading, 2])).toBeNull();
  expect(passageOf(markdown, { words: 'Paint it', near: 0 })).toContain('choose fewer');
  expect(passageOf('a'.repeat(20_000), { words: 'a'.repeat(10_001), near: 0 })).toContain('too long');
});
