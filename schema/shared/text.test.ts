import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip, optionalText, requiredText } from './text.ts';

test('a text is trimmed, and what is left must be something', () => {
  expect(requiredText('title', '  a b\n', 10)).toBe('a b');
  expect(optionalText('title', '  a b\n', 10)).toBe('a b');
  for (const blank of ['', ' ', '\n\t', '\u3000']) {
    expect(() => requiredText('title', blank, 10)).toThrow('title: must not be empty');
    expect(optionalText('title', blank, 10)).toBeNull();
  }
  expect([optionalText('title', null, 10), optionalText('title', undefined, 10)]).toEqual([null, null]);
});

test.each<[string, string, string]>([
  ['too long', 'x'.repeat(11), 'title: must not be longer than 10 characters; it has 11'],
  ['NUL', 'a\0b', 'title: must not contain NUL characters'],
  ['half a surrogate pair', 'a\ud83d', 'title: is not valid Unicode'],
  ['the other half', '\ude00b', 'title: is not valid Unicode'],
])('%s is refused', (_what, text, message) => {
  expect(() => requiredText('title', text, 10)).toThrow(message);
  expect(() => optionalText('title', text, 10)).toThrow(message);
});

test('a clipped text keeps to its length, and a short one is whole', () => {
  expect(clip('abc', 3)).toBe('abc');
  expect(clip('abcd', 3)).toBe('ab…');
});

test('what is clipped can still be stored: no character is cut in half', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
    const short = clip(text, max);
    expect(short.length).toBeLessThanOrEqual(max);
    expect(short.isWellFormed()).toBe(true);
  }));
});
