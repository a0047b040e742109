import { ask } from '../ask.ts';
import { budgetTable, partFlags, partOf } from '../budget.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';

const CompanyBudgetsQuery = graphql(`
  query CompanyBudgets($id: String!) {
    company(ref: $id) { budgets(first: 100) { nodes { ...BudgetRow } } }
  }
`);

/** A part has a few: one for each metric and window. */
const PartBudgetsQuery = graphql(`
  query PartBudgets($id: ID!) {
    node(id: $id) {
      ... on Agent { budgets(first: 20) { nodes { ...BudgetRow } } }
      ... on Project { budgets(first: 20) { nodes { ...BudgetRow } } }
      ... on Goal { budgets(first: 20) { nodes { ...BudgetRow } } }
      ... on Issue { budgets(first: 20) { nodes { ...BudgetRow } } }
    }
  }
`);

export const command = defineCommand({
  usage: 'budget list [options]',
  about: 'Budgets with what was used of them: all of the company, or those of one part.',
  args: 0,
  flags: partFlags,
  async run({ settings, flags, show }) {
    const { scope, subjectId } = await partOf(settings, flags);
    const of = scope === 'COMPANY' ? (await ask(settings, CompanyBudgetsQuery, { id: subjectId })).company : (await ask(settings, PartBudgetsQuery, { id: subjectId })).node;
    const budgets = of && 'budgets' in of ? of.budgets.nodes : [];
    show(budgets, () => [budgetTable(budgets), ...budgets.flatMap(({ stop }) => (stop ? [stop.message] : []))].join('\n'));
  },
});
