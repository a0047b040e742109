import './tabs.css';
import { createEffect, For, Show } from 'solid-js';

export interface Tab<V extends string = string> {
  value: V;
  label: string;
  count?: number | undefined;
}

/**
 * `look` pills filter a page, underline parts one. Arrow keys move along, as in every tab list; the panel is the caller's,
 * with `id` and `role="tabpanel"` when the tabs part a page.
 */
export function Tabs<V extends string>(props: {
  label: string;
  tabs: readonly Tab<V>[];
  value: V;
  onValue: (value: V) => void;
  look?: 'pills' | 'underline';
  controls?: string;
}) {
  let list: HTMLDivElement | undefined;
  const step = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    const at = props.tabs.findIndex((tab) => tab.value === props.value);
    const next = (at + direction + props.tabs.length) % props.tabs.length;
    const tab = props.tabs[next];
    if (!tab) return;
    props.onValue(tab.value);
    list?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  // Where there is no room for all, the chosen one is in sight.
  createEffect(() => {
    const at = props.tabs.findIndex((tab) => tab.value === props.value);
    const tab = list?.querySelectorAll<HTMLElement>('[role=tab]')[at];
    if (!list || !tab || list.scrollWidth <= list.clientWidth) return;
    list.scrollLeft = tab.offsetLeft - list.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
  });
  return (
    <div ref={list} class={`tabs ${props.look ?? 'pills'}`} role="tablist" aria-label={props.label} onKeyDown={step}>
      <For each={props.tabs}>
        {(tab) => (
          <button
            type="button"
            role="tab"
            class="tab"
            aria-selected={tab.value === props.value}
            aria-controls={props.controls}
            tabIndex={tab.value === props.value ? 0 : -1}
            onClick={() => props.onValue(tab.value)}
          >
            {tab.label}
            <Show when={tab.count !== undefined}>
              <span class="tab-count num">{tab.count}</span>
            </Show>
          </button>
        )}
      </For>
    </div>
  );
}
