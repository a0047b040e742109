const CARD = 'a.card';

/**
 * Moves the focus from card to card as they lie: up and down in a column, left and right to the card at the same height,
 * over empty columns. True when it moved.
 */
export function focusBeside(board: HTMLElement, key: string): boolean {
  const card = document.activeElement?.closest<HTMLElement>(CARD);
  const column = card?.closest<HTMLElement>('[data-column]');
  if (!card || !column) return false;
  const cards = [...column.querySelectorAll<HTMLElement>(CARD)];
  const at = cards.indexOf(card);
  if (key === 'ArrowDown' || key === 'ArrowUp') return focus(cards[at + (key === 'ArrowDown' ? 1 : -1)]);
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
  const columns = [...board.querySelectorAll<HTMLElement>('[data-column]')];
  const step = key === 'ArrowRight' ? 1 : -1;
  for (let next = columns.indexOf(column) + step; next >= 0 && next < columns.length; next += step) {
    const there = [...(columns[next]?.querySelectorAll<HTMLElement>(CARD) ?? [])];
    if (there.length > 0) return focus(there[Math.min(at, there.length - 1)]);
  }
  return false;
}

function focus(card: HTMLElement | undefined): boolean {
  card?.focus();
  card?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return card !== undefined;
}
