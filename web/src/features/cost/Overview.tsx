import { A } from '@solidjs/router';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { paths } from '../../app/company.ts';
import type { BudgetLineFragment } from '../../graphql/generated/graphql.ts';
import type { Pages } from '../../graphql/pages.ts';
import { createView } from '../../graphql/view.ts';
import { Empty } from '../../ui/Empty.tsx';
import { money } from '../../ui/format.ts';
import { Sigil } from '../../ui/Sigil.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { BudgetsPanel } from '../budget/BudgetsPanel.tsx';
import { AgentModels } from './AgentModels.tsx';
import { CostBars } from './CostBars.tsx';
import { CostHead, type Report } from './CostHead.tsx';
import { forecastOf, paceWords } from './forecast.ts';
import { Lately } from './Lately.tsx';
import { layersOf } from './layers.ts';
import { aboutCosts, createParts, inBasis, type Basis, type Span } from './parts.ts';
import { PartsTable } from './PartsTable.tsx';
import { CostByAgentQuery, CostByBillerQuery, CostByBillingCodeQuery, CostByModelQuery, CostByProjectQuery, CostByProviderQuery, ProjectDaysQuery } from './queries.ts';
import type { Range } from './range.ts';

/** What a span of days cost: the whole, its days, and its parts. */
export function Overview(props: {
  report: Report;
  range: Range;
  span: Span;
  isMonth: boolean;
  foundedAt: string;
  now: number;
  budgets: Pages<BudgetLineFragment>;
  onBudgets: () => void;
  onPrices: () => void;
}) {
  const [chosen, setChosen] = createSignal<Basis>();
  const total = () => props.report.total;
  /** Where subscriptions pay it all, what is billed says nothing. */
  const basis = (): Basis => chosen() ?? (BigInt(total().costMicros) === 0n && BigInt(total().imputedMicros) > 0n ? 'worth' : 'billed');
  const order = createMemo(() => props.report.byProject.nodes.flatMap(({ project }) => (project ? [project.id] : [])).slice(0, 3), undefined, { equals: (a, b) => a.join() === b.join() });
  const stacked = createView({
    query: ProjectDaysQuery,
    variables: () => {
      const [a, b, c] = order();
      return a === undefined ? null : { a, b: b ?? a, c: c ?? a, hasB: b !== undefined, hasC: c !== undefined, since: props.span.since, until: props.span.until };
    },
    concerns: aboutCosts,
    keep: true,
  });
  const layers = createMemo(() => layersOf(props.report, stacked.data, order(), basis()));
  /** Costs may be reported of days before there was a company here. */
  const since = () => Math.min(Date.parse(props.foundedAt), ...props.report.byDay.nodes.map(({ day }) => Date.parse(`${day}T00:00:00Z`)));
  const pace = () => (props.isMonth ? forecastOf({ monthMicros: 0n, weekMicros: inBasis(props.report.last7Days, basis()), since: since(), now: props.now }) : undefined);
  const budget = () => props.budgets.nodes.find(({ scope, metric, window, amount }) => scope === 'COMPANY' && metric === 'BILLED_COST' && window === 'MONTH' && amount !== '0');
  const span = () => props.span;
  const hasAny = () => total().eventCount > 0;
  const whole = () => inBasis(total(), basis());

  const agents = createParts(CostByAgentQuery, span, ({ agent }) => agent?.id);
  const models = createParts(CostByModelQuery, span, ({ provider, model }) => `${provider}/${model}`);
  const projects = createParts(CostByProjectQuery, span, ({ project }) => project?.id);
  const providers = createParts(CostByProviderQuery, span, ({ provider }) => provider);
  const billers = createParts(CostByBillerQuery, span, ({ biller }) => biller);
  const codes = createParts(CostByBillingCodeQuery, span, ({ billingCode }) => billingCode);

  return (
    <>
      <section class="cost-top" aria-label="Figures">
        <div class="cost-head">
          <CostHead report={props.report} words={props.range.words} isMonth={props.isMonth} since={since()} now={props.now} budget={budget()} onPrices={props.onPrices} />
        </div>
        <div class="cost-key">
          <Show when={hasAny() && layers().length > 1}>
            <For each={layers()}>
              {(layer) => (
                <span class="meta t2">
                  <i style={{ background: layer.color }} />
                  <span class="cut">{layer.name}</span>
                </span>
              )}
            </For>
          </Show>
          <span class="fill" />
          <Show when={hasAny()}>
            <Tabs
              label="What is drawn"
              value={basis()}
              onValue={setChosen}
              tabs={[
                { value: 'billed', label: 'Billed' },
                { value: 'worth', label: 'Worth' },
              ]}
            />
          </Show>
        </div>
      </section>
      <Show
        when={hasAny()}
        fallback={
          <Empty icon="cost" title="Nothing was spent in these days">
            Every use of a model comes here: what is billed, and what it is worth by the price list, also where a subscription pays.
          </Empty>
        }
      >
        <CostBars days={props.range.days} lastDay={props.range.lastDay} layers={layers()} paceMicros={pace()?.dayMicros} paceWords={paceWords(pace()?.paceDays ?? 7)} label={`${basis() === 'billed' ? 'Billed' : 'Worth'} per day, ${props.range.words}: ${money(whole())} in all`} />
      </Show>
      <div class="cost-panels">
        <div>
          <Show when={hasAny()} fallback={<BudgetsPanel budgets={props.budgets} onAll={props.onBudgets} />}>
            <PartsTable
              title="By agent"
              head="Agent"
              note={props.range.words}
              pages={agents}
              basis={basis()}
              total={whole()}
              words={({ agent }) => agent?.name ?? 'Nobody'}
              name={({ agent }) => (
                <Show when={agent} fallback={<span class="t3">Nobody</span>}>
                  {(who) => (
                    <A class="cost-link" href={paths.agent(props.span.prefix, who().id)}>
                      <Sigil id={who().id} name={who().name} state={who().status} size={18} />
                      <span class="name cut">{who().name}</span>
                    </A>
                  )}
                </Show>
              )}
              inside={({ agent }) => <Show when={agent}>{(who) => <AgentModels id={who().id} span={props.span} />}</Show>}
            />
            <PartsTable
              title="By project"
              head="Project"
              pages={projects}
              basis={basis()}
              total={whole()}
              words={({ project }) => project?.name ?? 'No project'}
              name={({ project }) => (
                <Show when={project} fallback={<span class="t3">No project</span>}>
                  {(it) => (
                    <A class="cost-link" href={paths.project(props.span.prefix, it().id)}>
                      <span class="project-mark" style={{ background: it().color }} />
                      <span class="name cut">{it().name}</span>
                    </A>
                  )}
                </Show>
              )}
            />
            <PartsTable
              title="By billing code"
              head="Billing code"
              pages={codes}
              basis={basis()}
              total={whole()}
              words={({ billingCode }) => billingCode ?? 'No code'}
              name={({ billingCode }) => <span class={billingCode ? 'name cut' : 't3'}>{billingCode ?? 'No code'}</span>}
            />
          </Show>
        </div>
        <div>
          <Show when={hasAny()}>
            <BudgetsPanel budgets={props.budgets} onAll={props.onBudgets} />
          </Show>
          <Lately hours5={props.report.last5Hours} hours24={props.report.last24Hours} days7={props.report.last7Days} />
          <Show when={hasAny()}>
            <PartsTable
              title="By model"
              head="Model"
              pages={models}
              basis={basis()}
              total={whole()}
              words={({ model }) => model ?? ''}
              name={({ model, provider }) => (
                <span class="name cut" title={`${model}, ${provider}`}>
                  {model}
                </span>
              )}
            />
            <PartsTable title="By provider" head="Provider" pages={providers} basis={basis()} total={whole()} words={({ provider }) => provider ?? ''} name={({ provider }) => <span class="name cut">{provider}</span>} />
            <PartsTable title="By biller" head="Biller" note="who sends the bill" pages={billers} basis={basis()} total={whole()} words={({ biller }) => biller ?? ''} name={({ biller }) => <span class="name cut">{biller}</span>} />
          </Show>
        </div>
      </div>
    </>
  );
}
