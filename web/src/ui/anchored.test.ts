import { expect, test } from 'vitest';
import { placeBeside } from './anchored.ts';

const view = { width: 1000, height: 700 };
const box = { width: 260, height: 300 };
const anchor = (left: number, top: number) => new DOMRect(left, top, 100, 24);

test('below and flush with the left edge where there is room', () => {
  expect(placeBeside(anchor(50, 100), box, 'bottom-start', view)).toMatchObject({ left: 50, top: 128 });
});

test('flush with the right edge when asked', () => {
  expect(placeBeside(anchor(500, 100), box, 'bottom-end', view)).toMatchObject({ left: 340 });
});

test('above where there is no room below', () => {
  expect(placeBeside(anchor(50, 600), box, 'bottom-start', view)).toMatchObject({ top: 296 });
});

test('never out of the window, and no taller than what is left', () => {
  expect(placeBeside(anchor(950, 100), box, 'bottom-start', view).left).toBe(732);
  const squeezed = placeBeside(anchor(50, 180), { width: 260, height: 900 }, 'bottom-start', view);
  expect(squeezed.room).toBe(700 - 204 - 12);
});
