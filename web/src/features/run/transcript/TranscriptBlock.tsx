import { Match, Switch } from 'solid-js';
import { clock } from '../../../ui/format.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Markdown } from '../../../ui/Markdown.tsx';
import { CallFold, LooksFold } from './CallFold.tsx';
import type { Block } from './fold.ts';

/** One thing that happened, with how far into the run it was. */
export function TranscriptBlock(props: { block: Block; since: string; open: boolean; current: boolean; prefix: string; onToggle: () => void }) {
  const text = (kind: Block['kind']) => (props.block.kind === kind && 'text' in props.block ? props.block.text : undefined);
  const call = () => (props.block.kind === 'call' ? props.block.call : undefined);
  const looks = () => (props.block.kind === 'looks' ? props.block.calls : undefined);
  return (
    <article class="moment" classList={{ inner: props.block.inner, current: props.current }}>
      <time class="moment-time" dateTime={props.block.at}>
        {clock(Math.max(0, Date.parse(props.block.at) - Date.parse(props.since)))}
      </time>
      <div class="moment-body">
        <Switch>
          <Match when={text('speech')}>{(it) => <Markdown class="speech" text={it()} prefix={props.prefix} />}</Match>
          <Match when={text('thinking')}>{(it) => <p class="thinking">{it()}</p>}</Match>
          <Match when={text('note')}>{(it) => <p class="moment-note">{it()}</p>}</Match>
          <Match when={text('prompt')}>
            {(it) => (
              <section class="fold">
                <button type="button" class="fold-head" aria-expanded={props.open} onClick={() => props.onToggle()}>
                  <Icon name="right" class="fold-mark" />
                  <span class="fold-verb">Was told</span>
                  <span class="t3 cut">{it().split('\n')[0]}</span>
                </button>
                {props.open && <pre class="fold-body fold-input">{it()}</pre>}
              </section>
            )}
          </Match>
          <Match when={text('error')}>
            {(it) => (
              <div class="moment-error" role="note">
                <Icon name="warn" label="Error" />
                <span>{it()}</span>
              </div>
            )}
          </Match>
          <Match when={call()}>{(it) => <CallFold call={it()} open={props.open} onToggle={props.onToggle} />}</Match>
          <Match when={looks()}>{(it) => <LooksFold calls={it()} open={props.open} onToggle={props.onToggle} />}</Match>
        </Switch>
      </div>
    </article>
  );
}
