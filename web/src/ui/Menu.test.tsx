import { expect, test, vi } from 'vitest';
import { Menu } from './Menu.tsx';
import { draw, only, press } from './testing.tsx';

function open(): { wake: ReturnType<typeof vi.fn>; pause: ReturnType<typeof vi.fn>; trigger: HTMLElement } {
  const wake = vi.fn();
  const pause = vi.fn();
  draw(() => (
    <Menu
      label="Agent actions"
      trigger="Actions"
      groups={[[{ label: 'Wake now', onSelect: wake }, { label: 'Resume', disabled: true, onSelect: vi.fn() }], [{ label: 'Pause', onSelect: pause }]]}
    />
  ));
  const trigger = only('button[aria-haspopup=menu]');
  trigger.focus();
  trigger.click();
  return { wake, pause, trigger };
}

const focused = () => document.activeElement?.textContent;

test('opens on its first item, and arrows pass over what cannot be had', () => {
  open();
  expect(focused()).toBe('Wake now');
  press('ArrowDown');
  expect(focused()).toBe('Pause');
  press('ArrowDown');
  expect(focused()).toBe('Wake now');
  press('End');
  expect(focused()).toBe('Pause');
  press('w');
  expect(focused()).toBe('Wake now');
});

test('does what was picked, once, and closes', () => {
  const { pause, wake } = open();
  press('ArrowDown');
  (document.activeElement as HTMLElement).click();
  expect(pause).toHaveBeenCalledTimes(1);
  expect(wake).not.toHaveBeenCalled();
  expect(document.querySelector('[role=menu]')).toBeNull();
});

test('escape closes it alone and gives the focus back', () => {
  const { trigger } = open();
  const behind = vi.fn();
  document.addEventListener('keydown', behind);
  press('Escape');
  document.removeEventListener('keydown', behind);
  expect(behind).not.toHaveBeenCalled();
  expect(document.querySelector('[role=menu]')).toBeNull();
  expect(document.activeElement).toBe(trigger);
});

test('a press elsewhere closes it', () => {
  open();
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  expect(document.querySelector('[role=menu]')).toBeNull();
});
