import { createSignal, For, Show } from 'solid-js';
import type { BudgetLineFragment } from '../../graphql/generated/graphql.ts';
import { createPages } from '../../graphql/pages.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Ago, At } from '../../ui/Time.tsx';
import { aboutBudgets } from './about-budgets.ts';
import { quantity } from './amount.ts';
import { BudgetSubject } from './BudgetSubject.tsx';
import { BudgetTime, Burn } from './Burn.tsx';
import { BudgetRail, BudgetUse } from './BudgetUse.tsx';
import { BudgetIncidentsQuery } from './queries.ts';
import type { Day } from './pace.ts';
import { keepPaused, type Stopped } from './RaiseDialog.tsx';
import { StandingChip } from './standing.tsx';
import { stoppedBy } from './stopped.ts';
import { resolutionWords, ruleWords, shareWords, subjectName } from './words.ts';

/** One budget: whose it is, how much is used, what it stops and what can be decided about that, and what it did before. */
export function BudgetRow(props: { budget: BudgetLineFragment; days: readonly Day[] | undefined; fixed: boolean; onChange: () => void; onRemove: () => void; onRaise: (stopped: Stopped) => void }) {
  const [open, setOpen] = createSignal(false);
  const budget = () => props.budget;
  return (
    <li class="budget" data-stopped={budget().stop ? '' : undefined}>
      <div class="budget-line">
        <IconButton icon={open() ? 'down' : 'right'} label={`Warnings and stops of ${subjectName(budget().subject)}`} aria-expanded={open()} onClick={() => setOpen(!open())} />
        <span class="budget-who">
          <BudgetSubject subject={budget().subject} />
          <span class="meta t3 cut">{ruleWords(budget())}</span>
        </span>
        <StandingChip budget={budget()} />
        <Burn budget={budget()} days={props.days} />
        <span class="budget-course">
          <BudgetRail budget={budget()} />
          <BudgetTime budget={budget()} />
        </span>
        <span class="budget-use">
          <BudgetUse budget={budget()} />
        </span>
        <span class="num budget-percent t2">{shareWords(budget().usedPercent)}</span>
        <Menu
          label={`Budget of ${subjectName(budget().subject)}`}
          trigger={<Icon name="more" />}
          triggerClass="button ghost square small"
          placement="bottom-end"
          groups={[
            [{ label: 'Change', icon: 'edit', disabled: props.fixed, onSelect: () => props.onChange() }],
            [{ label: 'Remove', icon: 'trash', danger: true, disabled: props.fixed, onSelect: () => props.onRemove() }],
          ]}
        />
      </div>
      <Show when={stoppedBy(budget())}>
        {(stopped) => (
          <div class="budget-decide">
            <Icon name="pause" class="bad" />
            <p>
              <Show when={budget().stop}>
                {(stop) => (
                  <>
                    Nothing there is woken, started or checked out: {quantity(budget().metric, stop().spent)} of {quantity(budget().metric, stop().limit)} was used when it stopped.
                  </>
                )}
              </Show>{' '}
              <Show when={budget().stop?.incident?.createdAt}>
                {(at) => (
                  <span class="t3">
                    Since <At at={at()} />
                    {budget().stop?.incident?.status === 'KEPT_PAUSED' ? ', and it is to stay so.' : '.'}
                  </span>
                )}
              </Show>
            </p>
            <span class="budget-verbs">
              <Button size="small" kind="primary" icon="play" disabled={props.fixed} onClick={() => props.onRaise(stopped())}>
                Raise and resume
              </Button>
              <Show when={budget().stop?.incident?.status === 'OPEN'}>
                <Button size="small" disabled={props.fixed} onClick={() => void keepPaused(stopped())}>
                  Keep paused
                </Button>
              </Show>
            </span>
          </div>
        )}
      </Show>
      <Show when={open()}>
        <Incidents budget={budget()} />
      </Show>
    </li>
  );
}

function Incidents(props: { budget: BudgetLineFragment }) {
  const pages = createPages({
    query: BudgetIncidentsQuery,
    variables: () => ({ id: props.budget.id, first: 10 }),
    connection: (data) => (data.node?.__typename === 'Budget' ? data.node.incidents : null),
    concerns: aboutBudgets,
  });
  const said = (metric: BudgetLineFragment['metric'], it: (typeof pages.nodes)[number]) =>
    `${it.threshold === 'HARD' ? 'Stopped' : 'Warned'} at ${quantity(metric, it.observed)} of ${quantity(metric, it.limit)}`;
  return (
    <div class="budget-incidents" role="region" aria-label={`Warnings and stops of ${subjectName(props.budget.subject)}`}>
      <For
        each={pages.nodes}
        fallback={
          <Show when={pages.error} fallback={<p class="t3">{pages.loading ? '' : 'It has neither warned nor stopped anything yet.'}</p>}>
            <ErrorState what="Warnings and stops did not load" error={pages.error} onRetry={pages.refetch} />
          </Show>
        }
      >
        {(it) => (
          <p class="budget-incident">
            <Icon name={it.threshold === 'HARD' ? 'pause' : 'warn'} class={it.status === 'RESOLVED' ? 't3' : it.threshold === 'HARD' ? 'bad' : 'warn'} />
            <span>
              {said(props.budget.metric, it)}
              <span class="t3">
                <Show when={it.resolution} fallback={it.status === 'KEPT_PAUSED' ? `, kept paused${it.resolvedBy ? ` by ${it.resolvedBy.name}` : ''}` : ', still so'}>
                  {(resolution) => `, over: ${resolutionWords(resolution())}${it.resolvedBy && it.resolvedBy.__typename !== 'System' ? ` by ${it.resolvedBy.name}` : ''}`}
                </Show>
              </span>
            </span>
            <Ago at={it.createdAt} class="meta t3 end" />
          </p>
        )}
      </For>
      <Show when={pages.more}>
        <Button size="small" kind="ghost" pending={pages.loadingMore} onClick={() => pages.loadMore()}>
          Show more
        </Button>
      </Show>
    </div>
  );
}
