import '../../../ui/testing.tsx';
import { beforeEach, expect, test } from 'vitest';
import { focusBeside } from './focus.ts';

let board: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `<div>
    <section data-column="TODO"><a class="card" href="#1" id="t1"></a><a class="card" href="#2" id="t2"></a><a class="card" href="#3" id="t3"></a></section>
    <section data-column="IN_PROGRESS"></section>
    <section data-column="IN_REVIEW"><a class="card" href="#4" id="r1"></a></section>
  </div>`;
  board = document.body.firstElementChild as HTMLElement;
});

function walk(from: string, ...keys: string[]): string | undefined {
  document.getElementById(from)?.focus();
  for (const key of keys) focusBeside(board, key);
  return document.activeElement?.id;
}

test('up and down in a column, stopping at its ends', () => {
  expect(walk('t1', 'ArrowDown')).toBe('t2');
  expect(walk('t1', 'ArrowUp')).toBe('t1');
  expect(walk('t3', 'ArrowDown')).toBe('t3');
});

test('across empty columns to the card at the same height, or the last', () => {
  expect(walk('t3', 'ArrowRight')).toBe('r1');
  expect(walk('r1', 'ArrowLeft')).toBe('t1');
  expect(walk('r1', 'ArrowRight')).toBe('r1');
});

test('other keys, and a focus elsewhere, are none of its business', () => {
  expect(focusBeside(board, 'Enter')).toBe(false);
  document.body.focus();
  expect(focusBeside(board, 'ArrowDown')).toBe(false);
});
