import { expect, test } from 'vitest';
import type { BudgetStopsQuery } from '../../graphql/generated/graphql.ts';
import { stopNeeds } from './stop-needs.ts';

type Budget = NonNullable<BudgetStopsQuery['company']>['budgets']['nodes'][number];

const budget = (part: Partial<Budget> = {}): Budget => ({
  id: 'b', subject: { __typename: 'Project', id: 'p', name: 'Sails', color: '#111111' },
  stop: { message: 'the budget of project Sails is used up', incident: { id: 'i', status: 'OPEN', approval: { id: 'a' } } }, ...part,
});
const company = (...nodes: Budget[]): BudgetStopsQuery['company'] => ({ id: 'c', budgets: { nodes } });

test('a stop waits for a decision, under the name of the approval that asks for it', () => {
  expect(stopNeeds(company(budget()), 'HAL')).toEqual([
    { key: 'a', glyph: { icon: 'pause' }, title: 'Sails: budget used up', id: null, why: 'The budget of project Sails is used up.', verb: 'Decide', href: '/HAL/costs?view=budgets' },
  ]);
});

test('what is decided, stops nothing or is not known yet waits for nobody', () => {
  const kept = budget({ stop: { message: '', incident: { id: 'i', status: 'KEPT_PAUSED', approval: null } } });
  expect(stopNeeds(company(kept, budget({ stop: null })), 'HAL')).toEqual([]);
  expect(stopNeeds(undefined, 'HAL')).toEqual([]);
});

test('an issue is named by its title, with its identifier beside it', () => {
  const issue = budget({ subject: { __typename: 'Issue', id: 'x', identifier: 'HAL-1', title: 'Rates', issueStatus: 'TODO' } });
  expect(stopNeeds(company(issue), 'HAL')[0]).toMatchObject({ title: 'Rates: budget used up', id: 'HAL-1' });
});
