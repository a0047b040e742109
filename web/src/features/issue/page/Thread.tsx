import { A } from '@solidjs/router';
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { ask } from '../../../graphql/ask.ts';
import { ActorMark, type ActorLike } from '../../../ui/ActorMark.tsx';
import { Button } from '../../../ui/Button.tsx';
import { explain, sentence } from '../../../ui/failure.ts';
import { clock, isZero, money } from '../../../ui/format.ts';
import { Markdown } from '../../../ui/Markdown.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { Ago } from '../../../ui/Time.tsx';
import { toast } from '../../../ui/toast.ts';
import { CancelRun } from '../../run/CancelRun.tsx';
import { InteractionCard } from '../../interaction/InteractionCard.tsx';
import { InteractionLine } from '../../interaction/InteractionLine.tsx';
import { Fold } from './Fold.tsx';
import type { IssueComment, IssueDetail, IssueRun } from './issue.ts';
import { momentsOf, type Moment } from './moments.ts';
import { EarlierComments } from './queries.ts';
import { RunBubble } from '../../run/bubble/RunBubble.tsx';

/** What was said and done about the issue, oldest first, and what is at work on it now. */
export function Thread(props: { issue: IssueDetail; prefix: string; disabled: boolean; onDocument: (key: string) => void }) {
  const [earlier, setEarlier] = createSignal<{ comments: readonly IssueComment[]; more: boolean; cursor: string | null }>();
  const [loading, setLoading] = createSignal(false);
  const [cancelling, setCancelling] = createSignal<IssueRun>();
  const page = () => props.issue.comments;
  const more = () => earlier()?.more ?? page().pageInfo.hasPreviousPage;
  const comments = createMemo(() => {
    const seen = new Set(page().nodes.map((comment) => comment.id));
    return [...(earlier()?.comments ?? []).filter((comment) => !seen.has(comment.id)), ...page().nodes];
  });
  /** Moments that did not change keep their identity, and so their elements. */
  const moments = createMemo<Moment[]>((before) => {
    const old = new Map(before.map((moment) => [`${moment.kind}${moment.key}`, moment]));
    return momentsOf(props.issue, comments(), more()).map((moment) => {
      const known = old.get(`${moment.kind}${moment.key}`);
      return known && known.at === moment.at && thingOf(known) === thingOf(moment) ? known : moment;
    });
  }, []);
  const chunksOf = (run: IssueRun) => props.issue.liveRuns.find((live) => live.id === run.id)?.logChunkCount ?? 0;

  const loadEarlier = async () => {
    const cursor = earlier()?.cursor ?? page().pageInfo.startCursor;
    if (!cursor) return;
    setLoading(true);
    try {
      const { issue } = await ask(EarlierComments, { id: props.issue.id, before: cursor });
      const found = issue?.comments;
      // What slid out of the page since is among these or in it: both are kept.
      setEarlier((before) => ({
        comments: [...(found?.nodes ?? []), ...(before?.comments ?? page().nodes)],
        more: found?.pageInfo.hasPreviousPage ?? false,
        cursor: found?.pageInfo.startCursor ?? null,
      }));
    } catch (error) {
      toast.error('Earlier comments did not load', explain(error).message);
    }
    setLoading(false);
  };

  return (
    <section class="thread" aria-label="Thread">
      <Show when={more()}>
        <Button class="thread-more" size="small" kind="ghost" pending={loading()} onClick={() => void loadEarlier()}>
          Show earlier comments
        </Button>
      </Show>
      <For each={moments()}>
        {(moment) => (
          <Switch>
            <Match when={moment.kind === 'comment' && moment.comment}>{(comment) => <CommentMoment comment={comment()} prefix={props.prefix} />}</Match>
            <Match when={moment.kind === 'run' && moment.run}>{(run) => <RunMoment run={run()} prefix={props.prefix} />}</Match>
            <Match when={moment.kind === 'notice' && moment}>{(notice) => <NoticeMoment moment={notice()} prefix={props.prefix} />}</Match>
            <Match when={moment.kind === 'resolved' && moment.asked}>{(asked) => <InteractionLine asked={asked()} />}</Match>
            <Match when={moment.kind === 'asked' && moment.asked}>
              {(asked) => (
                <div class="event">
                  <span class="event-mark">
                    <ActorMark actor={asked().createdBy} size={26} state={false} />
                  </span>
                  <InteractionCard
                    asked={asked()}
                    prefix={props.prefix}
                    onDocument={props.onDocument}
                    disabled={props.disabled}
                  />
                </div>
              )}
            </Match>
            <Match when={moment.kind === 'live' && moment.run}>
              {(run) => (
                <div class="event">
                  <span class="event-mark">
                    <Sigil id={run().agent.id} name={run().agent.name} state={run().agent.status} size={26} />
                  </span>
                  <RunBubble run={run()} chunks={chunksOf(run())} prefix={props.prefix} onCancel={() => setCancelling(run())} />
                </div>
              )}
            </Match>
          </Switch>
        )}
      </For>
      <Show when={cancelling()}>{(run) => <CancelRun run={run()} open onClose={() => setCancelling(undefined)} />}</Show>
    </section>
  );
}

function thingOf(moment: Moment): unknown {
  switch (moment.kind) {
    case 'comment':
      return moment.comment;
    case 'notice':
      return moment.text;
    case 'asked':
    case 'resolved':
      return moment.asked;
    default:
      return moment.run;
  }
}

function CommentMoment(props: { comment: IssueComment; prefix: string }) {
  return (
    <article class="event" id={`comment-${props.comment.id}`}>
      <span class="event-mark">
        <ActorMark actor={props.comment.author} size={26} state={false} />
      </span>
      <div class="event-body">
        <p class="event-by">
          <Author actor={props.comment.author} prefix={props.prefix} />
          <Ago at={props.comment.createdAt} />
          <Show when={props.comment.run}>
            {(run) => (
              <A class="event-run" href={paths.run(props.prefix, run().number)}>
                run {run().number}
              </A>
            )}
          </Show>
        </p>
        <Fold lines={18}>
          <Markdown text={props.comment.body} prefix={props.prefix} />
        </Fold>
      </div>
    </article>
  );
}

function Author(props: { actor: IssueComment['author']; prefix: string }) {
  const agent = () => (props.actor.__typename === 'Agent' ? props.actor : undefined);
  return (
    <Show when={agent()} fallback={<b>{props.actor.name}</b>}>
      {(it) => (
        <A href={paths.agent(props.prefix, it().id)}>
          <b>{it().name}</b>
        </A>
      )}
    </Show>
  );
}

const endings: Partial<Record<IssueRun['status'], string>> = {
  SUCCEEDED: 'finished',
  FAILED: 'failed',
  CANCELLED: 'was cancelled',
  TIMED_OUT: 'ran out of time',
  INTERRUPTED: 'was interrupted',
};

function RunMoment(props: { run: IssueRun; prefix: string }) {
  const took = () => (props.run.startedAt && props.run.finishedAt ? ` after ${clock(Date.parse(props.run.finishedAt) - Date.parse(props.run.startedAt))}` : '');
  const failed = () => props.run.status === 'FAILED' || props.run.status === 'TIMED_OUT';
  return (
    <div class="event small">
      <span class="event-mark">
        <RunGlyph status={props.run.status} />
      </span>
      <p class="event-body">
        <A class="event-run" href={paths.run(props.prefix, props.run.number)}>
          Run {props.run.number}
        </A>{' '}
        by {props.run.agent.name}{' '}
        <span classList={{ bad: failed() }}>
          {endings[props.run.status] ?? 'ended'}
          {took()}
        </span>
        <Show when={!isZero(props.run.cost.costMicros)}>, {money(props.run.cost.costMicros)}</Show>
        <Show when={failed() && props.run.error}>
          {(error) => (
            <>
              . <span class="t2">{sentence(error().message)}</span> <span class="t3">{error().remedy}</span>
            </>
          )}
        </Show>
        <Show when={!failed()}>.</Show> <Ago at={props.run.finishedAt ?? props.run.queuedAt} class="event-ago" />
      </p>
    </div>
  );
}

function NoticeMoment(props: { moment: Extract<Moment, { kind: 'notice' }>; prefix: string }) {
  const actor = (): ActorLike => props.moment.activity.actor;
  return (
    <div class="event small">
      <span class="event-mark">
        <ActorMark actor={actor()} size={18} state={false} />
      </span>
      <p class="event-body">
        <span class="name t2">{props.moment.activity.actor.name}</span> {props.moment.text}
        <Show when={props.moment.activity.run}>
          {(run) => (
            <>
              {' in '}
              <A class="event-run" href={paths.run(props.prefix, run().number)}>
                run {run().number}
              </A>
            </>
          )}
        </Show>
        . <Ago at={props.moment.at} class="event-ago" />
      </p>
    </div>
  );
}
