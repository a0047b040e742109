import { createEffect, For, onCleanup, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { about } from '../../graphql/live.ts';
import { createView } from '../../graphql/view.ts';
import { compact, isZero } from '../../ui/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Section } from '../../ui/Panel.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { Tape } from '../../ui/Tape.tsx';
import { Elapsed } from '../../ui/Time.tsx';
import type { LiveRunsQuery as LiveRuns } from '../../graphql/generated/graphql.ts';
import { visibleText } from '../run/log/ansi.ts';
import { LiveRunsQuery } from './queries.ts';

type Run = NonNullable<LiveRuns['company']>['dashboard']['liveRuns'][number];

/** Lines of a log are not events of the company; while something runs, the last ones are asked for this often. */
const LOOK_EVERY_MS = 1500;

export function LiveNow() {
  const company = useCompany();
  const live = createView({ query: LiveRunsQuery, variables: () => ({ prefix: company.prefix }), concerns: about('run') });
  const runs = () => live.data?.company?.dashboard.liveRuns ?? [];
  createEffect(() => {
    if (runs().length === 0) return;
    const timer = setInterval(() => !document.hidden && live.refetch(), LOOK_EVERY_MS);
    onCleanup(() => clearInterval(timer));
  });
  return (
    <Section title="Live now" note={runs().length || undefined}>
      <Show when={runs().length > 0} fallback={<p class="quiet t3">{live.loading ? '' : 'Nothing is running.'}</p>}>
        <div class="live-grid">
          <For each={runs()}>{(run) => <LiveCard run={run} />}</For>
        </div>
      </Show>
    </Section>
  );
}

function LiveCard(props: { run: Run }) {
  const company = useCompany();
  const run = () => props.run;
  const tokens = () => (run().usage ? BigInt(run().usage?.inputTokens ?? 0) + BigInt(run().usage?.outputTokens ?? 0) : 0n);
  return (
    <article class="live-card">
      <a class="live-link" href={paths.run(company.prefix, run().number)} aria-label={`Run ${run().number} of ${run().agent.name}`} />
      <header>
        <Sigil id={run().agent.id} name={run().agent.name} state={run().status === 'RUNNING' ? 'RUNNING' : run().agent.status} size={22} />
        <span class="cut fill">
          <b>{run().agent.name}</b> <span class="t3 num meta">{run().issue?.identifier}</span>
        </span>
        <Show when={run().startedAt} fallback={<span class="meta t3">queued</span>}>
          {(since) => <Elapsed since={since()} class="accent meta" />}
        </Show>
      </header>
      <Show when={run().transcript.nodes.length > 0} fallback={<p class="live-about meta t3 cut">{run().issue?.title ?? 'heartbeat'}</p>}>
        <div class="live-tape">
          <Tape ticks={run().transcript.nodes} live />
        </div>
      </Show>
      <pre>
        <For each={run().logTail}>{(line) => <span>{visibleText(line) || ' '}</span>}</For>
      </pre>
      <footer class="num">
        <Show when={!isZero(run().costMicros)}>
          <Money micros={run().costMicros} />
        </Show>
        <Show when={tokens() > 0n}>
          <span>{compact(tokens())} tokens</span>
        </Show>
        <span class="end">{run().model ?? run().adapterType}</span>
      </footer>
    </article>
  );
}
