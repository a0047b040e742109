import { expect, test } from 'vitest';
import { prefixFault, suggestPrefix } from './prefix.ts';

test.each([
  ['Halyard Freight', 'HAL'],
  ['Northern Gate Robotics', 'NGR'],
  ['Lamplight', 'LAM'],
  ['Öresund & Söhne', 'ORE'],
  ['3D Printing', 'PRI'],
  ['', ''],
  ['日本', ''],
])('%s suggests %s', (name, prefix) => {
  expect(suggestPrefix(name)).toBe(prefix);
  expect(prefixFault(suggestPrefix(name))).toBeNull();
});

test.each(['H', '1AB', 'ABCDEFGHIJK', 'A B'])('%s will not do', (prefix) => expect(prefixFault(prefix)).not.toBeNull());
