import { createEffect, createMemo, createSignal, Match, on, Show, Switch } from 'solid-js';
import { paths, useCompany } from '../../../app/company.ts';
import { useShortcuts } from '../../../app/keyboard.ts';
import { about } from '../../../graphql/live.ts';
import { createPages, type Pages } from '../../../graphql/pages.ts';
import { Button } from '../../../ui/Button.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { GroupHeader } from '../../../ui/GroupHeader.tsx';
import { IssueGlyph, issueStatusLabel } from '../../../ui/IssueGlyph.tsx';
import { usePhone } from '../../../ui/media.ts';
import { useRowHeight } from '../../../ui/row-height.ts';
import { Bone, Delayed, SkeletonRows } from '../../../ui/Skeleton.tsx';
import { VirtualList, type VirtualListHandle } from '../../../ui/VirtualList.tsx';
import type { IssueLineFragment, IssueStatus } from '../../../graphql/generated/graphql.ts';
import { Hints } from './Hints.tsx';
import { IssueLine } from './IssueLine.tsx';
import { headOf, issueOf, itemsOf, keyOf, stepTo, type ListItem } from './list-items.ts';
import { IssueGroupQuery } from './queries.ts';
import { QuickChange, type QuickKind } from './QuickChange.tsx';
import { countOf, tabStatuses, type IssuesView } from './view-state.ts';

const PAGE = 50;
const ALL_STATUSES = tabStatuses.all;
const TWO_LINES = 57;

type Counts = Parameters<typeof countOf>[0];

/** Grouped by state, each state read as far as one scrolls into it. j and k move, Enter opens, s, p and a change. */
export function IssueList(props: { view: IssuesView; counts: Counts; onCreate: () => void }) {
  const company = useCompany();
  const phone = usePhone();
  const row = useRowHeight();
  const [folded, setFolded] = createSignal<ReadonlySet<IssueStatus>>(new Set());
  const [selected, setSelected] = createSignal<string>();
  const [quick, setQuick] = createSignal<{ kind: QuickKind; issue: IssueLineFragment } | null>(null);
  let list: VirtualListHandle | undefined;

  const groups = ALL_STATUSES.map((status) => ({
    status,
    pages: createPages({
      query: IssueGroupQuery,
      variables: () =>
        tabStatuses[props.view.tab].includes(status)
          ? { prefix: company.prefix, filter: { ...props.view.filter, statuses: [status] }, orderBy: props.view.orderBy, first: PAGE }
          : null,
      connection: (data) => data.company?.issues,
      concerns: about('issue', 'run'),
      keep: true,
    }) satisfies Pages<IssueLineFragment>,
  }));
  const shown = () => groups.filter(({ status }) => tabStatuses[props.view.tab].includes(status));
  const items = createMemo(() =>
    itemsOf(
      shown().map(({ status, pages }) => ({ status, nodes: pages.nodes, loading: pages.loading, more: pages.more })),
      (status) => !folded().has(status),
      (status) => countOf(props.counts, status),
    ),
  );
  const failed = () => shown().find(({ pages }) => pages.error && pages.nodes.length === 0)?.pages;
  const loaded = () => shown().every(({ pages }) => !pages.loading);
  const heightOf = (item: ListItem) => (item.kind === 'group' ? (phone() ? 36 : 32) : phone() ? TWO_LINES : row());
  const position = () => items().findIndex((item) => item.kind === 'issue' && item.issue.id === selected());
  const current = () => {
    const item = items()[position()];
    return item && issueOf(item);
  };

  const toggle = (status: IssueStatus) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(status)) next.add(status);
      return next;
    });
  const move = (direction: 1 | -1) => () => {
    const next = stepTo(items(), position(), direction);
    const item = items()[next];
    if (item?.kind !== 'issue') return;
    setSelected(item.issue.id);
    list?.scrollToIndex(next);
  };
  const change = (kind: QuickKind) => () => {
    const issue = current();
    if (issue && !company.archived) setQuick({ kind, issue });
  };
  const group = 'Issues';
  useShortcuts([
    { keys: 'j', label: 'Next issue', group, run: move(1) },
    { keys: 'k', label: 'Previous issue', group, run: move(-1) },
    { keys: 'ArrowDown', label: 'Next issue', group, run: move(1), hidden: true },
    { keys: 'ArrowUp', label: 'Previous issue', group, run: move(-1), hidden: true },
    { keys: 's', label: 'Change status', group, run: change('status') },
    { keys: 'p', label: 'Change priority', group, run: change('priority') },
    { keys: 'a', label: 'Assign', group, run: change('assignee') },
  ]);
  // The row has the focus too, so that Enter is the link's own and a reader says what is selected.
  createEffect(on(selected, (id) => id && queueMicrotask(() => document.getElementById(`issue-${id}`)?.focus({ preventScroll: true })), { defer: true }));

  const askSeen = (first: number, last: number) => {
    for (const item of items().slice(first, last)) {
      if (item.kind !== 'more') continue;
      const pages = groups.find(({ status }) => status === item.status)?.pages;
      if (pages && !pages.loadingMore) pages.loadMore();
    }
  };

  return (
    <>
      <Switch>
        <Match when={failed()}>
          {(pages) => <ErrorState what="The issues did not load" error={pages().error} onRetry={() => shown().forEach(({ pages: each }) => each.refetch())} />}
        </Match>
        <Match when={loaded() && items().length === 0}>
          <Nothing view={props.view} onCreate={props.onCreate} />
        </Match>
        <Match when={!loaded() && items().length === 0}>
          <SkeletonRows rows={12} />
        </Match>
        <Match when={items().length > 0}>
          <VirtualList
            ref={(handle) => (list = handle)}
            class="issue-list"
            label="Issues"
            items={items()}
            key={keyOf}
            height={heightOf}
            sticky={(item) => item.kind === 'group'}
            onRange={askSeen}
          >
            {(item) => (
              <Switch>
                <Match when={issueOf(item())}>
                  {(issue) => (
                    <IssueLine issue={issue()} href={paths.issue(issue().identifier)} selected={selected() === issue().id} onSelect={() => setSelected(issue().id)} />
                  )}
                </Match>
                <Match when={headOf(item())}>
                  {(head) => (
                    <GroupHeader
                      name={issueStatusLabel(head().status)}
                      glyph={<IssueGlyph status={head().status} />}
                      count={head().count}
                      open={head().open}
                      onToggle={() => toggle(head().status)}
                    />
                  )}
                </Match>
                <Match when={true}>
                  <div class="row" aria-hidden="true">
                    <Delayed>
                      <Bone width="14px" />
                      <Bone width="44px" />
                      <Bone width="46%" />
                    </Delayed>
                  </div>
                </Match>
              </Switch>
            )}
          </VirtualList>
        </Match>
      </Switch>
      <Show when={quick()}>{(it) => <QuickChange kind={it().kind} issue={it().issue} onClose={() => setQuick(null)} />}</Show>
      <Hints
        keys={[
          [['j', 'k'], 'move'],
          [['↵'], 'open'],
          [['s'], 'status'],
          [['p'], 'priority'],
          [['a'], 'assign'],
          [['?'], 'all keys'],
        ]}
      />
    </>
  );

  function Nothing(inner: { view: IssuesView; onCreate: () => void }) {
    return (
      <Show
        when={inner.view.filtered}
        fallback={
          <Show
            when={inner.view.tab === 'active' || inner.view.tab === 'all'}
            fallback={
              <Empty icon="issues" title={inner.view.tab === 'backlog' ? 'The backlog is empty' : 'Nothing is finished yet'}>
                {inner.view.tab === 'backlog' ? 'What should be done, but not now, waits here. Nobody is woken for it.' : 'Finished and cancelled issues are kept here.'}
              </Empty>
            }
          >
            <Empty
              icon="issues"
              title={inner.view.tab === 'active' ? 'Nothing is active' : 'No issues yet'}
              actions={
                <Show when={!company.archived}>
                  <Button kind="primary" kbd="c" onClick={inner.onCreate}>
                    New issue
                  </Button>
                </Show>
              }
            >
              An issue is one piece of work with one owner. Good first one: what you would ask of a new colleague on the first day.
            </Empty>
          </Show>
        }
      >
        <Empty icon="filter" title="No issue matches">
          Drop a filter, or look under All.
        </Empty>
      </Show>
    );
  }
}
