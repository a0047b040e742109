import './costs.css';
import { useSearchParams } from '@solidjs/router';
import { createMemo, Match, Show, Switch } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import { createView } from '../../graphql/view.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Bone, Delayed } from '../../ui/Skeleton.tsx';
import { useMinutes } from '../../ui/clock.ts';
import { Budgets } from '../budget/Budgets.tsx';
import { createBudgets } from '../budget/create-budgets.ts';
import { Overview } from './Overview.tsx';
import { aboutCosts } from './parts.ts';
import { Prices } from './Prices.tsx';
import { CostOverviewQuery } from './queries.ts';
import { CustomRange, RangeChooser, type Ranged } from './RangeChooser.tsx';
import { fortnight, rangeKey, rangeOf } from './range.ts';

type Part = 'overview' | 'budgets' | 'prices';
const PARTS: readonly { value: Part; label: string }[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'budgets', label: 'Budgets' },
  { value: 'prices', label: 'Prices' },
];

/** What the company spends, what it may spend, and by which prices that is counted. */
export function CostsPage() {
  const company = useCompany();
  const now = useMinutes();
  const [search, setSearch] = useSearchParams();
  const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined);
  const part = (): Part => PARTS.find((each) => each.value === search['view'])?.value ?? 'overview';
  const show = (next: Part) => setSearch({ view: next === 'overview' ? null : next }, { replace: true });
  const ranged: Ranged = {
    get key() {
      return rangeKey(search['range']);
    },
    get from() {
      return text(search['from']);
    },
    get to() {
      return text(search['to']);
    },
    set: ({ range, from, to }) => {
      if (range === 'custom') setSearch({ range, ...fortnight(now()) }, { replace: true });
      else if (range) setSearch({ range: range === 'month' ? null : range, from: null, to: null }, { replace: true });
      else setSearch({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }, { replace: true });
    },
  };
  const found = createMemo(() => rangeOf(ranged.key, ranged, now()), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const range = () => {
    const it = found();
    return 'problem' in it ? undefined : it;
  };
  const problem = () => {
    const it = found();
    return 'problem' in it ? it.problem : undefined;
  };
  const span = createMemo(() => {
    const it = range();
    return it ? { prefix: company.prefix, since: it.since, until: it.until } : null;
  });
  const view = createView({ query: CostOverviewQuery, variables: span, concerns: aboutCosts, keep: true });
  const budgets = createBudgets(() => company.prefix);
  const report = () => view.data?.company?.costs;

  return (
    <div class="page">
      <TopBar
        title="Costs"
        tabs={<Tabs label="Parts of the page" tabs={PARTS} value={part()} onValue={show} controls="costs-part" />}
        actions={
          <Show when={part() === 'overview'}>
            <RangeChooser range={ranged} class="wide-only" />
          </Show>
        }
      />
      <div class="scroll" id="costs-part" role="tabpanel" aria-label={PARTS.find((each) => each.value === part())?.label}>
        <Switch>
          <Match when={part() === 'budgets'}>
            <Budgets budgets={budgets} />
          </Match>
          <Match when={view.error && !view.data}>
            <ErrorState what="The costs did not load" error={view.error} onRetry={view.refetch} />
          </Match>
          <Match when={part() === 'prices'}>
            <Prices unpriced={(report()?.unpricedModels.nodes ?? []).map(({ provider, model, cost }) => ({ provider: provider ?? null, model: model ?? null, cost }))} words={range()?.words ?? ''} onChange={view.refetch} />
          </Match>
          <Match when={true}>
            <div class="costs">
              <div class="cost-tools">
                <RangeChooser range={ranged} class="narrow-only" />
                <CustomRange range={ranged} problem={problem()} now={now()} />
              </div>
              <Show when={range()}>
                {(it) => (
                  <Show when={report()} fallback={<Loading />}>
                    {(costs) => (
                      <Overview
                        report={costs()}
                        range={it()}
                        span={span() ?? { prefix: company.prefix, since: it().since, until: it().until }}
                        isMonth={ranged.key === 'month'}
                        foundedAt={view.data?.company?.createdAt ?? new Date(now()).toISOString()}
                        now={now()}
                        budgets={budgets}
                        onBudgets={() => show('budgets')}
                        onPrices={() => show('prices')}
                      />
                    )}
                  </Show>
                )}
              </Show>
            </div>
          </Match>
        </Switch>
      </div>
    </div>
  );
}

function Loading() {
  return (
    <Delayed>
      <div class="cost-head" aria-busy="true" aria-label="Loading">
        <Bone width="140px" height="36px" />
        <Bone width="90px" height="20px" />
        <Bone width="90px" height="20px" />
      </div>
      <Bone width="100%" height="190px" />
    </Delayed>
  );
}
