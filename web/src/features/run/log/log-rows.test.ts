import { expect, test } from 'vitest';
import { LineStore, type Stream } from './line-store.ts';
import { CUT, LogRows, SEGMENT } from './log-rows.ts';

function rowsOf(...chunks: string[]) {
  const lines = new LineStore();
  const add = (text: string, stream: Stream = 'STDOUT') => lines.append({ cursor: '1', stream, at: '2026-01-01T00:00:00Z', text });
  chunks.forEach((text) => add(text));
  const rows = new LogRows(lines);
  const text = (row: number) => rows.row(row).spans.map((span) => span.text).join('');
  return { lines, rows, add, text };
}

test('a row is a line', () => {
  const { rows, text } = rowsOf('one\ntwo\nthr', 'ee\n');
  expect(rows.count).toBe(3);
  expect([0, 1, 2].map(text)).toEqual(['one', 'two', 'three']);
});

test('a row stays the same object until its line grows', () => {
  const { rows, add, text } = rowsOf('done\nhal');
  const [done, half] = [rows.row(0), rows.row(1)];
  add('f\n');
  expect(rows.row(0)).toBe(done);
  expect(rows.row(1)).not.toBe(half);
  expect(text(1)).toBe('half');
});

test('a line without end shows its beginning and says how much there is', () => {
  const { rows, text } = rowsOf('before\n', ...Array.from({ length: 160 }, () => 'x'.repeat(65_536)));
  const started = performance.now();
  expect(text(1)).toBe('x'.repeat(CUT));
  expect(rows.row(1).hidden).toBe(160 * 65_536 - CUT);
  expect(performance.now() - started).toBeLessThan(50);
});

test('a line shown whole is cut into rows, and the rows below move down', () => {
  const whole = Array.from({ length: 3 * SEGMENT + 5 }, (_, at) => at % 10).join('');
  const { rows, text } = rowsOf(`above\n${whole}\nbelow\n`);
  rows.toggle(1);
  expect(rows.count).toBe(6);
  expect([1, 2, 3, 4].map(text).join('')).toBe(whole);
  expect(rows.row(4).lastOfWhole).toBe(true);
  expect(text(5)).toBe('below');
  expect(rows.rowOf(2)).toBe(5);
  expect(rows.place(5)).toEqual({ line: 2, segment: 0 });
  rows.toggle(1);
  expect(rows.count).toBe(3);
});

test('a whole line that grows gets more rows', () => {
  const { rows, add } = rowsOf('x'.repeat(SEGMENT));
  rows.toggle(0);
  add('y');
  expect(rows.refresh()).toBe(true);
  expect(rows.count).toBe(2);
  expect(rows.refresh()).toBe(false);
});

test('colours go on across the cut and across segments', () => {
  const { rows } = rowsOf(`\x1b[31m${'r'.repeat(2 * SEGMENT)}\n`);
  rows.toggle(0);
  expect(rows.row(1).spans).toEqual([{ text: 'r'.repeat(SEGMENT), style: expect.objectContaining({ foreground: 1 }) }]);
});

test('a long progress line shows where it has come to', () => {
  const { text } = rowsOf(Array.from({ length: 50_000 }, (_, step) => `step ${step}`).join('\r'));
  expect(text(0)).toBe('step 49999');
});
