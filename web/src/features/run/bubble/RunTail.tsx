import { createEffect, createMemo, For, onCleanup } from 'solid-js';
import { secondsOf } from '../../../ui/format.ts';
import { LogFeed } from '../log/feed.ts';
import { drawSpans } from '../log/draw.ts';
import { serverLog } from '../log/source.ts';
import type { Span } from '../log/ansi.ts';
import '../log/log.css';

const LINES = 3;
const LONGEST = 600;
/** A tail needs its last lines, not the log. */
const MOST_CHARS = 200_000;

/** The last lines of a run, as it prints them. */
export function RunTail(props: { runId: string; chunks: number }) {
  const feed = new LogFeed(serverLog(props.runId), { maxChars: MOST_CHARS });
  feed.startAtEnd(props.chunks);
  onCleanup(() => feed.stop());
  const tail = createMemo(() => {
    feed.version();
    const lines = feed.lines();
    const shown: { at: string; spans: readonly Span[] }[] = [];
    for (let line = lines.end - 1; line >= lines.first && shown.length < LINES; line -= 1) {
      const spans = lines.spans(line, LONGEST);
      if (spans.some((span) => span.text.trim() !== '')) shown.unshift({ at: lines.at(line), spans });
    }
    return shown;
  });
  return (
    <div class="run-tail ansi" aria-label="Last lines">
      <For each={tail()} fallback={<p class="t3">Nothing printed yet</p>}>
        {(line) => (
          <div class="run-tail-line">
            <span class="run-tail-time">{secondsOf(line.at)}</span>
            <Words spans={line.spans} />
          </div>
        )}
      </For>
    </div>
  );
}

function Words(props: { spans: readonly Span[] }) {
  let element!: HTMLSpanElement;
  createEffect(() => drawSpans(element, props.spans, ''));
  return <span ref={element} class="cut" />;
}
