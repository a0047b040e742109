import { expect, test } from 'vitest';
import { askedBy } from './run.ts';

test.each([
  ['12', { prefix: 'HAL', number: 12, byNumber: true }],
  ['999999999', { prefix: 'HAL', number: 999_999_999, byNumber: true }],
  ['01932f6e-0000-7000-8000-000000000012', { id: '01932f6e-0000-7000-8000-000000000012', byNumber: false }],
  // More than a number of the API can hold, and none that is ever given: ids that name nothing.
  ['12345678901', { id: '12345678901', byNumber: false }],
  ['0', { id: '0', byNumber: false }],
  ['nine', { id: 'nine', byNumber: false }],
])('the run at /HAL/runs/%s', (run, asked) => expect(askedBy('HAL', run)).toMatchObject(asked));
