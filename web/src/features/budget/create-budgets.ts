import type { BudgetLineFragment } from '../../graphql/generated/graphql.ts';
import { createPages, type Pages } from '../../graphql/pages.ts';
import { aboutBudgets } from './about-budgets.ts';
import { BudgetsQuery } from './queries.ts';

/** All budgets of the company, kept current. */
export const createBudgets = (prefix: () => string): Pages<BudgetLineFragment> =>
  createPages({ query: BudgetsQuery, variables: () => ({ prefix: prefix(), first: 50 }), connection: (data) => data.company?.budgets, concerns: aboutBudgets });
