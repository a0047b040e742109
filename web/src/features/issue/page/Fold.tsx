import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';

const LINE = 20;
/** A little more than fits is not worth a fold. */
const SLACK = 4;

/** Long text shows its beginning, with a way to the rest. */
export function Fold(props: { lines: number; children: JSX.Element }) {
  const [long, setLong] = createSignal(false);
  const [open, setOpen] = createSignal(false);
  let inside!: HTMLDivElement;
  onMount(() => {
    const measure = () => setLong(inside.scrollHeight > (props.lines + SLACK) * LINE);
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(measure);
    observer?.observe(inside);
    measure();
    onCleanup(() => observer?.disconnect());
  });
  return (
    <>
      <div class="clipped" classList={{ cut: long() && !open() }} style={long() && !open() ? { 'max-height': `${props.lines * LINE}px` } : undefined}>
        <div ref={inside}>{props.children}</div>
      </div>
      <Show when={long()}>
        <button type="button" class="clipped-more link" aria-expanded={open()} onClick={() => setOpen(!open())}>
          {open() ? 'Show less' : 'Show all'}
        </button>
      </Show>
    </>
  );
}
