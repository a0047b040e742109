import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { paths } from '../../app/company.ts';
import { compact, isZero, money, percent } from '../../ui/format.ts';
import { RunGlyph } from '../../ui/RunGlyph.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { Tape } from '../../ui/Tape.tsx';
import type { Mark } from '../../ui/tape.ts';
import { Elapsed } from '../../ui/Time.tsx';
import { doing, isLive, wakeInWords, type RunDetail } from './run.ts';

/** Who runs what, how long, at what price, and its barcode. */
export function RunHead(props: { run: RunDetail; prefix: string; tools: number; marks: readonly Mark[]; tabs: JSX.Element }) {
  const running = () => props.run.status === 'RUNNING';
  const cost = () => props.run.cost;
  const read = () => Number(cost().inputTokens) + Number(cost().cachedInputTokens);
  return (
    <div class="run-head">
      <div class="run-who">
        <Sigil id={props.run.agent.id} name={props.run.agent.name} state={props.run.agent.status} size={28} />
        <p class="run-title">
          <A href={paths.agent(props.prefix, props.run.agent.id)}>
            <b>{props.run.agent.name}</b>
          </A>{' '}
          <span class="t2">{doing[props.run.status]}</span>{' '}
          <Show when={props.run.issue} fallback={<span class="name">{wakeInWords(props.run.source, props.run.reason)}</span>}>
            {(issue) => (
              <A class="name" href={paths.issue(issue().identifier)}>
                {issue().title}
              </A>
            )}
          </Show>
        </p>
        <Show when={!running()}>
          <RunGlyph status={props.run.status} class="run-glyph" />
        </Show>
      </div>
      <dl class="run-facts">
        <Fact name={running() ? 'Elapsed' : props.run.startedAt ? 'Took' : 'Waiting'}>
          <Show when={tookMs(props.run)} fallback={<Elapsed since={props.run.startedAt ?? props.run.queuedAt} until={props.run.finishedAt} class={running() ? 'accent' : ''} />}>
            {(ms) => <>{(ms() / 1000).toFixed(1)} s</>}
          </Show>
        </Fact>
        <Fact name="Cost">
          <Show when={!isZero(cost().costMicros) || cost().unpricedCount === 0} fallback={<span title="Tokens were used at a price that is not known">unpriced</span>}>
            {isZero(cost().costMicros) ? '–' : money(cost().costMicros)}
          </Show>
        </Fact>
        <Show when={!isZero(cost().imputedMicros) && cost().imputedMicros !== cost().costMicros}>
          <Fact name="Worth">{money(cost().imputedMicros)}</Fact>
        </Show>
        <Show when={read() + Number(cost().outputTokens) > 0}>
          <Fact name="Tokens in">{compact(read())}</Fact>
          <Show when={Number(cost().cachedInputTokens) > 0}>
            <Fact name="Cached">{percent(Math.round((Number(cost().cachedInputTokens) / read()) * 100) / 100)}</Fact>
          </Show>
          <Fact name="Tokens out">{compact(cost().outputTokens)}</Fact>
        </Show>
        <Show when={props.tools > 0}>
          <Fact name="Tools">{props.tools}</Fact>
        </Show>
        <Show when={!isLive(props.run.status) && (props.run.exitCode || props.run.signal)}>
          <Fact name={props.run.signal ? 'Signal' : 'Exit'}>{props.run.signal ?? props.run.exitCode}</Fact>
        </Show>
      </dl>
      <Show when={props.marks.length > 0}>
        <Tape marks={props.marks} live={running()} whole />
      </Show>
      {props.tabs}
    </div>
  );
}

/** The time of a run that was over at once, of which a clock would show nothing. */
function tookMs(run: RunDetail): number | null {
  if (!run.startedAt || !run.finishedAt) return null;
  const ms = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  return ms < 10_000 ? ms : null;
}

function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd class="num">{props.children}</dd>
    </div>
  );
}
