import './tooltip.css';
import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import { Kbd } from './Kbd.tsx';

/** What an element wears to have a tooltip. Never the only place where something is said. */
export function tip(text: string, key?: string): { 'data-tip': string; 'data-tip-key': string | undefined } {
  return { 'data-tip': text, 'data-tip-key': key };
}

interface Shown {
  text: string;
  key: string | undefined;
  left: number;
  top: number;
  below: boolean;
}

const OPEN_AFTER_MS = 400;
/** Once one has been read, its neighbours open at once for this long. */
const WARM_MS = 500;

/**
 * The one tooltip of the page, mounted once: it finds `data-tip` under the pointer or the focus, so that a list of a
 * thousand times with tooltips holds no thousand tooltips.
 */
export function TooltipHost() {
  const [shown, setShown] = createSignal<Shown>();
  let anchor: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let warmUntil = 0;

  const hide = () => {
    clearTimeout(timer);
    if (shown()) warmUntil = Date.now() + WARM_MS;
    anchor = null;
    setShown(undefined);
  };
  const open = (element: Element) => {
    const text = element.getAttribute('data-tip');
    // A name that can be read already needs no second reading; a folded sidebar hides it.
    if (!text || !element.isConnected || (element instanceof HTMLElement && element.innerText.includes(text))) return;
    const box = element.getBoundingClientRect();
    const below = box.bottom + 40 < innerHeight;
    setShown({ text, key: element.getAttribute('data-tip-key') ?? undefined, left: box.left + box.width / 2, top: below ? box.bottom + 6 : box.top - 6, below });
  };
  const approach = (event: Event) => {
    const element = event.target instanceof Element ? event.target.closest('[data-tip]') : null;
    if (element === anchor) return;
    hide();
    if (!element || (event.type === 'focusin' && !element.matches(':focus-visible'))) return;
    anchor = element;
    timer = setTimeout(() => open(element), Date.now() < warmUntil ? 0 : OPEN_AFTER_MS);
  };

  onMount(() => {
    const stop = new AbortController();
    const listen = { signal: stop.signal, passive: true, capture: true };
    // A finger has no hover: a tooltip there would cover what was touched.
    document.addEventListener('pointerover', (event) => event.pointerType === 'mouse' && approach(event), listen);
    document.addEventListener('focusin', approach, listen);
    for (const type of ['pointerdown', 'keydown', 'wheel', 'scroll', 'focusout'] as const) document.addEventListener(type, hide, listen);
    onCleanup(() => stop.abort());
  });

  /** Kept inside the window, whatever its width turns out to be. */
  const keepInside = (element: HTMLElement) =>
    queueMicrotask(() => {
      const half = element.offsetWidth / 2;
      const left = Number.parseFloat(element.style.left);
      element.style.left = `${Math.max(half + 8, Math.min(innerWidth - half - 8, left))}px`;
    });

  return (
    <Show when={shown()} keyed>
      {(it) => (
        <Portal>
          <div ref={keepInside} class="tooltip" data-below={it.below ? '' : undefined} aria-hidden="true" style={{ left: `${it.left}px`, top: `${it.top}px` }}>
            {it.text}
            <Show when={it.key}>{(key) => <Kbd>{key()}</Kbd>}</Show>
          </div>
        </Portal>
      )}
    </Show>
  );
}
