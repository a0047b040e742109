import { For, Show } from 'solid-js';
import { aboutRun } from '../../graphql/live.ts';
import { createView } from '../../graphql/view.ts';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { moment, secondsOf } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { RunEventsQuery } from './queries.ts';

/** What happened to the run itself: claimed, started, adopted, asked to stop, ended. */
export function RunEvents(props: { runId: string }) {
  const view = createView({ query: RunEventsQuery, variables: () => ({ id: props.runId, after: null }), concerns: aboutRun(() => props.runId) });
  const events = () => view.data?.run?.events.nodes ?? [];
  return (
    <div class="run-panel scroll">
      <Show when={events().length > 0} fallback={
        <Show when={!view.error} fallback={<ErrorState what="The events did not load" error={view.error} onRetry={view.refetch} />}>
          <Show when={!view.loading} fallback={<SkeletonRows rows={5} />}>
            <Empty icon="activity" title="No events yet">A worker that takes this run writes here what it does with it.</Empty>
          </Show>
        </Show>
      }>
        <ol class="run-events">
          <For each={events()}>
            {(event) => (
              <li>
                <time class="mono t3" dateTime={event.at} title={moment(event.at)}>{secondsOf(event.at)}</time>
                <span class="mono">{event.kind}</span>
                <span class="t2">{event.message}</span>
                <Show when={hasData(event.data)}>
                  <details>
                    <summary class="meta t3">details</summary>
                    <pre class="fold-input">{JSON.stringify(event.data, null, 2)}</pre>
                  </details>
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </div>
  );
}

function hasData(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.keys(data).length > 0;
}
