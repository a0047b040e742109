import type { Range as Rows } from '../virtual/virtual-window.ts';

/**
 * The rows that a selection within `rows` touches; while the button is down also the one row where it may begin, since
 * whoever scrolls before they drag would otherwise lose it.
 */
export function selectedRange(rows: HTMLElement, pressed: boolean): Rows | undefined {
  const selection = getSelection();
  if (!selection || (selection.isCollapsed && !pressed) || !selection.anchorNode || !selection.focusNode) return undefined;
  const from = rowOf(rows, selection.anchorNode);
  const to = rowOf(rows, selection.focusNode);
  if (from === undefined || to === undefined) return undefined;
  return { from: Math.min(from, to), to: Math.max(from, to) + 1 };
}

/** The selected text without gutters, line by line; undefined where the selection is not ours alone. */
export function selectedText(rows: HTMLElement): string | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const selected = selection.getRangeAt(0);
  if (!rows.contains(selected.commonAncestorContainer)) return undefined;
  const parts: string[] = [];
  for (const row of rows.children) {
    const text = row.querySelector('.log-text')?.firstElementChild;
    if (!text || !selected.intersectsNode(text)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    if (text.contains(selected.startContainer)) range.setStart(selected.startContainer, selected.startOffset);
    if (text.contains(selected.endContainer)) range.setEnd(selected.endContainer, selected.endOffset);
    parts.push(range.toString());
  }
  return parts.join('\n');
}

function rowOf(rows: HTMLElement, node: Node): number | undefined {
  if (!rows.contains(node)) return undefined;
  const element = node instanceof Element ? node : node.parentElement;
  const row = element?.closest<HTMLElement>('[data-row]');
  return row ? Number(row.dataset['row']) : undefined;
}
