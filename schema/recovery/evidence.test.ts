import { expect, test } from 'vitest';
import { evidenceOf, redacted, tailOf } from './evidence.ts';

test.each([
  ['token: abcdef123456', 'token: [redacted]'],
  ['API_KEY=sk-aaaaaaaaaaaaaaaaaaaa', 'API_KEY=[redacted]'],
  ['Authorization: Bearer abc.def.ghi123', 'Authorization: [redacted]'],
  ['see ghp_abcdefghijkl in the log', 'see [redacted] in the log'],
  ['eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM', '[redacted]'],
])('%s', (text, shown) => {
  expect(redacted(text)).not.toMatch(/abcdef123456|sk-aaaa|ghi123|ghp_abc|SflKxw/);
  expect(redacted(text).startsWith(shown.slice(0, 4))).toBe(true);
});

test('plain words stay', () => expect(redacted('The tests fail: 3 of 12.')).toBe('The tests fail: 3 of 12.'));

test('a tail begins with a whole character', () => {
  expect(tailOf('añb', 2)).toBe('b');
  expect(tailOf('añb', 3)).toBe('ñb');
  expect(tailOf('short', 100)).toBe('short');
});

test('evidence holds plain values, none of them long', () => {
  const { at, text, none } = evidenceOf({ at: new Date(0), text: 'x'.repeat(10_000), none: null, left: undefined });
  expect([at, String(text).length, none]).toEqual(['1970-01-01T00:00:00.000Z', 8192, null]);
});
