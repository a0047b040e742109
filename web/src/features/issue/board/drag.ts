import { createSignal, onCleanup } from 'solid-js';
import type { IssueLineFragment, IssueStatus } from '../../../graphql/generated/graphql.ts';
import { stepColumn, verdictOn } from './columns.ts';

export interface Dragging {
  issue: IssueLineFragment;
  /** The column it would land in now; null while over none or a forbidden one. */
  over: IssueStatus | null;
  by: 'pointer' | 'keys';
  /** Where the card is drawn, and how wide. */
  at: { x: number; y: number; width: number } | null;
}

const START_AFTER_PX = 5;
const HOLD_MS = 280;
const EDGE_PX = 56;

/**
 * Picking a card up, carrying it over columns and dropping it: with a mouse at once, with a finger after a short hold (so
 * that a swipe still scrolls), by keys with space, arrows and Enter. Escape puts it back.
 */
export function createDrag(options: { scroller: () => HTMLElement | undefined; onDrop: (issue: IssueLineFragment, to: IssueStatus) => void; canDrag: () => boolean }) {
  const [dragging, setDragging] = createSignal<Dragging | null>(null);
  let stop: (() => void) | undefined;
  let justDropped = false;

  const columnAt = (x: number, y: number): IssueStatus | null => {
    const column = document.elementsFromPoint(x, y).find((element) => element instanceof HTMLElement && element.dataset['column']);
    return column instanceof HTMLElement ? (column.dataset['column'] as IssueStatus) : null;
  };
  const cancel = () => {
    stop?.();
    setDragging(null);
  };
  const drop = () => {
    const now = dragging();
    cancel();
    if (now?.over && now.over !== now.issue.status) options.onDrop(now.issue, now.over);
  };

  const press = (event: PointerEvent, issue: IssueLineFragment, card: HTMLElement) => {
    if (event.button !== 0 || !options.canDrag() || dragging()) return;
    const start = { x: event.clientX, y: event.clientY };
    const box = card.getBoundingClientRect();
    const touch = event.pointerType !== 'mouse';
    let last = start;
    let frame = 0;
    const listening = new AbortController();
    const hold = touch ? setTimeout(() => begin(), HOLD_MS) : undefined;

    const scrollNearEdge = () => {
      frame = requestAnimationFrame(scrollNearEdge);
      const scroller = options.scroller();
      if (!scroller) return;
      const edges = scroller.getBoundingClientRect();
      const by = last.x > edges.right - EDGE_PX ? 12 : last.x < edges.left + EDGE_PX ? -12 : 0;
      if (by !== 0) scroller.scrollLeft += by;
    };
    const follow = () => {
      const over = columnAt(last.x, last.y);
      const legal = over !== null && (over === issue.status || verdictOn(issue, over).allowed);
      setDragging({ issue, by: 'pointer', over: legal ? over : null, at: { x: box.left + last.x - start.x, y: box.top + last.y - start.y, width: box.width } });
    };
    const begin = () => {
      navigator.vibrate?.(8);
      follow();
      scrollNearEdge();
    };
    stop = () => {
      clearTimeout(hold);
      cancelAnimationFrame(frame);
      listening.abort();
      stop = undefined;
    };
    const listen = { signal: listening.signal };
    addEventListener(
      'pointermove',
      (move) => {
        last = { x: move.clientX, y: move.clientY };
        const far = Math.hypot(last.x - start.x, last.y - start.y) > START_AFTER_PX;
        if (dragging()) follow();
        else if (far && touch) stop?.();
        else if (far) begin();
      },
      listen,
    );
    addEventListener(
      'pointerup',
      () => {
        justDropped = dragging() !== null;
        // The click that follows belongs to the drop and must not open the card.
        setTimeout(() => (justDropped = false));
        if (dragging()) drop();
        else stop?.();
      },
      listen,
    );
    addEventListener('pointercancel', cancel, listen);
    addEventListener('keydown', (key) => key.key === 'Escape' && cancel(), listen);
    // While a card is carried, the finger carries and does not scroll.
    addEventListener('touchmove', (move) => dragging() && move.preventDefault(), { ...listen, passive: false });
  };

  const key = (event: KeyboardEvent, issue: IssueLineFragment) => {
    const now = dragging();
    const mine = now?.by === 'keys' && now.issue.id === issue.id;
    if (event.key === ' ' && !now && options.canDrag()) {
      event.preventDefault();
      setDragging({ issue, over: issue.status, by: 'keys', at: null });
    } else if (mine && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      event.preventDefault();
      event.stopPropagation();
      const over = stepColumn(issue, now.over ?? issue.status, event.key === 'ArrowRight' ? 1 : -1);
      if (over) setDragging({ ...now, over });
    } else if (mine && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      event.stopPropagation();
      drop();
    } else if (mine && (event.key === 'Escape' || event.key === 'Tab')) {
      event.stopPropagation();
      cancel();
    }
  };

  onCleanup(cancel);
  return { dragging, press, key, cancel, swallowClick: () => justDropped };
}

export type Drag = ReturnType<typeof createDrag>;
