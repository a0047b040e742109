import { expect, test } from 'vitest';
import { BRANCH_TEMPLATE, branchNameOf, checkedBaseRef, checkedFolder, checkedTemplate, slugOf, storableLog } from './rules.ts';

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

test('a template must tell issues apart, and knows two words', () => {
  expect(checkedTemplate(' work/{identifier} ')).toBe('work/{identifier}');
  expect(() => checkedTemplate('work/{slug}')).toThrow('{identifier}');
  expect(() => checkedTemplate('{identifier}-{user}')).toThrow('not {user}');
});

test('folders and bases are names and nothing else', () => {
  expect(checkedFolder('/srv/repo/')).toBe('/srv/repo');
  for (const path of ['repo', '~/repo', '/srv/../etc', '/a\nb', '']) expect(() => checkedFolder(path)).toThrow('path');
  expect(checkedBaseRef('origin/release-1.2')).toBe('origin/release-1.2');
  for (const ref of ['--all', 'a..b', 'a b', 'HEAD@{1}', '$(x)', 'a:b', '']) expect(() => checkedBaseRef(ref)).toThrow('baseRef');
});

test('a slug is plain and short, a log can be stored', () => {
  expect(slugOf('--- A  b ---')).toBe('a-b');
  expect(storableLog('a\0\ud800')).toBe('a\uFFFD\uFFFD');
  expect(storableLog('x'.repeat(70_000)).length).toBe(65_536);
});
