/** Where each item starts, and at the end where the list does: `offsets[n]` is the whole height. */
export function offsetsOf<T>(items: readonly T[], height: (item: T) => number): number[] {
  const offsets = [0];
  let at = 0;
  for (const item of items) {
    at += height(item);
    offsets.push(at);
  }
  return offsets;
}

/** How far beyond the viewport rows are drawn, so that a flick shows no gap. */
const OVERSCAN_PX = 400;

/** The items that a viewport of `tall` at `top` needs: `first` up to, not with, `last`. */
export function windowOf(offsets: readonly number[], top: number, tall: number, overscan = OVERSCAN_PX): { first: number; last: number } {
  const length = offsets.length - 1;
  if (length <= 0) return { first: 0, last: 0 };
  const first = Math.min(length - 1, Math.max(0, itemAt(offsets, top - overscan)));
  const last = Math.min(length, itemAt(offsets, top + tall + overscan) + 1);
  return { first, last };
}

/** The item that covers a height, by halving. */
function itemAt(offsets: readonly number[], y: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
