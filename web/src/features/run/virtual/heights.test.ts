import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heights } from './heights.ts';

const height = fc.integer({ min: 0, max: 50 });

test('sums and places are those of a plain list, whatever is pushed, changed and reset', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('push' as const), height }),
    fc.record({ kind: fc.constant('set' as const), row: fc.nat(200), height }),
    fc.record({ kind: fc.constant('reset' as const), all: fc.array(height, { maxLength: 70 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.nat(2000), (steps, place) => {
      const heights = new Heights();
      let plain: number[] = [];
      for (const each of steps) {
        if (each.kind === 'push') {
          heights.push(each.height);
          plain.push(each.height);
        } else if (each.kind === 'set') {
          heights.set(each.row, each.height);
          if (each.row < plain.length) plain[each.row] = each.height;
        } else {
          heights.reset(each.all.length, (row) => each.all[row] ?? 0);
          plain = [...each.all];
        }
      }
      const tops = plain.map((_, row) => plain.slice(0, row).reduce((sum, one) => sum + one, 0));
      const total = plain.reduce((sum, one) => sum + one, 0);
      expect(heights.length).toBe(plain.length);
      expect(heights.total).toBe(total);
      expect(plain.map((_, row) => heights.top(row))).toEqual(tops);
      if (plain.length > 0) {
        const row = heights.at(place);
        const inside = tops.findLastIndex((top) => top <= place);
        expect(row).toBe(place >= total ? plain.length - 1 : inside);
      }
    }),
    { numRuns: 500 },
  );
});

test('grows past its first room', () => {
  const heights = new Heights();
  for (let row = 0; row < 5000; row += 1) heights.push(20);
  expect(heights.total).toBe(100_000);
  expect(heights.at(99_990)).toBe(4999);
  expect(heights.top(2500)).toBe(50_000);
});
