import { builder } from '../../builder.ts';
import { IssueRef } from '../../issue/ref.ts';
import { Conflict } from '../../shared/node.ts';
import type { BudgetExceeded } from '../conflicts.ts';
import { budgetById } from '../reads.ts';
import { BudgetRef } from '../ref.ts';

export const BudgetExceededType = builder.objectRef<BudgetExceeded>('BudgetExceeded').implement({
  description: 'A budget over the issue or the agent is used up. For agents this is final: they are woken when the budget is raised or its window has passed.',
  interfaces: [Conflict],
  fields: (t) => ({
    budget: t.field({ type: BudgetRef, nullable: true, description: 'Which budget; null where it was removed meanwhile.', resolve: ({ stop }, _args, ctx) => ctx.loading.load(budgetById, stop.budgetId) }),
    spent: t.field({ type: 'BigInt', description: 'What was used of it when it was reached, in the unit of its metric.', resolve: ({ stop }) => stop.spent }),
    limit: t.field({ type: 'BigInt', description: 'Its amount then.', resolve: ({ stop }) => stop.limit }),
    issue: t.expose('issue', { type: IssueRef, description: 'The issue, unchanged.' }),
  }),
});
