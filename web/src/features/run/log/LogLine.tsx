import { createEffect, Show } from 'solid-js';
import { compact, secondsOf } from '../../../ui/format.ts';
import { drawSpans } from './draw.ts';
import type { Row } from './log-rows.ts';

/** Standard error carries progress as well as failure: only what says that it failed is filled. */
const FAILURE = /\b(error|fail(ed|ure|s)?|fatal|panic(ked)?|exception|traceback|denied|cannot|unable to)\b|^\s*E\s/i;

const signs = { STDOUT: '', STDERR: '!', SYSTEM: '›' } as const;
const names = { STDOUT: 'output', STDERR: 'error output', SYSTEM: 'Boardroom' } as const;

export function LogLine(props: { row: Row; number: number; needle: string; current: boolean; onToggle: (line: number) => void }) {
  let text!: HTMLSpanElement;
  const isFailure = () => props.row.stream === 'STDERR' && FAILURE.test(props.row.spans.map((span) => span.text).join('').slice(0, 400));
  createEffect(() => drawSpans(text, props.row.spans, props.needle));
  return (
    <div
      class="log-line"
      classList={{ failure: isFailure(), system: props.row.stream === 'SYSTEM', current: props.current }}
      data-row={props.number}
    >
      <span class="log-time">{props.row.segment === 0 ? secondsOf(props.row.at) : ''}</span>
      <span class="log-sign" title={names[props.row.stream]} aria-hidden="true">
        {props.row.segment === 0 ? signs[props.row.stream] : ''}
      </span>
      <span class="log-text">
        <span ref={text} />
        <Show when={props.row.hidden > 0}>
          <button type="button" class="log-more" onClick={() => props.onToggle(props.row.line)}>
            Show {compact(props.row.hidden)} more characters
          </button>
        </Show>
        <Show when={props.row.lastOfWhole}>
          <button type="button" class="log-more" onClick={() => props.onToggle(props.row.line)}>
            Show less
          </button>
        </Show>
      </span>
    </div>
  );
}
