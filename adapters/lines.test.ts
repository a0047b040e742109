import { expect, test } from 'vitest';
import { LineSplitter } from './lines.ts';

function split(pieces: string[], maxLength = 1_000): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(maxLength, (line, isPart) => lines.push(isPart ? `${line}…` : line));
  for (const piece of pieces) splitter.feed(piece);
  splitter.end();
  return lines;
}

test('lines are the same however the text is cut', () => {
  const text = 'one\ntwo\r\n\nthree';
  expect(split([text])).toEqual(['one', 'two', '', 'three']);
  expect(split([...text])).toEqual(['one', 'two', '', 'three']);
  expect(split(['one\n'])).toEqual(['one']);
  expect(split([])).toEqual([]);
});

test('a line without end costs bounded memory and says that it is in parts', () => {
  expect(split(['abcdefgh', 'ij\nk\n'], 4)).toEqual(['abcd…', 'efgh…', 'ij…', 'k']);
});
