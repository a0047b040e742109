import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nthPrefix, PREFIX, prefixFrom, sequencesOf } from './rules.ts';

test.each([
  ['Acme Robotics GmbH', 'ACME'],
  ['Acme', 'ACME'],
  ['Ox', 'OX'],
  ['q', 'CO'],
  ['  über alles', 'UBER'],
  ['3M Company', 'CO'],
  ['99 Bottles', 'CO'],
  ['日本', 'CO'],
  ['', 'CO'],
])('%j is known as %s', (name, prefix) => expect(prefixFrom(name)).toBe(prefix));

test('whatever the name, the prefix is one, also when it is taken', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9_999 }), (name, attempt) => {
    expect(nthPrefix(prefixFrom(name), attempt)).toMatch(PREFIX);
  }));
});

test('a taken prefix gets a number', () => {
  expect([1, 2, 3].map((attempt) => nthPrefix('ACME', attempt))).toEqual(['ACME', 'ACME2', 'ACME3']);
});

test('the names of sequences hold nothing but hex', () => {
  expect(sequencesOf('00000000-0000-7000-8000-000000000001')).toEqual({
    issues: 'issue_number_00000000000070008000000000000001', runs: 'run_number_00000000000070008000000000000001',
  });
});
