import { expect, test } from 'vitest';
import { hasFiles } from './drop.ts';

test('only files are taken for files', () => {
  expect(hasFiles({ types: ['Files'] })).toBe(true);
  expect(hasFiles({ types: ['text/plain'] })).toBe(false);
  expect(hasFiles(null)).toBe(false);
});
