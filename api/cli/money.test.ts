import { expect, test } from 'vitest';
import { billedAndWorth, micros, moment } from './money.ts';

test.each([['0', '0'], ['1', '1000000'], ['0.5', '500000'], ['0.0125', '12500'], ['3.000001', '3000001'], ['12345678901234.25', '12345678901234250000']])('%s dollars', (usd, expected) => {
  expect(micros('--usd', usd)).toBe(expected);
});
test.each(['', '-1', '1.', '.5', '1.0000001', '1e3', 'one'])('%j is no amount', (usd) => expect(() => micros('--usd', usd)).toThrow('--usd'));

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
test.each([
  ['7d', '2026-02-22T12:00:00.000Z'], ['12h', '2026-03-01T00:00:00.000Z'], ['30m', '2026-03-01T11:30:00.000Z'], ['2026-01-31', '2026-01-31T00:00:00.000Z'], ['2026-01-31T08:00:00+02:00', '2026-01-31T06:00:00.000Z'],
])('%s is a time', (given, expected) => expect(moment('--since', given, NOW)).toBe(expected));
test.each(['', '7', '7w', '1', 'yesterday', '2026-13-01', '31.01.2026'])('%j is no time', (given) => expect(() => moment('--since', given, NOW)).toThrow('--since'));

test('a use is told by what is billed, and by what it is worth where that is another amount', () => {
  expect(billedAndWorth({ costMicros: '0', imputedMicros: '150000' })).toBe('$0.00 (worth $0.15)');
  expect(billedAndWorth({ costMicros: '41200', imputedMicros: '41200' })).toBe('$0.0412');
  expect(billedAndWorth({ costMicros: null, imputedMicros: null })).toBe('unpriced usage');
});
