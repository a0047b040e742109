import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { issueLine } from '../testing.ts';
import { createDrag, type Drag } from './drag.ts';

const issue = issueLine({ id: '1', status: 'IN_PROGRESS' });
const onDrop = vi.fn();
let allowed = true;
let drag: Drag;
let dispose: () => void;
let card: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = '<section data-column="IN_REVIEW"></section><section data-column="BACKLOG"></section><a></a>';
  card = document.querySelector('a') as HTMLElement;
  dispose = createRoot((end) => {
    drag = createDrag({ scroller: () => undefined, onDrop, canDrag: () => allowed });
    return end;
  });
});
afterEach(() => {
  dispose();
  allowed = true;
  vi.clearAllMocks();
  vi.useRealTimers();
});

const key = (name: string) => drag.key(new KeyboardEvent('keydown', { key: name, cancelable: true }), issue);
const over = (column: string | null) => {
  document.elementsFromPoint = () => (column ? [document.querySelector(`[data-column=${column}]`) as Element] : []);
};
const pointer = (type: string, x: number, kind = 'mouse') =>
  Object.assign(new MouseEvent(type, { clientX: x, clientY: 10, button: 0, bubbles: true }), { pointerType: kind }) as unknown as PointerEvent;
const press = (kind = 'mouse') => drag.press(pointer('pointerdown', 0, kind), issue, card);

test('by keys: picked up, over the next legal column, dropped', () => {
  key(' ');
  expect(drag.dragging()).toMatchObject({ over: 'IN_PROGRESS', by: 'keys' });
  key('ArrowRight');
  expect(drag.dragging()?.over).toBe('IN_REVIEW');
  key('Enter');
  expect(onDrop).toHaveBeenCalledWith(issue, 'IN_REVIEW');
  expect(drag.dragging()).toBeNull();
});

test('escape puts it back; dropping it where it was does nothing', () => {
  key(' ');
  key('ArrowRight');
  key('Escape');
  key(' ');
  key('Enter');
  expect(onDrop).not.toHaveBeenCalled();
});

test('with a mouse it is carried once it has moved, and dropped on what it is over', () => {
  over('IN_REVIEW');
  press();
  dispatchEvent(pointer('pointermove', 3));
  expect(drag.dragging()).toBeNull();
  dispatchEvent(pointer('pointermove', 40));
  expect(drag.dragging()).toMatchObject({ over: 'IN_REVIEW', by: 'pointer' });
  dispatchEvent(pointer('pointerup', 40));
  expect(onDrop).toHaveBeenCalledWith(issue, 'IN_REVIEW');
  expect(drag.swallowClick()).toBe(true);
});

test('a forbidden column takes nothing', () => {
  over('BACKLOG');
  press();
  dispatchEvent(pointer('pointermove', 40));
  expect(drag.dragging()?.over).toBeNull();
  dispatchEvent(pointer('pointerup', 40));
  expect(onDrop).not.toHaveBeenCalled();
});

test('a click stays a click', () => {
  press();
  dispatchEvent(pointer('pointerup', 1));
  expect(drag.swallowClick()).toBe(false);
});

test('a finger that swipes scrolls; one that holds picks up', () => {
  vi.useFakeTimers();
  over('IN_REVIEW');
  press('touch');
  dispatchEvent(pointer('pointermove', 40, 'touch'));
  vi.advanceTimersByTime(1000);
  expect(drag.dragging()).toBeNull();
  press('touch');
  vi.advanceTimersByTime(300);
  expect(drag.dragging()).not.toBeNull();
  dispatchEvent(pointer('pointerup', 0, 'touch'));
  expect(onDrop).toHaveBeenCalledTimes(1);
});

test('nothing moves in an archived company', () => {
  allowed = false;
  key(' ');
  press();
  dispatchEvent(pointer('pointermove', 40));
  expect(drag.dragging()).toBeNull();
});
