import { expect, test } from 'vitest';
import { marksOf, marksOfOutput, thinned, type Mark } from './tape.ts';

test('tells edits, looks, speech and faults apart, and leaves out the rest', () => {
  const kinds = (['INIT', 'ASSISTANT', 'THINKING', 'TOOL_RESULT', 'ERROR', 'RESULT'] as const).map((kind) => ({ kind }));
  expect(marksOf(kinds)).toEqual(['speech', 'speech', 'fault', 'speech']);
  expect(marksOf(['Edit', 'Write', 'Read', 'Bash'].map((tool) => ({ kind: 'TOOL_CALL', tool })))).toEqual(['edit', 'edit', 'look', 'look']);
});

test('of output, the more the taller', () => {
  const chunk = (length: number, stream = 'STDOUT') => ({ text: 'x'.repeat(length), stream });
  expect(marksOfOutput([chunk(10), chunk(200), chunk(9_000), chunk(10, 'SYSTEM')])).toEqual(['speech', 'look', 'edit']);
});

test('a long tape keeps what stands out', () => {
  const marks: Mark[] = Array.from({ length: 1000 }, () => 'speech');
  marks[500] = 'fault';
  const thin = thinned(marks, 100);
  expect(thin).toHaveLength(100);
  expect(thin.indexOf('fault')).toBe(50);
  expect(thinned(marks.slice(0, 50), 100)).toHaveLength(50);
});
