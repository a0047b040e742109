import { builder } from '../../builder.ts';
import { badInput } from '../../shared/refusal.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { removeBudget } from '../commands/remove-budget.ts';
import { setBudget } from '../commands/set-budget.ts';
import { BudgetIncidentRef, BudgetRef } from '../ref.ts';
import { type Resolve, resolveIncident } from '../resolve.ts';
import { BudgetDecisionEnum, BudgetMetricEnum, BudgetScopeEnum, BudgetWindowEnum } from './enums.ts';

const SetBudgetInput = builder.inputType('SetBudgetInput', {
  description: 'What is limited. There is one budget for each part, metric and window: set again, it is changed, and absent limits stay as they were.',
  fields: (t) => ({
    subjectId: t.id({ required: true, description: 'The company, agent, project, goal, or the issue at the top, by the scope.' }),
    scope: t.field({ type: BudgetScopeEnum, required: true, description: 'What part of the company.' }),
    metric: t.field({ type: BudgetMetricEnum, required: true, description: 'What is counted.' }),
    window: t.field({ type: BudgetWindowEnum, description: 'Over what time; MONTH when absent.' }),
    windowHours: t.int({ description: 'Length of a rolling window, 1 to 8760; only for ROLLING, which needs it.' }),
    amount: t.field({ type: 'BigInt', required: true, description: 'The most, in the unit of the metric: millionths of a US dollar, tokens, or runs. 0 limits nothing.' }),
    warnPercent: t.int({ description: 'At what percentage of the amount there is a warning, 1 to 99; 80 for a new budget.' }),
    hardStop: t.boolean({ description: 'Whether the scope is stopped at the amount; true for a new budget.' }),
  }),
});

const RemoveBudgetInput = builder.inputType('RemoveBudgetInput', {
  description: 'Which budget to take away.', fields: (t) => ({ budgetId: t.id({ required: true, description: 'The budget.' }) }),
});

const ResolveBudgetIncidentInput = builder.inputType('ResolveBudgetIncidentInput', {
  description: 'What the board decides about a budget that is used up.',
  fields: (t) => ({
    incidentId: t.id({ required: true, description: 'The stop: Budget.stop.incident.' }),
    resolution: t.field({ type: BudgetDecisionEnum, required: true, description: 'What is decided.' }),
    amount: t.field({ type: 'BigInt', description: 'The larger amount, for RAISE_AND_RESUME: more than was used by now, else a RULE_VIOLATION.' }),
  }),
});

builder.mutationFields((t) => ({
  setBudget: t.field({
    type: BudgetRef,
    description: 'Limits what a part of a company may use. It is judged at once: what is over the amount is stopped, what was stopped and is below it now goes on. The board sets all; an agent those of agents below it (FORBIDDEN else), each and together within its own budget of the same metric and window (RULE_VIOLATION).',
    args: { input: t.arg({ type: SetBudgetInput, required: true, description: 'What.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => setBudget(tx, by, checkedIds(input))),
  }),
  removeBudget: t.field({
    type: BudgetRef, description: 'Takes a budget away, with its warnings and stops; what it stopped goes on. The board, and agents for those that they, or agents below them, have set. Answers the budget as it was.',
    args: { input: t.arg({ type: RemoveBudgetInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => removeBudget(tx, by, checkedIds(input))),
  }),
  resolveBudgetIncident: t.field({
    type: BudgetIncidentRef, description: 'Decides about a budget that is used up: a larger amount, and its scope goes on, or it stays stopped. The approval that was opened for it ends with it. The same again changes nothing; another decision on a stop that has ended is a CONFLICT. Board only.',
    args: { input: t.arg({ type: ResolveBudgetIncidentInput, required: true, description: 'The decision.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => resolveIncident(tx, by, decisionOf(checkedIds(input)))),
  }),
}));

function decisionOf({ incidentId, resolution, amount }: { incidentId: string; resolution: Resolve['resolution']; amount?: bigint | null | undefined }): Resolve {
  if (resolution === 'KEEP_PAUSED') {
    if (typeof amount === 'bigint') throw badInput('amount', 'is for RAISE_AND_RESUME only');
    return { incidentId, resolution };
  }
  if (typeof amount !== 'bigint') throw badInput('amount', 'name the larger amount');
  return { incidentId, resolution, amount };
}
