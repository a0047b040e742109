import { expect, test } from 'vitest';
import { checkedBaseRef, checkedFolder, checkedTemplate, storableLog } from './checks.ts';

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

test('a log can be stored, and is its end', () => {
  expect(storableLog('a\0\ud800')).toBe('a\uFFFD\uFFFD');
  expect(storableLog(`${'x'.repeat(70_000)}end`)).toMatch(/^x{65533}end$/);
});
