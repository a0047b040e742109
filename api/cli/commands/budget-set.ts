import { ask } from '../ask.ts';
import { amountOf, budgetTable, metrics, partFlags, partOf, windows } from '../budget.ts';
import { choose, count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';

const SetBudgetMutation = graphql(`
  mutation SetBudget($input: SetBudgetInput!) {
    setBudget(input: $input) { ...BudgetRow }
  }
`);

export const command = defineCommand({
  usage: 'budget set AMOUNT [options]',
  about: 'Limits what a part of the company may use: the company, unless one is named. AMOUNT is in dollars for what costs, else a whole number; 0 limits nothing.\nSet again for the same part, metric and window, it is changed. Agents set those of agents below them, within their own.',
  args: 1,
  flags: {
    ...partFlags,
    metric: { type: 'string', value: 'METRIC', about: 'billed-cost (default), imputed-cost, tokens or runs' },
    window: { type: 'string', value: 'WINDOW', about: 'month (default), rolling or lifetime' },
    hours: { type: 'string', value: 'N', about: 'length of a rolling window' },
    warn: { type: 'string', value: 'PERCENT', about: 'when to warn, 1 to 99; 80 at first' },
    stop: { type: 'string', value: 'yes|no', about: 'whether the part is stopped at the amount; yes at first' },
  },
  async run({ settings, flags, args, show }) {
    const metric = flags.metric ? choose('--metric', metrics, flags.metric) : 'BILLED_COST';
    const hours = flags.hours === undefined ? null : count('--hours', flags.hours);
    const window = flags.window ? choose('--window', windows, flags.window) : hours === null ? 'MONTH' : 'ROLLING';
    const { setBudget } = await ask(settings, SetBudgetMutation, {
      input: {
        ...(await partOf(settings, flags)), metric, window, windowHours: hours, amount: amountOf(metric, args[0]),
        warnPercent: flags.warn === undefined ? null : count('--warn', flags.warn), hardStop: flags.stop === undefined ? null : choose('--stop', ['YES', 'NO'], flags.stop) === 'YES',
      },
    });
    show(setBudget, () => [budgetTable([setBudget]), ...(setBudget.stop ? [setBudget.stop.message] : [])].join('\n'));
  },
});
