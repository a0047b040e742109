import { amountOf, budgetById } from '../budget.ts';
import { defineCommand } from '../command.ts';
import { decideStop } from '../budget-stop.ts';

export const command = defineCommand({
  usage: 'budget raise BUDGET AMOUNT',
  about: 'Raises a budget that is used up, by its id: what it stopped goes on. AMOUNT is more than was used by now. For the board.',
  args: 2,
  flags: {},
  async run({ settings, args, show }) {
    const budget = await budgetById(settings, args[0]);
    const decided = await decideStop(settings, budget, { resolution: 'RAISE_AND_RESUME', amount: amountOf(budget.metric, args[1]) });
    show(decided, () => 'raised: work goes on');
  },
});
