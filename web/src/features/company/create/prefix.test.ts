import { expect, test } from 'vitest';
import { prefixFault, suggestPrefix } from './prefix.ts';

test.each([
  ['Halyard Freight', 'HALY'],
  ['Northern Gate Robotics', 'NORT'],
  ['Lamplight', 'LAMP'],
  ['Öresund & Söhne', 'ORES'],
  ['3D Printing', 'CO'],
  ['', ''],
  ['日本', ''],
])('%s suggests %s', (name, prefix) => {
  expect(suggestPrefix(name)).toBe(prefix);
  expect(prefixFault(suggestPrefix(name))).toBeNull();
});

test.each(['H', '1AB', 'ABCDEFGHIJK', 'A B'])('%s will not do', (prefix) => expect(prefixFault(prefix)).not.toBeNull());
