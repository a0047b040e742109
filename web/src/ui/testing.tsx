import { render } from 'solid-js/web';
import { afterEach } from 'vitest';
import type { JSX } from 'solid-js';

// jsdom lays nothing out and so scrolls nowhere.
Element.prototype.scrollIntoView ??= () => undefined;

const mounted: (() => void)[] = [];

afterEach(() => {
  for (const unmount of mounted.splice(0)) unmount();
  document.body.replaceChildren();
});

/** Draws a component into the document until the test ends. */
export function draw(component: () => JSX.Element): HTMLElement {
  const host = document.createElement('div');
  document.body.append(host);
  mounted.push(render(component, host));
  return host;
}

/** The one element that a selector finds. */
export function only<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
  const found = within.querySelectorAll<E>(selector);
  if (found.length !== 1) throw new Error(`${selector} found ${found.length} times`);
  return found[0] as E;
}

export function press(key: string, target: Element | null = document.activeElement): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  (target ?? document.body).dispatchEvent(event);
  return event;
}

export function type(input: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
