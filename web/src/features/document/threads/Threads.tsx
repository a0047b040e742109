import './threads.css';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { aboutIssue } from '../../../graphql/live.ts';
import { createView } from '../../../graphql/view.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { ThreadsQuery } from './queries.ts';
import { ThreadCard } from './ThreadCard.tsx';

/** What is talked about in a document, each thread by the words that it is about. `start` stands before them. */
export function Threads(props: { issueId: string; documentKey: string; prefix: string; disabled: boolean; start: (done: () => void) => JSX.Element }) {
  const [status, setStatus] = createSignal<'OPEN' | 'RESOLVED'>('OPEN');
  const view = createView({
    query: ThreadsQuery,
    variables: () => ({ issue: props.issueId, key: props.documentKey, status: status() }),
    concerns: aboutIssue(() => props.issueId),
    keep: true,
  });
  const document = () => view.data?.issue?.document ?? undefined;
  /** While the other ones are on their way, what is shown is still what was asked for before. */
  const threads = () => document()?.threads.nodes.filter((thread) => thread.status === status()) ?? [];
  const started = () => {
    setStatus('OPEN');
    view.refetch();
  };
  return (
    <section class="doc-threads" aria-label="Threads">
      <header>
        <h3>Threads</h3>
        <Tabs
          label="Which threads"
          value={status()}
          onValue={setStatus}
          tabs={[
            { value: 'OPEN', label: 'Open', count: document()?.annotations.open },
            { value: 'RESOLVED', label: 'Resolved', count: document()?.annotations.resolved },
          ]}
        />
      </header>
      {props.start(started)}
      <Show when={view.error && !document()}>
        <ErrorState what="The threads did not load" error={view.error} onRetry={view.refetch} />
      </Show>
      <Show when={document()}>
        <ul>
          <For each={threads()} fallback={<li class="meta t3">{status() === 'OPEN' ? 'None. Select words of the text to start one.' : 'None.'}</li>}>
            {(thread) => <ThreadCard thread={thread} prefix={props.prefix} disabled={props.disabled} onChanged={view.refetch} />}
          </For>
        </ul>
        <Show when={document()?.threads.pageInfo.hasNextPage}>
          <p class="meta t3">The oldest {threads().length}.</p>
        </Show>
      </Show>
    </section>
  );
}
