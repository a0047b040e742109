import { createSignal } from 'solid-js';

/** What a find bar shows and does, whatever it looks through. */
export interface Finder {
  find: (text: string) => void;
  /** To the next hit or the one before. */
  step: (direction: 1 | -1) => void;
  needle: () => string;
  hits: () => number;
  /** The number of the hit shown, from 1. */
  hit: () => number;
  close: () => void;
}

/** Finds rows of a list by their text, a few thousand at most. */
export function createFinder(list: { count: () => number; textOf: (row: number) => string; show: (row: number) => void }) {
  const [isOpen, setOpen] = createSignal(false);
  const [needle, setNeedle] = createSignal('');
  const [hits, setHits] = createSignal<readonly number[]>([]);
  const [at, setAt] = createSignal(-1);

  const search = () => {
    const wanted = needle();
    const found: number[] = [];
    for (let row = 0; wanted && row < list.count(); row += 1) if (list.textOf(row).toLowerCase().includes(wanted)) found.push(row);
    setHits(found);
  };
  const step = (direction: 1 | -1) => {
    if (hits().length === 0) return;
    setAt((before) => (before + direction + hits().length) % hits().length);
    const row = hits()[at()];
    if (row !== undefined) list.show(row);
  };
  return {
    isOpen,
    open: () => void setOpen(true),
    close: () => {
      setOpen(false);
      setNeedle('');
      setHits([]);
      setAt(-1);
    },
    find: (text: string) => {
      setNeedle(text.toLowerCase());
      setAt(-1);
      search();
      step(1);
    },
    /** The list changed. */
    refresh: () => void (needle() && search()),
    step,
    needle,
    hits: () => hits().length,
    hit: () => at() + 1,
    /** The row of the hit shown. */
    current: () => hits()[at()] ?? -1,
  };
}
