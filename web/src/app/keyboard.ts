import { createSignal, onCleanup } from 'solid-js';

export interface Shortcut {
  /** One key ("c", "/", "ArrowDown") or two pressed in turn ("g i"). */
  keys: string;
  label: string;
  group: string;
  run: (event: KeyboardEvent) => void;
  /** Works but is not listed: the second key for one thing. */
  hidden?: boolean;
}

const [shortcuts, setShortcuts] = createSignal<readonly Shortcut[]>([]);

/** Every shortcut that works here and now, for the cheat sheet. */
export { shortcuts };

/** Makes keys work for as long as the component lives. What was added last wins a key. */
export function useShortcuts(mine: readonly Shortcut[]): void {
  setShortcuts((before) => [...before, ...mine]);
  onCleanup(() => setShortcuts((before) => before.filter((each) => !mine.includes(each))));
}

const [blocked, setBlocked] = createSignal(false);

/** While something that was asked for is still being fetched, keys already belong to it. */
export { setBlocked as blockKeys };

const CHORD_MS = 1200;
let first: { key: string; at: number } | undefined;

/** Single keys never fire where one types, nor behind a dialog or a menu, nor while a switch turned them off. */
function isBusy(event: KeyboardEvent): boolean {
  if (blocked() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select, [role=combobox]'))) return true;
  return document.querySelector('[role=dialog], [role=menu], [role=alertdialog]') !== null;
}

export function handleKey(event: KeyboardEvent): void {
  if (isBusy(event)) {
    first = undefined;
    return;
  }
  const all = [...shortcuts()].reverse();
  const chord = first && event.timeStamp - first.at < CHORD_MS ? `${first.key} ${event.key}` : undefined;
  first = undefined;
  const match = (chord && all.find((each) => each.keys === chord)) || all.find((each) => each.keys === event.key);
  if (match) {
    event.preventDefault();
    match.run(event);
  } else if (all.some((each) => each.keys.startsWith(`${event.key} `))) {
    first = { key: event.key, at: event.timeStamp };
  }
}

/** The keys as they are printed. */
export function printedKeys(keys: string): string[] {
  const names: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Enter: '↵', Escape: 'esc', ' ': 'space' };
  return keys.split(' ').map((key) => names[key] ?? key);
}
