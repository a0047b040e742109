import { expect, test } from 'vitest';
import { asTree, depthOf, toggleDraft } from './chosen.ts';

const tasks = [
  { key: 'a', parentKey: null },
  { key: 'b', parentKey: null },
  { key: 'a1', parentKey: 'a' },
  { key: 'a11', parentKey: 'a1' },
];

test('a draft taken out takes all below it along; taken in, it brings what it stands under', () => {
  const all = new Set(tasks.map(({ key }) => key));
  expect([...toggleDraft(tasks, all, 'a1')]).toEqual(['a', 'b']);
  expect([...toggleDraft(tasks, new Set(), 'a11')].toSorted()).toEqual(['a', 'a1', 'a11']);
});

test('drafts are read as a tree', () => {
  expect(asTree(tasks).map(({ key }) => key)).toEqual(['a', 'a1', 'a11', 'b']);
  expect(depthOf(tasks, 'a11')).toBe(2);
});
