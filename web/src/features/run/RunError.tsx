import { Show } from 'solid-js';
import { sentence } from '../../ui/failure.ts';
import { RunGlyph } from '../../ui/RunGlyph.tsx';
import type { RunDetail } from './run.ts';

/** What went wrong, its code for whoever asks, and what to do about it. */
export function RunError(props: { run: RunDetail }) {
  return (
    <Show when={props.run.error}>
      {(error) => (
        <div class="run-error" classList={{ mild: props.run.status === 'CANCELLED' || props.run.status === 'INTERRUPTED' }} role="note" aria-label="Why it did not end well">
          <RunGlyph status={props.run.status} />
          <div>
            <p>
              <b>{sentence(error().message || props.run.status.toLowerCase())}</b> <code>{error().code}</code>
            </p>
            <Show when={error().remedy}>{(remedy) => <p class="t2">{sentence(remedy())}</p>}</Show>
          </div>
        </div>
      )}
    </Show>
  );
}
