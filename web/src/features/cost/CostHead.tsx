import { Show, type JSX } from 'solid-js';
import type { BudgetLineFragment, CostOverviewQuery } from '../../graphql/generated/graphql.ts';
import { money, plural, utcMonth } from '../../ui/format.ts';
import { tip } from '../../ui/Tooltip.tsx';
import { forecastOf, paceWords } from './forecast.ts';
import { Priced } from './PartsTable.tsx';

export type Report = NonNullable<CostOverviewQuery['company']>['costs'];

/** What was billed, what it would have cost by the list, where the month is going, and what nobody knows the price of. */
export function CostHead(props: { report: Report; words: string; isMonth: boolean; since: number; now: number; budget: BudgetLineFragment | undefined; onPrices: () => void }) {
  const total = () => props.report.total;
  const month = () => props.report.monthToDate;
  const of = (field: 'costMicros' | 'imputedMicros') =>
    forecastOf({ monthMicros: BigInt(month()[field]), weekMicros: BigInt(props.report.last7Days[field]), since: props.since, now: props.now });
  const ahead = () => of('costMicros');
  const over = () => (props.budget ? ahead().monthMicros - BigInt(props.budget.amount) : 0n);
  return (
    <>
      <Fact name={`Billed, ${props.words}`} big>
        <Priced micros={total().costMicros} missing={total().unpricedCount} all={total().eventCount} />
      </Fact>
      <Fact name="Worth" hint="What the tokens cost by the price list, also where a subscription pays">
        <Priced micros={total().imputedMicros} missing={total().unimputedCount} all={total().eventCount} />
      </Fact>
      <Show
        when={props.isMonth}
        fallback={
          <Fact name={`Billed in ${utcMonth(props.now)}`}>
            {money(month().costMicros)} <small class="t3">worth {money(month().imputedMicros)}</small>
          </Fact>
        }
      >
        <Fact name={`Forecast for ${utcMonth(props.now)}`} hint={`At the pace of the last ${paceWords(ahead().paceDays)}: ${money(ahead().dayMicros)} a day billed, worth ${money(of('imputedMicros').dayMicros)}`}>
          {money(ahead().monthMicros)}{' '}
          <small>
            <Show when={props.budget && over() > 0n} fallback={<span class="t3">worth {money(of('imputedMicros').monthMicros)}</span>}>
              <span class="bad">{money(over())} over budget</span>
            </Show>
          </small>
        </Fact>
      </Show>
      <Fact name="Unpriced">
        <Show when={total().unimputedCount > 0} fallback={<span class="t3 cost-nothing">nothing</span>}>
          <button type="button" class="link" onClick={() => props.onPrices()}>
            {plural(total().unimputedCount, 'use')} of {plural(props.report.unpricedModels.nodes.length, 'model')}
          </button>
        </Show>
      </Fact>
    </>
  );
}

function Fact(props: { name: string; hint?: string; big?: boolean; children: JSX.Element }) {
  return (
    <div class="cost-fact" classList={{ big: props.big === true }}>
      <span class="meta t3" {...(props.hint ? tip(props.hint) : {})}>
        {props.name}
      </span>
      <span class="num">{props.children}</span>
    </div>
  );
}
