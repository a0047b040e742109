import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Switch } from './Field.tsx';
import { draw, only } from './testing.tsx';

const box = () => only<HTMLInputElement>('input[role=switch]');

test('a switch that is declined goes back, and one that is granted stays', async () => {
  const [on, setOn] = createSignal(false);
  const answers: ((granted: boolean) => void)[] = [];
  const ask = (wanted: boolean) =>
    new Promise<void>((resolve) => {
      answers.push((granted) => {
        if (granted) setOn(wanted);
        resolve();
      });
    });
  draw(() => <Switch label="Hire agents" checked={on()} onChange={ask} />);
  box().click();
  expect(box().checked).toBe(true);
  answers.shift()?.(false);
  await vi.waitFor(() => expect(box().checked).toBe(false));

  box().click();
  answers.shift()?.(true);
  await vi.waitFor(() => expect(on()).toBe(true));
  box().click();
  expect(box().checked).toBe(false);
  answers.shift()?.(false);
  await vi.waitFor(() => expect(box().checked).toBe(true));
});

test('a switch of a form is as it was turned', async () => {
  const [on, setOn] = createSignal(false);
  draw(() => <Switch label="Wake on a timer" checked={on()} onChange={setOn} />);
  box().click();
  await vi.waitFor(() => expect(on()).toBe(true));
  expect(box().checked).toBe(true);
});
