import { expect, test } from 'vitest';
import { burnOf, paceOf, paceWords, timeWords, type Timed } from './pace.ts';

const month = (amount: string, used: string): Timed => ({ window: 'MONTH', windowStartsAt: '2026-11-01T00:00:00Z', windowEndsAt: '2026-12-01T00:00:00Z', amount, used });
/** Half of a month of 30 days is over. */
const half = Date.parse('2026-11-16T00:00:00Z');
const rolling: Timed = { window: 'ROLLING', windowStartsAt: '2026-11-14T12:00:00Z', windowEndsAt: null, amount: '10', used: '5' };
const lifetime: Timed = { window: 'LIFETIME', windowStartsAt: null, windowEndsAt: null, amount: '10', used: '5' };

test.each([
  [month('100', '50'), half, { share: 0.5, used: 0.5, endsAt: null }],
  [month('100', '80'), half, { share: 0.5, used: 0.8, endsAt: 0.625 }],
  [month('100', '0'), half, { share: 0.5, used: 0, endsAt: null }],
  [month('100', '120'), half, { share: 0.5, used: 1.2, endsAt: null }],
  // A first hour in which a tenth was used says nothing of the month.
  [month('100', '10'), Date.parse('2026-11-01T01:00:00Z'), { share: 1 / 720, used: 0.1, endsAt: null }],
  [month('0', '10'), half, null],
  [rolling, half, null],
  [lifetime, half, null],
])('%#: how fast it goes', (budget, now, pace) => expect(paceOf(budget, now)).toEqual(pace));

test.each([
  [month('100', '50'), 'starts anew 1 Dec', 'within an even pace'],
  [month('100', '80'), 'starts anew 1 Dec', 'used up about 19 Nov at this pace'],
  [month('100', '100'), 'starts anew 1 Dec', undefined],
  [rolling, 'counts since 14 Nov, 12:00 UTC', undefined],
  [lifetime, 'never starts anew', undefined],
])('%#: in words', (budget, time, pace) => {
  expect(timeWords(budget)).toBe(time);
  expect(paceWords(budget, half)?.text).toBe(pace);
});

test('only what is used up before its end is a warning', () => {
  expect([paceWords(month('100', '80'), half)?.tone, paceWords(month('100', '40'), half)?.tone]).toEqual(['warn', 't3']);
  expect(paceWords(month('100', '10'), Date.parse('2026-11-01T01:00:00Z'))).toEqual({ text: 'too early to tell its pace', tone: 't3' });
});

test('what is left goes down day by day, and ends at what is used now; without days it goes straight', () => {
  const budget = { ...month('100', '40'), metric: 'BILLED_COST' as const };
  const days = [
    { day: '2026-11-04', costMicros: '10', imputedMicros: '0', tokens: 0n },
    { day: '2026-11-01', costMicros: '20', imputedMicros: '0', tokens: 0n },
    // Of the month before, and a day that is not over.
    { day: '2026-10-31', costMicros: '99', imputedMicros: '0', tokens: 0n },
    { day: '2026-11-16', costMicros: '99', imputedMicros: '0', tokens: 0n },
  ];
  const points = burnOf(budget, half, days).map(({ at, left }) => [Math.round(at * 30), Math.round(left * 100)]);
  expect(points).toEqual([[0, 100], [0, 100], [1, 80], [3, 80], [4, 70], [15, 60]]);
  expect(burnOf(budget, half, undefined)).toEqual([{ at: 0, left: 1 }, { at: 0.5, left: 0.6 }]);
  expect(burnOf({ ...budget, metric: 'RUNS' }, half, days)).toHaveLength(2);
  expect(burnOf({ ...rolling, metric: 'TOKENS' }, half, days)).toEqual([]);
});
