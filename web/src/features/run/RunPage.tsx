import './run.css';
import { useParams, useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createSignal, lazy, Match, onCleanup, Show, Suspense, Switch, untrack } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { useShortcuts } from '../../app/keyboard.ts';
import { NotFound } from '../../app/NotFound.tsx';
import type { RunPageQuery } from '../../graphql/generated/graphql.ts';
import { about, aboutRun } from '../../graphql/live.ts';
import { createView, type View } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Bone, Delayed, SkeletonRows } from '../../ui/Skeleton.tsx';
import { Tabs, type Tab } from '../../ui/Tabs.tsx';
import { marksOf, marksOfOutput, type Mark } from '../../ui/tape.ts';
import { TopBar } from '../../ui/TopBar.tsx';
import { CancelRun } from './CancelRun.tsx';
import { FollowBar } from './FollowBar.tsx';
import { LogFeed } from './log/feed.ts';
import { LogView, type LogHandle } from './log/LogView.tsx';
import { serverLog } from './log/source.ts';
import { RunQuery } from './queries.ts';
import { RunError } from './RunError.tsx';
import { RunEvents } from './RunEvents.tsx';
import { RunHead } from './RunHead.tsx';
import { RunInvocation } from './RunInvocation.tsx';
import { RunSide } from './RunSide.tsx';
import { SilentRun } from './SilentRun.tsx';
import { askedBy, isLive, makesTranscript, type RunDetail } from './run.ts';
import { createTranscript } from './transcript/create-transcript.ts';

/** Comes with what renders Markdown; a raw log needs neither. */
const TranscriptView = lazy(async () => ({ default: (await import('./transcript/TranscriptView.tsx')).TranscriptView }));

const silence = about('recovery', 'watchdogDecision');

/** One run, live or over. */
export function RunPage() {
  const params = useParams();
  const company = useCompany();
  const view: View<RunPageQuery> = createView({
    query: RunQuery,
    variables: () => askedBy(company.prefix, params['run'] ?? ''),
    // That it is silent is found on its issue.
    concerns: (event) => aboutRun(() => run()?.id)(event) || (silence(event) && event.issueId === run()?.issue?.id),
  });
  const run = (): RunDetail | null | undefined => view.data?.run ?? view.data?.company?.run;
  return (
    <Switch fallback={<Loading />}>
      <Match when={view.data && !run()}>
        <NotFound what="There is no such run" href={paths.company(company.prefix)} way="Dashboard" />
      </Match>
      <Match when={run()?.id} keyed>
        <Run run={run() as RunDetail} onChanged={view.refetch} />
      </Match>
      <Match when={view.error}>
        <TopBar title="Run" />
        <ErrorState what="The run did not load" error={view.error} onRetry={view.refetch} />
      </Match>
    </Switch>
  );
}

const TAPE_MS = 500;

type Part = 'transcript' | 'log' | 'events' | 'invocation' | 'details';

function Run(props: { run: RunDetail; onChanged: () => void }) {
  const company = useCompany();
  const [search, setSearch] = useSearchParams();
  const [cancelling, setCancelling] = createSignal(false);
  const live = () => isLive(props.run.status);
  const speaks = () => makesTranscript(props.run.adapterType) || props.run.transcript.nodes.length > 0;
  const transcript = createTranscript({ runId: () => props.run.id, live, speaks });
  let log: LogHandle | undefined;

  const part = (): Part => {
    const asked = search['view'];
    return asked === 'log' || asked === 'events' || asked === 'invocation' || asked === 'details' || asked === 'transcript' ? asked : speaks() ? 'transcript' : 'log';
  };
  const show = (next: Part) => setSearch({ view: next }, { replace: true });

  /** The log is read once somebody looks at it, or where it is all there is. */
  const [feed, setFeed] = createSignal<LogFeed>();
  createEffect(() => {
    if (untrack(feed) || (part() !== 'log' && speaks())) return;
    const made = new LogFeed(serverLog(props.run.id), { onEnded: props.onChanged });
    untrack(() => made.start({ bytes: Number(props.run.logBytes), chunks: props.run.logChunkCount }));
    setFeed(made);
  });
  onCleanup(() => feed()?.stop());

  const tools = createMemo(() => transcript.entries().filter((entry) => entry.kind === 'TOOL_CALL').length);
  /** Drawn twice a second: a program may print a thousand times in one. */
  const [outputMarks, setOutputMarks] = createSignal<Mark[]>([]);
  let marking: ReturnType<typeof setTimeout> | undefined;
  createEffect(() => {
    feed()?.version();
    marking ??= setTimeout(() => {
      marking = undefined;
      if (!speaks()) setOutputMarks(marksOfOutput(feed()?.lines().chunks() ?? []));
    }, TAPE_MS);
  });
  onCleanup(() => clearTimeout(marking));
  const marks = createMemo(() => (speaks() ? marksOf(transcript.entries()) : outputMarks()));
  const tabs = (): Tab<Part>[] => [
    ...(speaks() ? [{ value: 'transcript' as const, label: 'Transcript' }] : []),
    { value: 'log', label: 'Raw log' },
    { value: 'events', label: 'Events' },
    { value: 'invocation', label: 'Invocation' },
    { value: 'details', label: 'Details' },
  ];

  useShortcuts([{ keys: 'v', label: 'Transcript or raw log', group: 'Run', run: () => speaks() && show(part() === 'log' ? 'transcript' : 'log') }]);

  return (
    <>
      <TopBar
        title={`Run ${props.run.number}`}
        back={props.run.issue ? paths.issue(props.run.issue.identifier) : paths.agent(company.prefix, props.run.agent.id)}
        crumbs={[
          props.run.issue
            ? { label: props.run.issue.identifier, href: paths.issue(props.run.issue.identifier) }
            : { label: props.run.agent.name, href: paths.agent(company.prefix, props.run.agent.id) },
        ]}
        actions={
          <>
            <Show when={part() === 'log'}>
              <Button class="wide-only" size="small" kind="ghost" icon="copy" onClick={() => log?.copy()}>
                Copy log
              </Button>
            </Show>
            <Show when={live()}>
              <Button size="small" kind="danger" icon="stop" disabled={Boolean(props.run.cancelRequestedAt) || company.archived} onClick={() => setCancelling(true)}>
                {props.run.cancelRequestedAt ? 'Stopping' : 'Cancel run'}
              </Button>
            </Show>
          </>
        }
      />
      <RunHead
        run={props.run}
        prefix={company.prefix}
        tools={tools()}
        marks={marks()}
        tabs={<Tabs label="Parts of the run" look="underline" tabs={tabs()} value={part()} onValue={show} controls="run-part" />}
      />
      <RunError run={props.run} />
      <SilentRun run={props.run} disabled={company.archived} onChanged={props.onChanged} />
      <div class="run-body">
        <div class="run-part" id="run-part" role="tabpanel" aria-label={tabs().find((tab) => tab.value === part())?.label}>
          <Switch>
            <Match when={part() === 'transcript'}>
              <Suspense fallback={<SkeletonRows rows={6} />}>
                <TranscriptView
                  transcript={transcript}
                  live={live()}
                  since={props.run.startedAt ?? props.run.queuedAt}
                  prefix={company.prefix}
                  empty={<Nothing run={props.run} />}
                  keys={<FollowBar.Key name="v">raw</FollowBar.Key>}
                />
              </Suspense>
            </Match>
            <Match when={part() === 'log' && feed()} keyed>
              {(made) => (
                <LogView
                  feed={made}
                  live={live()}
                  ref={(handle) => (log = handle)}
                  empty={<Nothing run={props.run} />}
                  keys={speaks() ? <FollowBar.Key name="v">transcript</FollowBar.Key> : undefined}
                />
              )}
            </Match>
            <Match when={part() === 'events'}>
              <RunEvents runId={props.run.id} />
            </Match>
            <Match when={part() === 'invocation'}>
              <RunInvocation run={props.run} />
            </Match>
            <Match when={part() === 'details'}>
              <div class="run-panel scroll side">
                <RunSide run={props.run} prefix={company.prefix} />
              </div>
            </Match>
          </Switch>
        </div>
        <aside class="run-side side" aria-label="About the run">
          <RunSide run={props.run} prefix={company.prefix} />
        </aside>
      </div>
      <CancelRun run={props.run} open={cancelling()} onClose={() => setCancelling(false)} />
    </>
  );
}

function Nothing(props: { run: RunDetail }) {
  return (
    <Switch
      fallback={
        <Empty icon="terminal" title="It printed nothing">
          The run ended without a word on standard output or standard error.
        </Empty>
      }
    >
      <Match when={props.run.status === 'QUEUED' || props.run.status === 'SCHEDULED_RETRY'}>
        <Empty icon="clock" title="Waiting for a worker">
          {props.run.agent.name} starts as soon as a worker is free and its gates are open. What it prints appears here, line by line.
        </Empty>
      </Match>
      <Match when={props.run.status === 'RUNNING'}>
        <Empty icon="terminal" title="Nothing printed yet">
          {props.run.agent.name} is at work. What it prints appears here, line by line.
        </Empty>
      </Match>
    </Switch>
  );
}

function Loading() {
  return (
    <>
      <TopBar title="Run" />
      <div class="run-head">
        <Delayed>
          <div class="run-who" aria-busy="true" aria-label="Loading">
            <Bone width="28px" height="28px" />
            <Bone width="320px" />
          </div>
        </Delayed>
      </div>
      <SkeletonRows rows={8} />
    </>
  );
}
