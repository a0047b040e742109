import { expect, test } from 'vitest';
import { BRANCH_TEMPLATE, branchNameOf, slugOf } from './rules.ts';

test.each([
  ['Fix the login', 'boardroom/ACME-1-fix-the-login'],
  ['Über-Größe: naïve café!', 'boardroom/ACME-1-uber-gro-e-naive-cafe'],
  ['日本語', 'boardroom/ACME-1'],
  ['../../etc; rm -rf $(HOME) `x` .lock', 'boardroom/ACME-1-etc-rm-rf-home-x-lock'],
  ['a'.repeat(300), `boardroom/ACME-1-${'a'.repeat(40)}`],
])('the branch of %j', (title, branch) => {
  expect(branchNameOf(BRANCH_TEMPLATE, { identifier: 'ACME-1', title })).toBe(branch);
});

test('a template makes names that git takes', () => {
  expect(branchNameOf('{slug}..{identifier}.lock', { identifier: 'A-1', title: '' })).toBe('A-1-lock');
  expect(branchNameOf('/a//{identifier}/', { identifier: 'A-1', title: '' })).toBe('a/A-1');
  expect(branchNameOf('-@{identifier} ~^:?*[', { identifier: 'A-1', title: '' })).toBe('A-1');
});

test('a slug is plain and short', () => {
  expect(slugOf('--- A  b ---')).toBe('a-b');
});
