import { createEffect, createMemo, For, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import { openCreate } from '../../../app/create.ts';
import { about } from '../../../graphql/live.ts';
import { createPages } from '../../../graphql/pages.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { IssueGlyph, issueStatusLabel } from '../../../ui/IssueGlyph.tsx';
import { Bone, Delayed } from '../../../ui/Skeleton.tsx';
import type { IssueStatus } from '../../../graphql/generated/graphql.ts';
import { IssueGroupQuery } from '../list/queries.ts';
import type { IssuesView } from '../list/view-state.ts';
import { Card } from './Card.tsx';
import { cardsOf, verdictOn, type Moved } from './columns.ts';
import type { Drag } from './drag.ts';

const PAGE = 30;

/** One state: its cards, read further as one scrolls down, and what it says while a card is carried. */
export function Column(props: { status: IssueStatus; view: IssuesView; count: number | undefined; moved: readonly Moved[]; drag: Drag; onSettled: (id: string) => void }) {
  const company = useCompany();
  const pages = createPages({
    query: IssueGroupQuery,
    variables: () => ({ prefix: company.prefix, filter: { ...props.view.filter, statuses: [props.status] }, orderBy: props.view.orderBy, first: PAGE }),
    connection: (data) => data.company?.issues,
    concerns: about('issue', 'run'),
    keep: true,
  });
  const cards = createMemo(() => cardsOf(props.status, pages.nodes, props.moved));
  const carried = () => props.drag.dragging();
  const verdict = () => {
    const now = carried();
    return now ? verdictOn(now.issue, props.status) : null;
  };
  const reason = () => {
    const now = verdict();
    return now && !now.allowed ? now.reason : null;
  };
  const isTarget = () => carried()?.over === props.status && carried()?.issue.status !== props.status;

  // What came by a drop and is now read here from the server needs no special place any more.
  createEffect(() => {
    for (const { issue, to } of props.moved) {
      if (to === props.status && pages.nodes.some((each) => each.id === issue.id && each.status === to)) props.onSettled(issue.id);
    }
  });

  const near = (element: HTMLElement) =>
    onMount(() => {
      const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && pages.loadMore(), { rootMargin: '400px' });
      observer.observe(element);
      onCleanup(() => observer.disconnect());
    });

  return (
    <section
      class="column"
      data-column={props.status}
      data-forbidden={reason() ? '' : undefined}
      data-target={isTarget() ? '' : undefined}
      aria-label={`${issueStatusLabel(props.status)}, ${props.count ?? cards().length}`}
    >
      <header>
        <IssueGlyph status={props.status} />
        <h2>{issueStatusLabel(props.status)}</h2>
        <span class="num t3">{props.count ?? ''}</span>
        <span class="fill" />
        <Show when={(props.status === 'BACKLOG' || props.status === 'TODO') && !company.archived}>
          <IconButton
            icon="plus"
            label={`New issue in ${issueStatusLabel(props.status)}`}
            onClick={() => openCreate({ kind: 'issue', status: props.status, ...(props.view.project ? { projectId: props.view.project } : {}) })}
          />
        </Show>
      </header>
      <Show when={reason()}>
        {(why) => (
          <p class="column-reason">
            <Icon name="lock" size={14} />
            <span>{why()}</span>
          </p>
        )}
      </Show>
      <div class="cards">
        <Switch>
          <Match when={pages.loading}>
            <Delayed>
              <For each={['70%', '50%', '62%']}>
                {(width) => (
                  <div class="card" aria-hidden="true">
                    <Bone width="40%" />
                    <Bone width={width} />
                  </div>
                )}
              </For>
            </Delayed>
          </Match>
          <Match when={pages.error && pages.nodes.length === 0}>
            <p class="column-note bad">This column did not load.</p>
            <Button size="small" onClick={pages.refetch}>
              Try again
            </Button>
          </Match>
        </Switch>
        <Show when={carried()?.by === 'keys' && isTarget()}>
          <div class="card-slot">lands here</div>
        </Show>
        <For each={cards()}>{(issue) => <Card issue={issue} drag={props.drag} />}</For>
        <Show when={pages.more}>
          <div ref={near} class="column-more">
            <Bone width="60%" />
          </div>
        </Show>
        <Show when={!pages.loading && !pages.error && cards().length === 0 && !carried()}>
          <p class="column-note t3">{props.view.filtered ? 'None matches.' : emptyWords[props.status]}</p>
        </Show>
      </div>
    </section>
  );
}

const emptyWords: Record<IssueStatus, string> = {
  BACKLOG: 'What should be done some day waits here. Nobody is woken for it.',
  TODO: 'What is ready to be started.',
  IN_PROGRESS: 'Nothing is being worked on.',
  IN_REVIEW: 'Nothing waits for a look.',
  BLOCKED: 'Nothing is stuck.',
  DONE: 'Finished work is kept here.',
  CANCELLED: 'Nothing was cancelled.',
};
