import { type GraphQLScalarType, Kind } from 'graphql';
import { expect, test } from 'vitest';
import { testSchema } from '../testing/boardroom.ts';

const scalar = (name: string) => testSchema().getType(name) as GraphQLScalarType;
const read = (name: string, value: unknown) => scalar(name).parseValue(value);
const written = (name: string, value: string) => scalar(name).parseLiteral({ kind: Kind.STRING, value });

test('DateTime is RFC 3339 in, and UTC with milliseconds out', () => {
  expect(read('DateTime', '2026-01-31T12:00:00+02:00')).toEqual(new Date('2026-01-31T10:00:00Z'));
  expect(written('DateTime', '2026-01-31T12:00:00.5Z')).toEqual(new Date('2026-01-31T12:00:00.500Z'));
  expect(scalar('DateTime').serialize(new Date('2026-01-31T10:00:00Z'))).toBe('2026-01-31T10:00:00.000Z');
});

test.each(['', 'now', '2026-01-31', '2026-01-31T12:00:00', '2026-02-31T12:00:00Z', '2026-13-01T00:00:00Z', '2026-01-31 12:00:00Z', '0000-01-01T00:00:00Z', 1_769_860_800_000, null, {}])(
  '%j is no DateTime', (value) => expect(() => read('DateTime', value)).toThrow('DateTime must be RFC 3339'),
);

test('Date is a day', () => {
  expect(read('Date', '2024-02-29')).toEqual(new Date('2024-02-29T00:00:00Z'));
  expect(scalar('Date').serialize(new Date('2024-02-29T00:00:00Z'))).toBe('2024-02-29');
});

test.each(['', '2026-02-29', '2026-1-1', '2026-01-01T00:00:00Z', '0000-01-01', 20_260_101, null])('%j is no Date', (value) => {
  expect(() => read('Date', value)).toThrow('Date must be such as 2026-01-31');
});

test.each(['BigInt', 'Micros'])('%s is a whole number, as a string or where JSON is exact', (name) => {
  expect(read(name, '9223372036854775807')).toBe(9_223_372_036_854_775_807n);
  expect(read(name, '-5')).toBe(-5n);
  expect(read(name, 42)).toBe(42n);
  expect(scalar(name).parseLiteral({ kind: Kind.INT, value: '42' })).toBe(42n);
  expect(scalar(name).serialize(9_223_372_036_854_775_807n)).toBe('9223372036854775807');
});

test.each(['', '1.5', '1e3', '0x10', ' 1', '12345678901234567890', '9223372036854775808', '-9223372036854775809', 1.5, 2 ** 60, Number.NaN, true, null, {}])(
  '%j is no BigInt', (value) => expect(() => read('BigInt', value)).toThrow('BigInt must be a whole number'),
);

test('a cursor is a string of bounded length', () => {
  expect(read('Cursor', 'abc')).toBe('abc');
  expect(() => read('Cursor', 1)).toThrow('Cursor must be a string');
  expect(() => read('Cursor', 'x'.repeat(501))).toThrow('Cursor must be a string');
});
