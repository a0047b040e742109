import './bubble.css';
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { compact, isZero, money } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Elapsed } from '../../../ui/Time.tsx';
import { makesTranscript, wakeInWords } from '../run.ts';
import type { IssueRunFragment } from '../../../graphql/generated/graphql.ts';
import { RunTail } from './RunTail.tsx';
import { TranscriptTail } from './TranscriptTail.tsx';

/** A run at work: who and why, its tape, its last lines, what it has cost. */
export function RunBubble(props: {
  run: IssueRunFragment;
  chunks: number;
  prefix: string;
  /** The issue it is at work on, where the page does not say so. */
  about?: { identifier: string; title: string } | null;
  onCancel: () => void;
}) {
  const running = () => props.run.status === 'RUNNING';
  const href = () => paths.run(props.prefix, props.run.number);
  const tokens = () => Number(props.run.cost.inputTokens) + Number(props.run.cost.cachedInputTokens) + Number(props.run.cost.outputTokens);
  return (
    <article class="run-bubble" classList={{ waiting: !running() }}>
      <header>
        <RunGlyph status={props.run.status} />
        <span class="cut">
          <Show
            when={props.about}
            fallback={
              <b>
                {props.run.agent.name} {running() ? 'is working' : 'is waiting for a worker'}
              </b>
            }
          >
            {(issue) => (
              <A href={paths.issue(issue().identifier)}>
                <span class="t3 num">{issue().identifier}</span> <b>{issue().title}</b>
              </A>
            )}
          </Show>{' '}
          <span class="t3">{wakeInWords(props.run.source, props.run.reason)}</span>
        </span>
        <span class="fill" />
        <Elapsed since={props.run.startedAt ?? props.run.queuedAt} class={running() ? 'accent' : 't3'} />
        <IconButton icon="stop" label={running() ? 'Cancel run' : 'Cancel wake'} disabled={Boolean(props.run.cancelRequestedAt)} onClick={() => props.onCancel()} />
      </header>
      <Show when={running()}>
        <Show when={makesTranscript(props.run.adapterType)} fallback={<RunTail runId={props.run.id} chunks={props.chunks} />}>
          <TranscriptTail runId={props.run.id} />
        </Show>
      </Show>
      <footer class="num">
        <Show when={!isZero(props.run.cost.costMicros)}>
          <span>{money(props.run.cost.costMicros)}</span>
        </Show>
        <Show when={tokens() > 0}>
          <span>{compact(tokens())} tokens</span>
        </Show>
        <Show when={props.run.model}>
          <span class="wide-only cut">{props.run.model}</span>
        </Show>
        <Show when={props.run.cancelRequestedAt}>
          <span class="warn">stopping</span>
        </Show>
        <span class="fill" />
        <A class="link" href={href()}>
          Open run {props.run.number}
        </A>
      </footer>
    </article>
  );
}
