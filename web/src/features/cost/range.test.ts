import { expect, test } from 'vitest';
import { dayWords, rangeKey, rangeOf, type Range } from './range.ts';

const now = Date.parse('2026-11-21T14:30:00Z');
const range = (...args: Parameters<typeof rangeOf>): Range => {
  const found = rangeOf(...args);
  if ('problem' in found) throw new Error(found.problem);
  return found;
};

test('this month has begun, goes on, and has room for the days to come', () => {
  const month = range('month', {}, now);
  expect(month).toMatchObject({ since: '2026-11-01T00:00:00.000Z', until: null, lastDay: '2026-11-21', words: '1 to 21 November' });
  expect([month.days.length, month.days[0], month.days.at(-1)]).toEqual([30, '2026-11-01', '2026-11-30']);
});

test('last month is over, also over a new year and in the first minute of a month', () => {
  expect(range('last-month', {}, now)).toMatchObject({ since: '2026-10-01T00:00:00.000Z', until: '2026-11-01T00:00:00.000Z', lastDay: '2026-10-31', words: '1 to 31 October' });
  expect(range('last-month', {}, Date.parse('2027-01-01T00:00:10Z'))).toMatchObject({ since: '2026-12-01T00:00:00.000Z', words: '1 to 31 December 2026' });
  expect(range('month', {}, Date.parse('2027-01-01T00:00:10Z'))).toMatchObject({ since: '2027-01-01T00:00:00.000Z', words: '1 January' });
});

test('the last days include today', () => {
  expect(range('7d', {}, now)).toMatchObject({ since: '2026-11-15T00:00:00.000Z', until: null, words: '15 to 21 November' });
  expect(range('7d', {}, now).days).toHaveLength(7);
  expect(range('30d', {}, now)).toMatchObject({ since: '2026-10-23T00:00:00.000Z', words: '23 Oct to 21 Nov' });
  expect(range('30d', {}, now).days).toHaveLength(30);
});

test('a custom span holds both of its days', () => {
  expect(range('custom', { from: '2026-11-03', to: '2026-11-05' }, now)).toMatchObject({ since: '2026-11-03T00:00:00.000Z', until: '2026-11-06T00:00:00.000Z', days: ['2026-11-03', '2026-11-04', '2026-11-05'] });
  expect(range('custom', { from: '2026-11-21', to: '2026-11-30' }, now)).toMatchObject({ until: null, lastDay: '2026-11-21' });
});

test('a custom span that makes no sense says why', () => {
  const problem = (from?: string, to?: string) => rangeOf('custom', { from, to }, now);
  expect(problem()).toEqual({ problem: 'Choose the first and the last day.' });
  expect(problem('2026-11-05', 'soon')).toEqual({ problem: 'Choose the first and the last day.' });
  expect(problem('2026-11-05', '2026-11-03')).toEqual({ problem: 'The last day is before the first.' });
  expect(problem('2026-12-05', '2026-12-06')).toEqual({ problem: 'These days are still to come.' });
  expect(problem('2026-01-01', '2026-04-11')).toEqual({ problem: 'At most 100 days at once.' });
  expect(problem('2026-01-01', '2026-04-10')).not.toHaveProperty('problem');
});

test('an address that names no span means this month; a day is the same everywhere', () => {
  expect([rangeKey('30d'), rangeKey('never'), rangeKey(undefined)]).toEqual(['30d', 'month', 'month']);
  expect(dayWords('2026-11-01', now)).toBe('1 Nov');
});
