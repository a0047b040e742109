import './budget.css';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import type { BudgetLineFragment } from '../../graphql/generated/graphql.ts';
import type { Pages } from '../../graphql/pages.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { BudgetDialog } from './BudgetDialog.tsx';
import { BudgetSubject } from './BudgetSubject.tsx';
import { BudgetRail, BudgetUse } from './BudgetUse.tsx';
import { byUrgency, ruleWords } from './words.ts';

const SHOWN = 6;

/** The budgets at a glance, the most pressing first. */
export function BudgetsPanel(props: { budgets: Pages<BudgetLineFragment>; onAll: () => void }) {
  const company = useCompany();
  const [adding, setAdding] = createSignal(false);
  const sorted = createMemo(() => byUrgency(props.budgets.nodes));
  return (
    <Panel
      title="Budgets"
      note={sorted().length > SHOWN ? `${SHOWN} of ${sorted().length}` : undefined}
      flush
      action={
        <>
          <Show when={sorted().length > 0}>
            <Button size="small" kind="ghost" onClick={() => props.onAll()}>
              Open
            </Button>
          </Show>
          <Button size="small" kind="ghost" icon="plus" disabled={company.archived} onClick={() => setAdding(true)}>
            Budget
          </Button>
        </>
      }
    >
      <For each={sorted().slice(0, SHOWN)} fallback={<p class="cost-none t3">{props.budgets.loading ? '' : 'Nothing limits what is spent.'}</p>}>
        {(budget) => (
          <div class="budget-brief" title={ruleWords(budget)}>
            <BudgetSubject subject={budget.subject} />
            <BudgetRail budget={budget} />
            <span class="budget-use">
              {budget.stop ? <span class="bad">stopped, </span> : null}
              <BudgetUse budget={budget} />
            </span>
          </div>
        )}
      </For>
      <Show when={adding()}>
        <BudgetDialog
          of={{}}
          onClose={() => {
            setAdding(false);
            props.budgets.refetch();
          }}
        />
      </Show>
    </Panel>
  );
}
