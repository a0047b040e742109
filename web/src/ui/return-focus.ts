import { createComputed } from 'solid-js';

/**
 * Where the focus was when something opened over the page, to be put back once that closes: Kobalte gives it to a dialog's
 * own trigger, and ours are opened by keys, menus and pages. What was drawn anew meanwhile is found by its id.
 */
export function returnFocus(isOpen: () => boolean): () => void {
  let before: Element | null = null;
  createComputed(() => {
    if (isOpen()) before = document.activeElement;
  });
  return () => {
    const now = document.activeElement;
    // Whoever has put it elsewhere meanwhile, on a page that was opened, keeps it there.
    if (now && now !== document.body && now.isConnected) return;
    const target = before?.isConnected ? before : before?.id ? document.getElementById(before.id) : null;
    if (target instanceof HTMLElement && target !== document.body) target.focus({ preventScroll: true });
  };
}
