import { ask } from '../ask.ts';
import { budgetTable, partFlags, partOf } from '../budget.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';

const CompanyBudgetsQuery = graphql(`
  query CompanyBudgets($id: ID!) {
    node(id: $id) {
      ... on Company { budgets(first: 100) { nodes { ...BudgetRow } } }
      ... on Agent { budgets(first: 100) { nodes { ...BudgetRow } } }
      ... on Project { budgets(first: 100) { nodes { ...BudgetRow } } }
      ... on Goal { budgets(first: 100) { nodes { ...BudgetRow } } }
      ... on Issue { budgets(first: 100) { nodes { ...BudgetRow } } }
    }
  }
`);

export const command = defineCommand({
  usage: 'budget list [options]',
  about: 'Budgets with what was used of them: all of the company, or those of one part.',
  args: 0,
  flags: partFlags,
  async run({ settings, flags, show }) {
    const { subjectId } = await partOf(settings, flags);
    const { node } = await ask(settings, CompanyBudgetsQuery, { id: subjectId });
    const budgets = node && 'budgets' in node ? node.budgets.nodes : [];
    show(budgets, () => [budgetTable(budgets), ...budgets.flatMap(({ stop }) => (stop ? [stop.message] : []))].join('\n'));
  },
});
