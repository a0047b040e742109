import './budget.css';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import { useShortcuts } from '../../app/keyboard.ts';
import type { BudgetLineFragment } from '../../graphql/generated/graphql.ts';
import { mutate } from '../../graphql/mutate.ts';
import type { Pages } from '../../graphql/pages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { BudgetDialog, type Budgeting } from './BudgetDialog.tsx';
import { BudgetRow } from './BudgetRow.tsx';
import { createView } from '../../graphql/view.ts';
import { aboutCosts, tokensOf } from '../cost/parts.ts';
import type { Day } from './pace.ts';
import { BudgetDaysQuery, RemoveBudget } from './queries.ts';
import { RaiseDialog, type Stopped } from './RaiseDialog.tsx';
import { byUrgency, ruleWords, subjectName } from './words.ts';

/** Every budget of the company, the most pressing first. */
export function Budgets(props: { budgets: Pages<BudgetLineFragment> }) {
  const company = useCompany();
  const [setting, setSetting] = createSignal<Budgeting>();
  const [removing, setRemoving] = createSignal<BudgetLineFragment>();
  const [raising, setRaising] = createSignal<Stopped>();
  const sorted = createMemo(() => byUrgency(props.budgets.nodes));
  /** Asked for where the company has a budget of a month, from the beginning of that on. */
  const monthOf = createMemo(() => props.budgets.nodes.find(({ scope, window }) => scope === 'COMPANY' && window === 'MONTH')?.windowStartsAt ?? null);
  const perDay = createView({
    query: BudgetDaysQuery,
    variables: () => {
      const since = monthOf();
      return since ? { prefix: company.prefix, since } : null;
    },
    concerns: aboutCosts,
  });
  const days = () => perDay.data?.company?.costs.byDay.nodes.map(({ day, cost }): Day => ({ day: day ?? '', costMicros: cost.costMicros, imputedMicros: cost.imputedMicros, tokens: tokensOf(cost) }));
  const stops = () => sorted().filter((budget) => budget.stop).length;
  useShortcuts([{ keys: 'b', label: 'New budget', group: 'Budgets', run: () => !company.archived && setSetting({}) }]);
  return (
    <section class="budgets" aria-label="Budgets">
      <header>
        <p class="t2">
          A budget warns before it is used up, and then stops its part of the company until you decide.
          <Show when={stops() > 0}>
            {' '}
            <b class="bad">
              {stops() === 1 ? 'One stops' : `${stops()} stop`} work now.
            </b>
          </Show>
        </p>
        <Button kind={props.budgets.loading || stops() > 0 ? 'plain' : 'primary'} icon="plus" kbd="b" disabled={company.archived} onClick={() => setSetting({})}>
          New budget
        </Button>
      </header>
      <Show
        when={sorted().length > 0}
        fallback={
          <Show when={!props.budgets.loading} fallback={<SkeletonRows rows={4} />}>
            <Show when={!props.budgets.error} fallback={<ErrorState what="Budgets did not load" error={props.budgets.error} onRetry={props.budgets.refetch} />}>
              <Empty
                icon="cost"
                title="Nothing limits what is spent"
                actions={
                  <Button disabled={company.archived} onClick={() => setSetting({ scope: 'COMPANY' })}>
                    Set a budget for the company
                  </Button>
                }
              >
                A good first one is a month's budget for the whole company. In tokens or in worth it holds for subscriptions too.
              </Empty>
            </Show>
          </Show>
        }
      >
        <ul class="budget-list">
          <For each={sorted()}>
            {(budget) => (
              <BudgetRow budget={budget} days={days()} fixed={company.archived} onChange={() => setSetting({ budget })} onRemove={() => setRemoving(budget)} onRaise={setRaising} />
            )}
          </For>
        </ul>
        <Show when={props.budgets.more}>
          <div class="more-row">
            <Button size="small" kind="ghost" pending={props.budgets.loadingMore} onClick={() => props.budgets.loadMore()}>
              Show more
            </Button>
          </div>
        </Show>
      </Show>
      <Show when={setting()} keyed>
        {(of) => (
          <BudgetDialog
            of={of}
            onClose={() => {
              setSetting(undefined);
              props.budgets.refetch();
            }}
          />
        )}
      </Show>
      <Show when={raising()} keyed>
        {(stopped) => (
          <RaiseDialog
            stopped={stopped}
            onClose={() => {
              setRaising(undefined);
              props.budgets.refetch();
            }}
          />
        )}
      </Show>
      <Show when={removing()} keyed>
        {(budget) => (
          <RemoveDialog
            budget={budget}
            onClose={() => {
              setRemoving(undefined);
              props.budgets.refetch();
            }}
          />
        )}
      </Show>
    </section>
  );
}

function RemoveDialog(props: { budget: BudgetLineFragment; onClose: () => void }) {
  const [sending, setSending] = createSignal(false);
  const name = () => (props.budget.scope === 'COMPANY' ? 'the whole company' : subjectName(props.budget.subject));
  const remove = async () => {
    setSending(true);
    const { failure } = await mutate(RemoveBudget, { input: { budgetId: props.budget.id } });
    setSending(false);
    if (failure) toast.error('The budget was not removed', failure.message);
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`Remove the budget of ${name()}?`}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Keep it
          </Button>
          <Button kind="danger-solid" pending={sending()} onClick={() => void remove()}>
            Remove
          </Button>
        </>
      }
    >
      <p class="t2">
        It is {ruleWords(props.budget)}. {props.budget.stop ? 'What it stops now goes on at once, without a limit.' : 'Nothing warns or stops by it any more.'}
      </p>
    </Dialog>
  );
}
