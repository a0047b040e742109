import { createEffect, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';

export type Placement = 'bottom-start' | 'bottom-end' | 'top-start';

const GAP = 4;
const MARGIN = 8;

/** Where a box goes beside its anchor: on the wanted side if it fits there, else on the other, never out of the window. */
export function placeBeside(anchor: DOMRect, box: { width: number; height: number }, wanted: Placement, view: { width: number; height: number }): { left: number; top: number; room: number } {
  const below = view.height - anchor.bottom - GAP - MARGIN;
  const above = anchor.top - GAP - MARGIN;
  const up = wanted === 'top-start' ? above >= Math.min(box.height, below) || above > below : below < box.height && above > below;
  const room = Math.max(120, up ? above : below);
  const height = Math.min(box.height, room);
  const start = wanted === 'bottom-end' ? anchor.right - box.width : anchor.left;
  return {
    left: Math.max(MARGIN, Math.min(view.width - MARGIN - box.width, start)),
    top: up ? anchor.top - GAP - height : anchor.bottom + GAP,
    room,
  };
}

/**
 * Something that opens beside a button, in the browser's top layer: above dialogs, clipped by nothing, closed by a press
 * outside or Escape, its focus given back. It stays in its place in the document, so a dialog around it keeps its focus trap.
 */
export function createAnchored(options: { placement: Placement; onOpen?: (box: HTMLElement) => void; onClose?: () => void }): {
  open: Accessor<boolean>;
  show: () => void;
  hide: () => void;
  anchorRef: (element: HTMLElement) => void;
  boxRef: (element: HTMLElement) => void;
  /** For the box, as on:keydown (Solid's own events only arrive at the document): Escape closes it and nothing behind it. */
  onKeyDown: (event: KeyboardEvent) => void;
} {
  const [open, setOpen] = createSignal(false);
  let anchor: HTMLElement | undefined;
  let box: HTMLElement | undefined;

  const place = () => {
    if (!anchor || !box) return;
    box.style.maxHeight = '';
    const { left, top, room } = placeBeside(anchor.getBoundingClientRect(), { width: box.offsetWidth, height: box.offsetHeight }, options.placement, { width: innerWidth, height: innerHeight });
    Object.assign(box.style, { left: `${left}px`, top: `${top}px`, maxHeight: `${room}px` });
  };
  const hide = () => {
    if (!open()) return;
    const inside = box?.contains(document.activeElement) ?? false;
    setOpen(false);
    if (inside) anchor?.focus({ preventScroll: true });
    options.onClose?.();
  };

  createEffect(() => {
    if (!open() || !box) return;
    const shown = box;
    const listening = new AbortController();
    shown.setAttribute('popover', 'manual');
    shown.showPopover?.();
    place();
    // Opening happens once: what it reads may change while the box is open, and what one has typed there stays.
    untrack(() => options.onOpen?.(shown));
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!shown.contains(target) && !anchor?.contains(target)) hide();
    };
    const listen = { signal: listening.signal, capture: true };
    document.addEventListener('pointerdown', outside, listen);
    document.addEventListener('focusin', outside, listen);
    addEventListener('scroll', place, listen);
    addEventListener('resize', place, listen);
    const grown = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(place);
    grown?.observe(shown);
    onCleanup(() => {
      listening.abort();
      grown?.disconnect();
    });
  });

  return {
    open,
    show: () => setOpen(true),
    hide,
    anchorRef: (element) => (anchor = element),
    boxRef: (element) => (box = element),
    onKeyDown: (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      event.preventDefault();
      hide();
    },
  };
}
