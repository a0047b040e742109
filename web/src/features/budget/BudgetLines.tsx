import './budget.css';
import { createSignal, For, Show } from 'solid-js';
import type { BudgetLineFragment, BudgetScope } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { BudgetDialog, type Budgeting } from './BudgetDialog.tsx';
import { BudgetRail, BudgetUse } from './BudgetUse.tsx';
import { BudgetTime } from './Burn.tsx';
import { byUrgency, ruleWords } from './words.ts';

/** The budgets of one thing, as they stand beside its page. */
export function BudgetLines(props: { budgets: readonly BudgetLineFragment[]; scope: BudgetScope; subjectId: string; disabled: boolean; onDone: () => void }) {
  const [setting, setSetting] = createSignal<Budgeting>();
  return (
    <>
      <For
        each={byUrgency(props.budgets)}
        fallback={
          <Button size="small" kind="ghost" icon="plus" class="budget-first" disabled={props.disabled} onClick={() => setSetting({ scope: props.scope, subjectId: props.subjectId })}>
            Set a budget
          </Button>
        }
      >
        {(budget) => (
          <div class="budget-beside">
            <span class="meta">
              <BudgetUse budget={budget} />
              <IconButton icon="edit" label={`Change the budget, ${ruleWords(budget)}`} disabled={props.disabled} onClick={() => setSetting({ budget })} />
            </span>
            <BudgetRail budget={budget} />
            <span class="meta t3">
              {budget.stop ? <b class="bad">stopped, </b> : null}
              {ruleWords(budget)}
            </span>
            <BudgetTime budget={budget} />
          </div>
        )}
      </For>
      <Show when={setting()} keyed>
        {(of) => (
          <BudgetDialog
            of={of}
            onClose={() => {
              setSetting(undefined);
              props.onDone();
            }}
          />
        )}
      </Show>
    </>
  );
}
