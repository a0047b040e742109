import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from './diff.ts';

const shown = (before: string, after: string) => diffLines(before, after).map((line) => line.sign + line.text);

test('says what went and what came around what stayed', () => {
  expect(shown('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
  expect(shown('', 'new\nfile\n')).toEqual(['+new', '+file']);
  expect(shown('gone', '')).toEqual(['-gone']);
});

test('marks the part of a line that changed', () => {
  const [old, fresh] = diffLines('  return byCarrier[name];', '  return byTrade[name];');
  expect(old?.text.slice(...(old.changed ?? [0, 0]))).toBe('Carrier');
  expect(fresh?.text.slice(...(fresh.changed ?? [0, 0]))).toBe('Trade');
});

test('applied, it makes the one of the other', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.map((line) => `${line}\n`).join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (drop: string) => lines.filter((line) => line.sign !== drop).map((line) => `${line.text}\n`).join('');
      expect(side('+')).toBe(before);
      expect(side('-')).toBe(after);
    }),
  );
});
