import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offsetsOf, windowOf } from './window.ts';

test('what is in sight is always drawn', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 400 }), fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 1200 }), (heights, top, tall) => {
      const offsets = offsetsOf(heights, (height) => height);
      const { first, last } = windowOf(offsets, top, tall, 100);
      for (let at = 0; at < heights.length; at += 1) {
        const start = offsets[at] ?? 0;
        const end = offsets[at + 1] ?? 0;
        const inSight = end > top && start < top + tall;
        if (inSight) expect(at >= first && at < last).toBe(true);
      }
      expect(first).toBeLessThanOrEqual(last);
    }),
  );
});

test('nothing to draw in an empty list', () => {
  expect(windowOf(offsetsOf([], () => 10), 0, 500)).toEqual({ first: 0, last: 0 });
});

test('a list of a hundred thousand rows draws a screenful', () => {
  const offsets = offsetsOf(Array.from({ length: 100_000 }), () => 36);
  const { first, last } = windowOf(offsets, 1_800_000, 800);
  expect(first).toBe(49_988);
  expect(last - first).toBeLessThan(50);
});
