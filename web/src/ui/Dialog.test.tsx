import { createSignal, For, Show } from 'solid-js';
import { beforeEach, expect, test, vi } from 'vitest';
import { Dialog } from './Dialog.tsx';
import { draw, only } from './testing.tsx';

const focused = () => document.activeElement?.id;

beforeEach(() => {
  // jsdom scrolls nothing.
  window.scrollTo = vi.fn() as typeof window.scrollTo;
});

function stage() {
  const [open, setOpen] = createSignal(false);
  const [edition, setEdition] = createSignal(1);
  draw(() => (
    <>
      <For each={[edition()]}>
        {(now) => (
          <button type="button" id="opener">
            Open {now}
          </button>
        )}
      </For>
      <input id="elsewhere" />
      <Show when={open()}>
        <Dialog open onClose={() => setOpen(false)} title="Rename?">
          <input id="name" />
        </Dialog>
      </Show>
    </>
  ));
  only('#opener').focus();
  setOpen(true);
  return { close: () => setOpen(false), redraw: () => setEdition(2) };
}

test('the focus goes to what is to be filled in, and back when it closes', async () => {
  const { close } = stage();
  await vi.waitFor(() => expect(focused()).toBe('name'));
  close();
  await vi.waitFor(() => expect(focused()).toBe('opener'));
});

test('and back to the same thing drawn anew', async () => {
  const { close, redraw } = stage();
  await vi.waitFor(() => expect(focused()).toBe('name'));
  redraw();
  close();
  await vi.waitFor(() => expect(focused()).toBe('opener'));
  expect(only('#opener').isConnected).toBe(true);
});

test('but stays where somebody has put it since', async () => {
  const { close } = stage();
  await vi.waitFor(() => expect(focused()).toBe('name'));
  close();
  only('#elsewhere').focus();
  // Behind the turn in which the dialog gives the focus back.
  await new Promise((resolve) => setTimeout(resolve));
  expect(focused()).toBe('elsewhere');
});
