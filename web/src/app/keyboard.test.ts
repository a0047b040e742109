import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handleKey, printedKeys, shortcuts, useShortcuts, type Shortcut } from './keyboard.ts';

const create = vi.fn();
const goIssues = vi.fn();
let dispose: () => void;

const shortcut = (keys: string, run: () => void): Shortcut => ({ keys, run, label: keys, group: 'Test' });

beforeEach(() => {
  document.addEventListener('keydown', handleKey);
  dispose = createRoot((end) => {
    useShortcuts([shortcut('c', create), shortcut('g i', goIssues)]);
    return end;
  });
});
afterEach(() => {
  dispose();
  document.removeEventListener('keydown', handleKey);
  document.body.replaceChildren();
  vi.clearAllMocks();
});

function press(key: string, target: Element = document.body, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
}

test('a key does its thing, and only without Ctrl, Alt or Meta', () => {
  press('c');
  press('c', document.body, { metaKey: true });
  press('c', document.body, { ctrlKey: true });
  expect(create).toHaveBeenCalledTimes(1);
});

test('never where one types', () => {
  document.body.innerHTML = '<input /><textarea></textarea><select></select>';
  for (const field of document.body.children) press('c', field);
  expect(create).not.toHaveBeenCalled();
});

test('never behind a dialog or a menu', () => {
  document.body.innerHTML = '<div role="dialog"></div>';
  press('c');
  document.body.innerHTML = '<div role="menu"></div>';
  press('c');
  expect(create).not.toHaveBeenCalled();
});

test('two keys in turn', () => {
  press('i');
  expect(goIssues).not.toHaveBeenCalled();
  press('g');
  press('i');
  expect(goIssues).toHaveBeenCalledTimes(1);
  press('g');
  press('x');
  press('i');
  expect(goIssues).toHaveBeenCalledTimes(1);
});

test('what came last wins a key, until it is gone', () => {
  const later = vi.fn();
  const end = createRoot((stop) => {
    useShortcuts([shortcut('c', later)]);
    return stop;
  });
  press('c');
  end();
  press('c');
  expect([later.mock.calls.length, create.mock.calls.length]).toEqual([1, 1]);
  expect(shortcuts()).toHaveLength(2);
});

test('keys are printed as they are on a keyboard', () => {
  expect(printedKeys('g i')).toEqual(['g', 'i']);
  expect(printedKeys('ArrowDown')).toEqual(['↓']);
});
