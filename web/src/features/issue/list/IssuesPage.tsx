import './issues.css';
import { lazy, Match, Show, Suspense, Switch } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import { openCreate } from '../../../app/create.ts';
import { useShortcuts } from '../../../app/keyboard.ts';
import { about } from '../../../graphql/live.ts';
import { createView } from '../../../graphql/view.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { TopBar } from '../../../ui/TopBar.tsx';
import { FilterBar } from './FilterBar.tsx';
import { IssueList } from './IssueList.tsx';
import { IssueTotalsQuery } from './queries.ts';
import { sumOf, tabStatuses, useIssuesView, type Tab } from './view-state.ts';

const Board = lazy(async () => ({ default: (await import('../board/Board.tsx')).Board }));

const tabNames: [Tab, string][] = [
  ['active', 'Active'],
  ['backlog', 'Backlog'],
  ['done', 'Done'],
  ['all', 'All'],
];

/** All issues of a company as a list by state, or as a board. */
export function IssuesPage() {
  const company = useCompany();
  const view = useIssuesView();
  const totals = createView({
    query: IssueTotalsQuery,
    variables: () => ({ prefix: company.prefix, filter: view.filter }),
    concerns: about('issue'),
    keep: true,
  });
  const counts = () => totals.data?.company?.issueCounts;
  const create = () => openCreate({ kind: 'issue', ...(view.project ? { projectId: view.project } : {}), ...(view.tab === 'backlog' && view.layout === 'list' ? { status: 'BACKLOG' } : {}) });
  const show = (layout: 'list' | 'board') => view.set({ view: layout === 'board' ? 'board' : undefined });
  useShortcuts([{ keys: 'b', label: 'List or board', group: 'Issues', run: () => show(view.layout === 'board' ? 'list' : 'board') }]);
  const scope = () => (view.live ? 'live' : view.assignee === 'none' ? 'free' : 'all');

  return (
    <div class="page">
      <TopBar
        title="Issues"
        tabs={
          <Switch>
            <Match when={view.layout === 'list'}>
              <Tabs
                label="States"
                tabs={tabNames.map(([value, label]) => ({ value, label, count: value === 'done' || value === 'all' ? undefined : sumOf(counts(), tabStatuses[value]) }))}
                value={view.tab}
                onValue={(tab) => view.set({ tab: tab === 'active' ? undefined : tab })}
              />
            </Match>
            <Match when={view.layout === 'board'}>
              <Tabs
                label="Scope"
                tabs={[{ value: 'all', label: 'All', count: counts()?.open }, { value: 'free', label: 'Unassigned' }, { value: 'live', label: 'Live only' }]}
                value={scope()}
                onValue={(next) => view.set({ live: next === 'live' ? '1' : undefined, assignee: next === 'free' ? 'none' : undefined })}
              />
            </Match>
          </Switch>
        }
        actions={
          <>
            <IconButton icon="list" label="List" kbd="b" pressed={view.layout === 'list'} onClick={() => show('list')} />
            <IconButton icon="board" label="Board" kbd="b" pressed={view.layout === 'board'} onClick={() => show('board')} />
            <Button kind="primary" size="small" kbd="c" class="wide-only" disabled={company.archived} onClick={create}>
              New issue
            </Button>
          </>
        }
      />
      <Show when={!company.archived}>
        <Button kind="primary" icon="plus" aria-label="New issue" class="thumb-new narrow-only" onClick={create} />
      </Show>
      <Suspense>
        <Switch>
          <Match when={view.layout === 'list'}>
            <FilterBar view={view} />
            <IssueList view={view} counts={counts()} onCreate={create} />
          </Match>
          <Match when={view.layout === 'board'}>
            <Board view={view} counts={counts()} bar={<FilterBar view={view} board />} />
          </Match>
        </Switch>
      </Suspense>
    </div>
  );
}
