import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineStore, type Chunk, type Stream } from './line-store.ts';

const at = '2026-01-01T00:00:00.000Z';
const streams = ['STDOUT', 'STDERR', 'SYSTEM'] as const;

function store(chunks: [Stream, string][], maxChars?: number): LineStore {
  const lines = new LineStore(maxChars);
  chunks.forEach(([stream, text], index) => lines.append({ cursor: String(index + 1), stream, at, text }));
  return lines;
}

function dump(lines: LineStore) {
  return Array.from({ length: lines.end - lines.first }, (_, index) => {
    const line = lines.first + index;
    return { stream: lines.stream(line), raw: lines.raw(line), spans: lines.spans(line), width: lines.width(line), open: lines.isOpen(line) };
  });
}

const token = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '世', '🙂', '\t'), maxLength: 5 }) },
  { weight: 3, arbitrary: fc.constant('\n') },
  { weight: 1, arbitrary: fc.constantFrom('\r', '\r\n', '\b', '\x1b[31m', '\x1b[1;44m', '\x1b[0m', '\x1b[2K', '\x1b[38;5;120m', '\x1b]0;title\x07') },
);

/** Pieces of text on one stream each, and for every piece the places at which it is cut into chunks. */
const log = fc.array(fc.tuple(fc.constantFrom(...streams), fc.array(token, { maxLength: 8 }).map((parts) => parts.join('')), fc.infiniteStream(fc.nat(4))), {
  maxLength: 12,
});

test('any chunking of any text gives the same lines', () => {
  fc.assert(
    fc.property(log, (pieces) => {
      const whole = pieces.map(([stream, text]): [Stream, string] => [stream, text]);
      const cut = pieces.flatMap(([stream, text, sizes]) => {
        const parts: [Stream, string][] = [];
        let from = 0;
        for (const size of sizes) {
          if (from >= text.length) break;
          parts.push([stream, text.slice(from, from + size)]);
          from += size;
        }
        return parts;
      });
      expect(dump(store(cut))).toEqual(dump(store(whole)));
    }),
    { numRuns: 500 },
  );
});

test('the lines of a stream are its text split at line breaks', () => {
  fc.assert(
    fc.property(log, (pieces) => {
      const lines = dump(store(pieces.map(([stream, text]) => [stream, text])));
      for (const stream of streams) {
        const text = pieces.filter(([of]) => of === stream).map(([, part]) => part).join('');
        const expected = text.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(lines.filter((line) => line.stream === stream).map((line) => line.raw)).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test('text of another stream in the middle of a line is a line of its own, below it', () => {
  const lines = store([
    ['STDOUT', 'half'],
    ['STDERR', 'warning\n'],
    ['STDOUT', ' and half\n'],
  ]);
  expect(dump(lines).map((line) => line.raw)).toEqual(['half and half', 'warning']);
});

test('a colour left on goes on in the next line of its stream only', () => {
  const lines = store([
    ['STDOUT', '\x1b[31mred\nstill red\n'],
    ['STDERR', 'plain\n'],
  ]);
  expect(dump(lines).map((line) => line.spans[0]?.style.foreground)).toEqual([1, 1, -1]);
});

test('reads only as much of a huge line as it is asked for', () => {
  const chunk: [Stream, string] = ['STDOUT', 'x'.repeat(65_536)];
  const lines = store(Array.from({ length: 160 }, () => chunk));
  expect(lines.end).toBe(1);
  expect(lines.length(0)).toBe(160 * 65_536);
  expect(lines.raw(0, 10)).toBe('xxxxxxxxxx');
  expect(lines.isOpen(0)).toBe(true);
});

test('past its bound it lets the oldest go and keeps the numbers of the rest', () => {
  const chunks = Array.from({ length: 1000 }, (_, index): [Stream, string] => ['STDOUT', `line ${index}\n`]);
  const lines = store(chunks, 2000);
  expect(lines.end).toBe(1000);
  expect(lines.first).toBeGreaterThan(700);
  expect(lines.chars).toBeLessThanOrEqual(2000);
  expect(lines.raw(lines.first)).toBe(`line ${lines.first}`);
  expect(lines.raw(999)).toBe('line 999');
});

test('an unfinished line cannot hold the log in memory', () => {
  const lines = store([['STDOUT', 'Password: '], ...Array.from({ length: 1000 }, (): [Stream, string] => ['STDERR', 'noise\n'])], 600);
  expect(lines.chars).toBeLessThanOrEqual(600);
  lines.append({ cursor: 'x', stream: 'STDOUT', at, text: 'late\n' } satisfies Chunk);
  expect(lines.raw(lines.end - 1)).toBe('late');
});

test('a wide letter takes two cells, an escape none', () => {
  const lines = store([['STDOUT', '\x1b[32m世界\x1b[0m ok\n']]);
  expect(lines.width(0)).toBe(7);
});
