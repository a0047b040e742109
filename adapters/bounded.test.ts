import { expect, test } from 'vitest';
import { boundedJson, boundedText, elidedMedia } from './bounded.ts';

test('short text stays, long text is cut and says by how much', () => {
  expect(boundedText('abc', 3)).toBe('abc');
  expect(boundedText('abcdef', 3)).toBe('abc\n[3 more characters left out]');
});

test('a character of two halves is not split', () => {
  expect(boundedText('ab😀cd', 3)).toBe('ab\n[4 more characters left out]');
  expect(boundedText('ab😀cd', 4)).toBe('ab😀\n[2 more characters left out]');
});

test('long lists, large objects and deep nesting are cut', () => {
  expect(boundedJson(Array.from({ length: 60 }, (_, i) => i))).toHaveLength(51);
  const keys = Object.keys(boundedJson(Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`k${i}`, i]))) as object);
  expect(keys).toHaveLength(101);
  expect(JSON.stringify(boundedJson({ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } }))).toBe('{"a":{"b":{"c":{"d":{"e":{"f":"[nested too deep]"}}}}}}');
});

test('media is elided in the shapes that programs use', () => {
  const data = 'A'.repeat(4096);
  expect(elidedMedia({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } })).toBe('[image/png, 3 KiB, left out]');
  expect(elidedMedia({ type: 'image', mimeType: 'image/jpeg', data })).toBe('[image/jpeg, 3 KiB, left out]');
  expect(elidedMedia({ type: 'text', text: 'no media' })).toBeNull();
  expect(boundedJson({ shots: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }] })).toEqual({ shots: ['[image/png, 3 KiB, left out]'] });
});

test('what JSON cannot hold becomes null', () => {
  expect(boundedJson({ a: undefined, b: () => 1 })).toEqual({ a: null, b: null });
});

test('a key can be stored whatever it holds', () => {
  expect(boundedJson({ 'a\0b\ud800': 1 })).toEqual({ 'a\uFFFDb\uFFFD': 1 });
});
