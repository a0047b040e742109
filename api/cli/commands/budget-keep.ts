import { budgetById } from '../budget.ts';
import { decideStop } from '../budget-stop.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  usage: 'budget keep BUDGET',
  about: 'Leaves stopped what a used-up budget stopped, until its window has passed or it is changed. For the board.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const budget = await budgetById(settings, args[0]);
    const decided = await decideStop(settings, budget, { resolution: 'KEEP_PAUSED' });
    show(decided, () => `kept stopped${budget.windowEndsAt ? ` until ${budget.windowEndsAt}` : ''}`);
  },
});
