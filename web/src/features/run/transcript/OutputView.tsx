import { createEffect, createMemo, createSignal, For, Show } from 'solid-js';
import { plural } from '../../../ui/format.ts';
import { spansOf, type Span } from '../log/ansi.ts';
import { drawSpans } from '../log/draw.ts';
import '../log/log.css';

const CUT = 40;
const LONGEST = 2_000;

/** What a tool printed: its end, since that is where outcomes are. */
export function OutputView(props: { text: string; failed: boolean }) {
  const lines = createMemo(() => props.text.replace(/\n+$/, '').split('\n'));
  const [whole, setWhole] = createSignal(false);
  const shown = () => (whole() ? lines() : lines().slice(-CUT));
  return (
    <div class="output ansi" classList={{ failed: props.failed }}>
      <Show when={lines().length > shown().length}>
        <button type="button" class="fold-more" onClick={() => setWhole(true)}>
          Show {plural(lines().length - shown().length, 'earlier line')}
        </button>
      </Show>
      <pre>
        <For each={shown()}>{(line) => <Line spans={spansOf(line.slice(0, LONGEST))} />}</For>
      </pre>
    </div>
  );
}

function Line(props: { spans: readonly Span[] }) {
  let element!: HTMLSpanElement;
  createEffect(() => drawSpans(element, props.spans, ''));
  return <span ref={element} class="output-line" />;
}
