import { expect, test } from 'vitest';
import { CHUNK_BYTES, nextChunk } from './chunk.ts';

/** Stores a stream as the engine does when bytes arrive in pieces of these sizes. */
function store(bytes: Buffer, pieces: number[]): { texts: string[]; sizes: number[] } {
  const texts: string[] = [];
  const sizes: number[] = [];
  let offset = 0;
  let arrived = 0;
  const take = (isEnd: boolean) => {
    for (let chunk = nextChunk(bytes.subarray(offset, arrived), isEnd); chunk; chunk = nextChunk(bytes.subarray(offset, arrived), isEnd)) {
      texts.push(chunk.text);
      sizes.push(chunk.byteSize);
      offset += chunk.byteSize;
    }
  };
  for (const piece of pieces) {
    arrived = Math.min(bytes.length, arrived + piece);
    take(false);
  }
  arrived = bytes.length;
  take(true);
  expect(offset).toBe(bytes.length);
  return { texts, sizes };
}

test('characters of any length survive any cut', () => {
  const text = 'a\u00e9\u20ac\u{1f600}z\u4e16\u754c\n'.repeat(50);
  const bytes = Buffer.from(text);
  for (let size = 1; size <= 9; size += 1) {
    const { texts } = store(bytes, Array<number>(Math.ceil(bytes.length / size)).fill(size));
    expect(texts.join('')).toBe(text);
    expect(texts.every((chunk) => chunk.isWellFormed() && !chunk.includes('\uFFFD'))).toBe(true);
  }
});

test('a chunk is at most 64 KiB, also of text that is one long line', () => {
  const bytes = Buffer.from('\u20ac'.repeat(100_000));
  const { texts, sizes } = store(bytes, [bytes.length]);
  expect(texts.join('')).toBe(bytes.toString());
  expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(CHUNK_BYTES);
  expect(sizes.reduce((a, b) => a + b)).toBe(bytes.length);
});

test('bytes that are not text become replacement characters, as one decoder of the whole would do', () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919 + (i >> 3)) % 256));
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\0', '\uFFFD');
  for (const size of [1_000, 65_536, 300_000]) {
    const { texts } = store(bytes, Array<number>(Math.ceil(bytes.length / size)).fill(size));
    expect(texts.join('')).toBe(whole);
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(CHUNK_BYTES);
  }
});

test('NUL becomes a replacement character', () => {
  expect(nextChunk(Buffer.from('a\0b'), false)).toEqual({ text: 'a\uFFFDb', byteSize: 3 });
});

test('an unfinished character waits, and is replaced only at the end of the stream', () => {
  const half = Buffer.from([0xe2, 0x82]);
  expect(nextChunk(half, false)).toBeNull();
  expect(nextChunk(half, true)).toEqual({ text: '\uFFFD', byteSize: 2 });
});

test('a byte order mark is kept', () => {
  expect(nextChunk(Buffer.from('\uFEFFx'), false)?.text).toBe('\uFEFFx');
});
