import './activity.css';
import { useSearchParams } from '@solidjs/router';
import { createMemo, Match, Show, Switch } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import { createPages } from '../../graphql/pages.ts';
import { createView } from '../../graphql/view.ts';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { longDay } from '../../ui/format.ts';
import { Picker } from '../../ui/Picker.tsx';
import { useRowHeight } from '../../ui/row-height.ts';
import { Sigil } from '../../ui/Sigil.tsx';
import { Bone, SkeletonRows } from '../../ui/Skeleton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import type { ActivityLineFragment } from '../../graphql/generated/graphql.ts';
import { IssueChoicesQuery } from '../issue/create/queries.ts';
import { ActivityLine } from './ActivityLine.tsx';
import { actionsOf, kindNames, type Kind } from './kinds.ts';
import { ActivityQuery } from './queries.ts';

type Item = { kind: 'day'; at: string } | { kind: 'line'; activity: ActivityLineFragment } | { kind: 'more' };

const activityOf = (item: Item) => (item.kind === 'line' ? item.activity : undefined);
const dayIn = (item: Item) => (item.kind === 'day' ? item.at : undefined);
const keyOf = (item: Item) => (item.kind === 'line' ? item.activity.id : item.kind === 'day' ? item.at.slice(0, 10) : 'more');

const PAGE = 60;
const DAY = 32;

/** All that happened, newest first, by day. */
export function ActivityPage() {
  const company = useCompany();
  const row = useRowHeight();
  const [search, setSearch] = useSearchParams();
  const kind = (): Kind => kindNames.find(([name]) => name === search['kind'])?.[0] ?? 'all';
  const agentId = () => (typeof search['agent'] === 'string' ? search['agent'] : undefined);
  const choices = createView({ query: IssueChoicesQuery, variables: () => ({ prefix: company.prefix }) });
  const agents = () => choices.data?.company?.agents.nodes ?? [];
  const agent = () => agents().find((each) => each.id === agentId());
  const log = createPages({
    query: ActivityQuery,
    variables: () => {
      const actions = actionsOf(kind());
      return { prefix: company.prefix, first: PAGE, filter: { ...(actions ? { actions } : {}), ...(agentId() ? { agentId: agentId() as string } : {}) } };
    },
    connection: (data) => data.company?.activity,
    concerns: () => true,
    keep: true,
  });
  const items = createMemo((): Item[] => {
    let day = '';
    const lines = log.nodes.flatMap((activity): Item[] => {
      const here = activity.at.slice(0, 10);
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
          <Picker
            label="Agent"
            values={[agentId() ?? '']}
            onPick={(value) => setSearch({ agent: value || undefined }, { replace: true })}
            options={[
              { value: '', label: 'Everybody' },
              ...agents().map((each) => ({ value: each.id, label: each.name, glyph: () => <Sigil id={each.id} name={each.name} state={each.status} size={18} /> })),
            ]}
            face={
              <Show when={agent()} fallback="Everybody">
                {(it) => (
                  <>
                    <Sigil id={it().id} name={it().name} size={16} />
                    {it().name}
                  </>
                )}
              </Show>
            }
          />
        }
      />
      <Switch>
        <Match when={log.loading}>
          <SkeletonRows rows={12} />
        </Match>
        <Match when={log.error && log.nodes.length === 0}>
          <ErrorState what="The log did not load" error={log.error} onRetry={log.refetch} />
        </Match>
        <Match when={items().length === 0}>
          <Empty icon="activity" title="Nothing happened yet">
            Whatever people and agents do is written down here, with the run that did it.
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
