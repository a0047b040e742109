import { expect, test } from 'vitest';
import { shareWords } from './words.ts';

test('what is used is told in whole percent, and no more than its place holds', () => {
  expect([null, undefined, 0, 79.9, 100, 112.3, 999.9, 1000, 1_109_010].map(shareWords)).toEqual(['–', '–', '0%', '79%', '100%', '112%', '999%', '>999%', '>999%']);
});
