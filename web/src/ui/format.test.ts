import { describe, expect, test } from 'vitest';
import { age, bytes, clock, compact, count, duration, isZero, money, percent, plural, words } from './format.ts';

describe('money', () => {
  test.each([
    ['11460000', '$11.46'],
    ['0', '$0.00'],
    ['4999', '<$0.01'],
    ['5000', '$0.01'],
    ['1234567890000', '$1,234,567.89'],
    ['-3500000', '-$3.50'],
    ['9007199254740993000000', '$9,007,199,254,740,993.00'],
  ])('%s micros are %s', (micros, shown) => expect(money(micros)).toBe(shown));

  test('what is not known is not zero', () => {
    expect(money(null)).toBe('');
    expect(isZero('0')).toBe(true);
    expect(isZero('1')).toBe(false);
  });
});

describe('time', () => {
  test.each([
    [0, '0:00'],
    [848_000, '14:08'],
    [3_753_000, '1:02:33'],
    [-5, '0:00'],
  ])('%i ms on a clock is %s', (ms, shown) => expect(clock(ms)).toBe(shown));

  test.each([
    [340, '340 ms'],
    [8_000, '8 s'],
    [840_000, '14 min'],
    [7_800_000, '2 h 10 min'],
    [7_200_000, '2 h'],
    [3 * 86_400_000, '3 d'],
  ])('%i ms in words are %s', (ms, shown) => expect(duration(ms)).toBe(shown));

  test.each([
    [30_000, 'now'],
    [38 * 60_000, '38m'],
    [7_200_000, '2h'],
    [5 * 86_400_000, '5d'],
    [43 * 86_400_000, '6w'],
    [800 * 86_400_000, '2y'],
  ])('%i ms ago is %s', (ms, shown) => expect(age(1_000_000_000_000 - ms, 1_000_000_000_000)).toBe(shown));
});

test.each([
  [812, '812'],
  [38_000, '38 k'],
  [35_840, '35.8 k'],
  [212_400, '212 k'],
  [999_600, '1 M'],
  [1_240_000, '1.2 M'],
])('%i is compactly %s', (value, shown) => expect(compact(value)).toBe(shown));

test('sizes keep their unit apart', () => {
  expect([0, 178, 2_300, '20000000'].map(bytes)).toEqual(['0 B', '178 B', '2.3 kB', '20 MB']);
});

test('counts, plurals, shares and names', () => {
  expect(count(1204)).toBe('1,204');
  expect(plural(1, 'issue')).toBe('1 issue');
  expect(plural(3, 'issue')).toBe('3 issues');
  expect(percent(0.939)).toBe('93.9%');
  expect(percent(1)).toBe('100%');
  expect(words('IN_PROGRESS')).toBe('In progress');
});
