import { createMemo, createSignal, For, Show } from 'solid-js';
import { plural } from '../../../ui/format.ts';
import { diffLines, type DiffLine } from './diff.ts';

/** A longer diff shows its beginning until it is asked for. */
const CUT = 80;

/** Scrolls sideways inside its own box; the page never does. */
export function DiffView(props: { before: string; after: string }) {
  const lines = createMemo(() => diffLines(props.before, props.after));
  const [whole, setWhole] = createSignal(false);
  const shown = () => (whole() ? lines() : lines().slice(0, CUT));
  return (
    <>
      <div class="diff" role="group" aria-label="Changes" tabIndex={0}>
        <For each={shown()}>{(line) => <Line line={line} />}</For>
      </div>
      <Show when={lines().length > shown().length}>
        <button type="button" class="fold-more" onClick={() => setWhole(true)}>
          Show {plural(lines().length - shown().length, 'more line')}
        </button>
      </Show>
    </>
  );
}

function Line(props: { line: DiffLine }) {
  const kind = () => (props.line.sign === '+' ? 'added' : props.line.sign === '-' ? 'taken' : '');
  return (
    <div class={kind()}>
      <span class="diff-sign">{props.line.sign === '-' ? '−' : props.line.sign}</span>
      <Show when={props.line.changed} fallback={<span>{props.line.text}</span>}>
        {(changed) => (
          <span>
            {props.line.text.slice(0, changed()[0])}
            <em>{props.line.text.slice(...changed())}</em>
            {props.line.text.slice(changed()[1])}
          </span>
        )}
      </Show>
    </div>
  );
}

/** Lines added and taken away, for a fold's header. */
export function diffCounts(before: string, after: string): { added: number; taken: number } {
  const lines = diffLines(before, after);
  return { added: lines.filter((line) => line.sign === '+').length, taken: lines.filter((line) => line.sign === '-').length };
}
