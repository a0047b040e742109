import { expect, test } from 'vitest';
import { columns, dollars, facts, indent, plain } from './print.ts';

test('money keeps every digit and shows cents at least', () => {
  expect(['0', '10000', '41200', '1500000', '1', '-2500000'].map(dollars)).toEqual([
    '$0.00', '$0.01', '$0.0412', '$1.50', '$0.000001', '-$2.50',
  ]);
  expect(dollars('9007199254740993000001')).toBe('$9007199254740993.000001');
});

test('columns stand in line and the last one is ragged', () => {
  expect(columns([['a', 'long one', 'x'], ['bbb', 'c', 'yy']])).toBe('a    long one  x\nbbb  c         yy');
});

test('text of others cannot steer the terminal', () => {
  expect(plain('ok\u001b[31m red\u001b[0m\u0007\u001b]0;title\u0007\r')).toBe('ok red');
  expect(plain('two\nlines\tand a tab')).toBe('two\nlines\tand a tab');
});

test('absent facts have no line', () => {
  expect(facts([['a', 'x'], ['b', null], ['long', 'y']])).toBe('a     x\nlong  y');
});

test('a body is set in, its empty lines are not', () => {
  expect(indent('one\n\ntwo')).toBe('  one\n\n  two');
});
