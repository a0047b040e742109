import { createMemo, For, Match, Show, Switch } from 'solid-js';
import { duration } from '../../../ui/format.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Elapsed } from '../../../ui/Time.tsx';
import { DiffView, diffCounts } from './DiffView.tsx';
import { field } from './entry.ts';
import { looksInWords, type Call } from './fold.ts';
import { OutputView } from './OutputView.tsx';

/** A tool's call: verb, argument, outcome; inside what it did. Failures and the running one are open. */
export function CallFold(props: { call: Call; open: boolean; onToggle: () => void }) {
  const edits = createMemo(() => editsOf(props.call));
  const counts = createMemo(() =>
    edits().reduce((sum, edit) => {
      const { added, taken } = diffCounts(edit.before, edit.after);
      return { added: sum.added + added, taken: sum.taken + taken };
    }, { added: 0, taken: 0 }),
  );
  return (
    <section class="fold" classList={{ running: props.call.state === 'running' }}>
      <button type="button" class="fold-head" aria-expanded={props.open} onClick={() => props.onToggle()}>
        <Show when={props.call.state === 'running'} fallback={<Icon name="right" class="fold-mark" />}>
          <RunGlyph status="RUNNING" />
        </Show>
        <span class="fold-verb">{props.call.verb}</span>
        <span class="fold-argument cut">{props.call.argument.split('\n')[0]}</span>
        <span class="fold-end num">
          <Show when={edits().length > 0}>
            <span class="ok">+{counts().added}</span> <span class="bad">−{counts().taken}</span>
          </Show>
          <Show when={props.call.state === 'failed'}>
            <span class="bad">failed</span>
          </Show>
          <Show when={props.call.state === 'unanswered'}>
            <span class="t3">no answer</span>
          </Show>
          <Show when={props.call.state === 'running'}>
            <Elapsed since={props.call.at} class="accent" />
          </Show>
          <Show when={(props.call.ms ?? 0) >= 1000}>
            <span class="t3">{duration(props.call.ms ?? 0)}</span>
          </Show>
        </span>
      </button>
      <Show when={props.open}>
        <div class="fold-body">
          <Switch>
            <Match when={edits().length > 0}>
              <For each={edits()}>{(edit) => <DiffView before={edit.before} after={edit.after} />}</For>
            </Match>
            <Match when={props.call.argument.includes('\n')}>
              <pre class="fold-input">{props.call.argument}</pre>
            </Match>
            <Match when={props.call.purpose === 'other' && props.call.input && typeof props.call.input === 'object' && Object.keys(props.call.input).length > 0}>
              <pre class="fold-input">{JSON.stringify(props.call.input, null, 2)}</pre>
            </Match>
          </Switch>
          <Show when={props.call.result?.text && (edits().length === 0 || props.call.state === 'failed')}>
            <OutputView text={props.call.result?.text ?? ''} failed={props.call.state === 'failed'} />
          </Show>
          <Show when={!props.call.result?.text && edits().length === 0}>
            <p class="fold-none">{props.call.state === 'running' ? 'Nothing came back yet' : props.call.state === 'unanswered' ? 'The run ended before it answered' : 'No output'}</p>
          </Show>
        </div>
      </Show>
    </section>
  );
}

/** Reads and searches that came one after another, as one line until opened. */
export function LooksFold(props: { calls: readonly Call[]; open: boolean; onToggle: () => void }) {
  const spent = () => props.calls.reduce((sum, call) => sum + (call.ms ?? 0), 0);
  return (
    <section class="fold">
      <button type="button" class="fold-head" aria-expanded={props.open} onClick={() => props.onToggle()}>
        <Icon name="right" class="fold-mark" />
        <span class="fold-verb">Looked around</span>
        <span class="t3 cut">{looksInWords(props.calls)}</span>
        <span class="fold-end num">
          <Show when={spent() >= 1000}>
            <span class="t3">{duration(spent())}</span>
          </Show>
        </span>
      </button>
      <Show when={props.open}>
        <ul class="fold-body">
          <For each={props.calls}>
            {(call) => (
              <li class="fold-look">
                <Icon name={call.verb === 'Read' ? 'file' : 'search'} />
                <span>{call.verb}</span>
                <span class="fold-argument cut">{call.argument}</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

/** What an edit or a write replaces, from the shapes in which agent programs say so. */
function editsOf(call: Call): { before: string; after: string }[] {
  if (call.purpose !== 'edit') return [];
  const text = (data: unknown, ...names: string[]): string | undefined => {
    for (const name of names) {
      const value = field(data, name);
      if (typeof value === 'string') return value;
    }
    return undefined;
  };
  const several = field(call.input, 'edits');
  return (Array.isArray(several) ? several : [call.input]).flatMap((edit: unknown) => {
    const after = text(edit, 'new_string', 'content', 'new_source');
    return after === undefined ? [] : [{ before: text(edit, 'old_string') ?? '', after }];
  });
}
