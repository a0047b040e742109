import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draw, only } from './testing.tsx';
import { toast, toasts } from './toast.ts';
import { Toasts } from './Toasts.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const { id } of [...toasts]) toast.dismiss(id);
  vi.useRealTimers();
});

const shown = () => [...document.querySelectorAll('.toast')].map((each) => each.querySelector('.toast-title')?.textContent);

test('a fact goes after six seconds, unless it is looked at', () => {
  draw(() => <Toasts />);
  toast.show({ title: 'HAL-131 is done' });
  expect(shown()).toEqual(['HAL-131 is done']);
  vi.advanceTimersByTime(5_000);
  only('.toast').dispatchEvent(new Event('pointerenter'));
  vi.advanceTimersByTime(60_000);
  expect(shown()).toHaveLength(1);
  only('.toast').dispatchEvent(new Event('pointerleave'));
  vi.advanceTimersByTime(6_000);
  expect(shown()).toEqual([]);
});

test('a refusal names the holder, says that the change was put back, and stays', () => {
  draw(() => <Toasts />);
  toast.refusal({ issue: 'HAL-138', agent: 'Brick', run: { number: 91, href: '/HAL/runs/1' } }, 'In progress for 14 min, run 91 is live.');
  vi.advanceTimersByTime(120_000);
  expect(shown()).toEqual(['Brick holds HAL-138']);
  expect(only('.toast').getAttribute('role')).toBe('alert');
  expect(only('.toast-detail').textContent).toBe('In progress for 14 min, run 91 is live. Your change was put back.');
  expect(only<HTMLAnchorElement>('.toast a').getAttribute('href')).toBe('/HAL/runs/1');
});

test('two about one change become one', () => {
  draw(() => <Toasts />);
  toast.refusal({ issue: 'HAL-138', agent: 'Brick' }, 'It is live.');
  toast.refusal({ issue: 'HAL-138', agent: 'Kestrel' }, 'It is live.');
  expect(shown()).toEqual(['Kestrel holds HAL-138']);
});

test('never more than four at once; the oldest goes', () => {
  draw(() => <Toasts />);
  for (const title of ['one', 'two', 'three', 'four', 'five']) toast.error(title);
  expect(shown()).toEqual(['two', 'three', 'four', 'five']);
});
