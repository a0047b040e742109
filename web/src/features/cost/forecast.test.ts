import { expect, test } from 'vitest';
import { forecastOf } from './forecast.ts';
import { labelEvery, moneyTop } from './scale.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-21T00:00:00Z');

test('the rest of the month goes on as the last seven days', () => {
  const forecast = forecastOf({ monthMicros: 400_000_000n, weekMicros: 140_000_000n, since: now - 90 * DAY, now });
  expect(forecast).toEqual({ monthMicros: 600_000_000n, dayMicros: 20_000_000n, paceDays: 7 });
});

test('a young company is judged by the days that it has, and by no less than one', () => {
  expect(forecastOf({ monthMicros: 40_000_000n, weekMicros: 40_000_000n, since: now - 2 * DAY, now })).toEqual({ monthMicros: 240_000_000n, dayMicros: 20_000_000n, paceDays: 2 });
  expect(forecastOf({ monthMicros: 5_000_000n, weekMicros: 5_000_000n, since: now - 60_000, now })).toEqual({ monthMicros: 55_000_000n, dayMicros: 5_000_000n, paceDays: 1 });
});

test('at the end of the month it is what was spent, in December too', () => {
  const end = Date.parse('2026-12-31T23:59:59.999Z');
  expect(forecastOf({ monthMicros: 9_000_000n, weekMicros: 7_000_000n, since: 0, now: end }).monthMicros).toBe(9_000_000n);
  expect(forecastOf({ monthMicros: 0n, weekMicros: 0n, since: 0, now }).monthMicros).toBe(0n);
});

test('an axis of money ends on a round number, also in cents; labels keep their distance', () => {
  expect([0, 12_000, 31_000_000, 43_000_000, 81_000_000, 100_000_000].map(moneyTop)).toEqual([1_000_000, 20_000, 40_000_000, 60_000_000, 100_000_000, 100_000_000]);
  expect([60, 36, 11, 4].map((step) => labelEvery(step))).toEqual([1, 2, 7, 14]);
});
