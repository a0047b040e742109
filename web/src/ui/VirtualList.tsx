import './virtual.css';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, type Accessor, type JSX } from 'solid-js';
import { offsetsOf, windowOf } from './window.ts';

export interface VirtualListHandle {
  scrollToIndex: (index: number, where?: 'nearest' | 'start') => void;
  element: HTMLElement;
}

/**
 * Draws only the rows in sight. Heights are known before drawing (`height` by item), so the scrollbar is true from the
 * start and nothing moves while it scrolls. A row lives as long as its key is in sight: new items under old keys keep the
 * focus where it is. `children` reads its item through an accessor.
 */
export function VirtualList<T>(props: {
  items: readonly T[];
  key: (item: T) => string;
  height: (item: T) => number;
  label: string;
  /** Called as the end comes near; call again after more came is harmless. */
  onNearEnd?: () => void;
  /** The items in sight, for those who load or mark what is seen. */
  onRange?: (first: number, last: number) => void;
  class?: string;
  role?: JSX.HTMLAttributes<HTMLDivElement>['role'];
  ref?: (handle: VirtualListHandle) => void;
  /** An item that stays at the top while its followers are in sight: group headers. */
  sticky?: (item: T) => boolean;
  children: (item: Accessor<T>, index: Accessor<number>) => JSX.Element;
}) {
  let viewport!: HTMLDivElement;
  const [top, setTop] = createSignal(0);
  const [tall, setTall] = createSignal(600);
  const offsets = createMemo(() => offsetsOf(props.items, props.height));
  const total = () => offsets()[props.items.length] ?? 0;
  const range = createMemo(() => windowOf(offsets(), top(), tall()), undefined, { equals: (a, b) => a.first === b.first && a.last === b.last });
  const visible = createMemo(() => {
    const { first, last } = range();
    return new Map(props.items.slice(first, last).map((item, at) => [props.key(item), { item, index: first + at }]));
  });
  const keys = createMemo(() => [...visible().keys()]);

  const stickies = createMemo(() => {
    const isSticky = props.sticky;
    return isSticky ? props.items.flatMap((item, at) => (isSticky(item) ? [at] : [])) : [];
  });
  /** The last sticky item at or above the top edge, and the one below it. */
  const pin = createMemo(() => {
    const next = stickies().findIndex((at) => (offsets()[at] ?? 0) > top());
    const after = next === -1 ? stickies().length : next;
    return { at: stickies()[after - 1] ?? -1, next: stickies()[after] ?? -1 };
  });
  const pinned = () => pin().at;
  /** The next header pushes the pinned one out. */
  const push = () => {
    const item = props.items[pin().at];
    const start = offsets()[pin().next];
    return item === undefined || start === undefined ? 0 : Math.min(0, start - top() - props.height(item));
  };
  const pinnedItem = () => props.items[pinned()];

  createEffect(
    on([range, () => props.items], ([{ first, last }]) => {
      props.onRange?.(first, last);
    }),
  );
  createEffect(() => {
    if (top() + tall() * 2 >= total()) props.onNearEnd?.();
  });

  onMount(() => {
    const measure = () => setTall(viewport.clientHeight || 600);
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(measure);
    observer?.observe(viewport);
    measure();
    onCleanup(() => observer?.disconnect());
    props.ref?.({
      element: viewport,
      scrollToIndex: (index, where = 'nearest') => {
        const start = offsets()[index] ?? 0;
        const end = offsets()[index + 1] ?? start;
        const cover = props.sticky ? 32 : 0;
        if (where === 'start' || start < viewport.scrollTop + cover) viewport.scrollTop = start - cover;
        else if (end > viewport.scrollTop + viewport.clientHeight) viewport.scrollTop = end - viewport.clientHeight;
        setTop(viewport.scrollTop);
      },
    });
  });

  return (
    <div ref={viewport} class={`virtual scroll ${props.class ?? ''}`} role={props.role} aria-label={props.label} onScroll={() => setTop(viewport.scrollTop)}>
      <div class="virtual-pin">
        {pinnedItem() !== undefined && (
          <div class="virtual-pinned" style={{ transform: `translateY(${push()}px)` }}>
            {props.children(() => pinnedItem() as T, pinned)}
          </div>
        )}
      </div>
      <div class="virtual-space" style={{ height: `${total()}px` }}>
        <For each={keys()}>
          {(key) => {
            // A row on its way out still reads what it showed last.
            const entry = createMemo((before?: { item: T; index: number }) => visible().get(key) ?? before);
            const item = () => entry()?.item as T;
            const index = () => entry()?.index ?? 0;
            return (
              <div class="virtual-item" style={{ transform: `translateY(${offsets()[index()] ?? 0}px)`, height: `${props.height(item())}px` }}>
                {props.children(item, index)}
              </div>
            );
          }}
        </For>
      </div>
    </div>
  );
}
