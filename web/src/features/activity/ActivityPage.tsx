import './activity.css';
import { useSearchParams } from '@solidjs/router';
import { createMemo, Match, Switch } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import { createPages } from '../../graphql/pages.ts';
import { createView } from '../../graphql/view.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { dayOf, longDay } from '../../ui/format.ts';
import { useRowHeight } from '../../ui/row-height.ts';
import { Bone, SkeletonRows } from '../../ui/Skeleton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import type { ActivityLineFragment } from '../../graphql/generated/graphql.ts';
import { IssueChoicesQuery } from '../issue/create/queries.ts';
import { ActivityLine } from './ActivityLine.tsx';
import { ActivityFilters } from './ActivityFilters.tsx';
import { exportAddress, filterOf, filtersOf, isNarrowed } from './filters.ts';
import { kindNames, type Kind } from './kinds.ts';
import { ActivityQuery } from './queries.ts';
import { SealLine } from './SealLine.tsx';

type Item = { kind: 'day'; at: string } | { kind: 'line'; activity: ActivityLineFragment } | { kind: 'more' };

const activityOf = (item: Item) => (item.kind === 'line' ? item.activity : undefined);
const dayIn = (item: Item) => (item.kind === 'day' ? item.at : undefined);
const keyOf = (item: Item) => (item.kind === 'line' ? item.activity.id : item.kind === 'day' ? dayOf(item.at, 0) : 'more');

const PAGE = 60;
const DAY = 32;

/** All that happened, newest first, by day. */
export function ActivityPage() {
  const company = useCompany();
  const row = useRowHeight();
  const [search, setSearch] = useSearchParams();
  const kind = (): Kind => kindNames.find(([name]) => name === search['kind'])?.[0] ?? 'all';
  const filters = () => filtersOf(search);
  /** A span counts from when it was chosen, so that a page that follows is of the same list. */
  const filter = createMemo(() => filterOf(kind(), filters(), Date.now()), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const exportHref = () => (company.id ? exportAddress(company.id, filter()) : undefined);
  const choices = createView({ query: IssueChoicesQuery, variables: () => ({ prefix: company.prefix }) });
  const agents = () => choices.data?.company?.agents.nodes ?? [];
  const log = createPages({
    query: ActivityQuery,
    variables: () => {
      return { prefix: company.prefix, first: PAGE, filter: filter() };
    },
    connection: (data) => data.company?.activity,
    concerns: () => true,
    keep: true,
  });
  const items = createMemo((): Item[] => {
    let day = '';
    const lines = log.nodes.flatMap((activity): Item[] => {
      const here = dayOf(activity.at, 0);
      const line: Item = { kind: 'line', activity };
      if (here === day) return [line];
      day = here;
      return [{ kind: 'day', at: activity.at }, line];
    });
    return log.more ? [...lines, { kind: 'more' }] : lines;
  });

  return (
    <div class="page">
      <TopBar
        title="Activity"
        tabs={
          <Tabs
            label="Kinds"
            tabs={kindNames.map(([value, label]) => ({ value, label }))}
            value={kind()}
            onValue={(value) => setSearch({ kind: value === 'all' ? undefined : value }, { replace: true })}
          />
        }
        actions={
          <ButtonLink size="small" icon="download" href={exportHref()} download="activity.ndjson" aria-label="Export what is chosen as NDJSON">
            Export
          </ButtonLink>
        }
      />
      <ActivityFilters agents={agents()} filters={filters()} set={(change) => setSearch(change, { replace: true })} />
      <SealLine />
      <Switch>
        <Match when={log.loading}>
          <SkeletonRows rows={12} />
        </Match>
        <Match when={log.error && log.nodes.length === 0}>
          <ErrorState what="The log did not load" error={log.error} onRetry={log.refetch} />
        </Match>
        <Match when={items().length === 0}>
          <Empty icon="activity" title={isNarrowed(kind(), filters()) ? 'Nothing of the kind happened' : 'Nothing happened yet'}>
            {isNarrowed(kind(), filters()) ? 'Choose less narrowly to see more of the log.' : 'Whatever people and agents do is written down here, with the run that did it.'}
          </Empty>
        </Match>
        <Match when={items().length > 0}>
          <VirtualList
            class="activity-list"
            label="Activity"
            items={items()}
            key={keyOf}
            height={(item) => (item.kind === 'day' ? DAY : row())}
            sticky={(item) => item.kind === 'day'}
            onNearEnd={() => !log.loadingMore && log.loadMore()}
          >
            {(item) => (
              <Switch fallback={<div class="activity-line"><Bone width="40%" /></div>}>
                <Match when={activityOf(item())}>{(activity) => <ActivityLine activity={activity()} />}</Match>
                <Match when={dayIn(item())}>{(at) => <div class="activity-day">{longDay(at())}</div>}</Match>
              </Switch>
            )}
          </VirtualList>
        </Match>
      </Switch>
    </div>
  );
}
