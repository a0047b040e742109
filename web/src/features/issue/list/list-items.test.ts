import { expect, test } from 'vitest';
import { issueLine } from '../testing.ts';
import { itemsOf, keyOf, stepTo, type Group } from './list-items.ts';

const group = (part: Partial<Group> & Pick<Group, 'status'>): Group => ({ nodes: [], loading: false, more: false, ...part });
const all = () => true;

test('a header, its issues, and a line that asks for more', () => {
  const items = itemsOf([group({ status: 'TODO', nodes: [issueLine({ id: '1' }), issueLine({ id: '2' })], more: true })], all, () => 90);
  expect(items.map(keyOf)).toEqual(['group-TODO', '1', '2', 'more-TODO']);
  expect(items[0]).toMatchObject({ count: 90, open: true });
});

test('empty states are left out, folded ones keep their header', () => {
  const groups = [group({ status: 'BLOCKED' }), group({ status: 'TODO', nodes: [issueLine({ id: '1' })] })];
  expect(itemsOf(groups, (status) => status !== 'TODO', (status) => (status === 'TODO' ? 1 : 0)).map(keyOf)).toEqual(['group-TODO']);
});

test('an issue that has just left a state is not shown there', () => {
  const moved = issueLine({ id: '1', status: 'DONE' });
  expect(itemsOf([group({ status: 'TODO', nodes: [moved, issueLine({ id: '2' })] })], all, () => undefined).map(keyOf)).toEqual(['group-TODO', '2']);
});

test('while a state is read it holds the place of what will come', () => {
  expect(itemsOf([group({ status: 'TODO', loading: true })], all, () => 2).map(keyOf)).toEqual(['group-TODO', 'bones-TODO-0', 'bones-TODO-1']);
  expect(itemsOf([group({ status: 'TODO', loading: true })], all, () => undefined)).toEqual([]);
});

test('j and k pass over headers and stop at the ends', () => {
  const items = itemsOf([group({ status: 'IN_PROGRESS', nodes: [issueLine({ id: '1', status: 'IN_PROGRESS' })] }), group({ status: 'TODO', nodes: [issueLine({ id: '2' })] })], all, () => 1);
  expect(stepTo(items, -1, 1)).toBe(1);
  expect(stepTo(items, 1, 1)).toBe(3);
  expect(stepTo(items, 3, 1)).toBe(3);
  expect(stepTo(items, 3, -1)).toBe(1);
  expect(stepTo(items, 1, -1)).toBe(1);
});
