import { expect, test } from 'vitest';
import { LogSearch } from './find.ts';
import { LineStore, type Stream } from './line-store.ts';

function searching(text: string, needle: string) {
  const lines = new LineStore();
  const add = (more: string, stream: Stream = 'STDOUT') => lines.append({ cursor: '1', stream, at: '2026-01-01T00:00:00Z', text: more });
  add(text);
  return { search: new LogSearch(lines, needle), add };
}

test('finds lines without regard to case or colour', () => {
  const { search } = searching('Error one\nfine\n\x1b[31mer\x1b[1mROR\x1b[0m two\n10%\rerror\n', 'Error');
  expect(search.step()).toBe(true);
  expect(search.hits).toEqual([0, 2, 3]);
});

test('goes around at both ends', () => {
  const { search } = searching('x\nno\nx\nno\n', 'x');
  search.step();
  expect([search.after(-1), search.after(0), search.after(2)]).toEqual([0, 2, 0]);
  expect([search.before(2), search.before(0)]).toEqual([0, 2]);
  expect([search.numberOf(2), search.numberOf(1)]).toEqual([2, 0]);
});

test('goes on in lines that come later, and in a line that was not finished', () => {
  const { search, add } = searching('hay\nnee', 'needle');
  search.step();
  add('warning needle\n', 'STDERR');
  search.step();
  expect(search.hits).toEqual([2]);
  add('dle\nmore\n');
  search.step();
  expect(search.hits).toEqual([1, 2]);
});

test('gives the page its turn in a long log', () => {
  const { search } = searching('line\n'.repeat(100_000), 'line');
  let clock = 0;
  let slices = 1;
  while (!search.step(() => (clock += 1))) slices += 1;
  expect(slices).toBeGreaterThan(10);
  expect(search.hits).toHaveLength(100_000);
});
