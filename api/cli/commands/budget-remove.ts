import { ask } from '../ask.ts';
import { budgetById, limitText, subjectName } from '../budget.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { plain } from '../print.ts';

const RemoveBudgetMutation = graphql(`
  mutation RemoveBudget($input: RemoveBudgetInput!) {
    removeBudget(input: $input) { id }
  }
`);

export const command = defineCommand({
  usage: 'budget remove BUDGET',
  about: 'Takes a budget away, by its id. What it stopped goes on.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const budget = await budgetById(settings, args[0]);
    const { removeBudget } = await ask(settings, RemoveBudgetMutation, { input: { budgetId: budget.id } });
    show(removeBudget, () => `removed: ${plain(subjectName(budget))}, ${limitText(budget)}`);
  },
});
