import { decide } from '../approval-decision.ts';
import { approvalText } from '../approval.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  usage: 'approval approve ID [--note TEXT] [--budget AMOUNT] [--revision N]',
  about: 'The board says yes, and what was asked for happens. Agents may not.',
  args: 1,
  flags: {
    note: { type: 'string', short: 'n', about: 'a word to who asked' },
    revision: { type: 'string', value: 'N', about: 'the version that you looked at; the latest when absent' },
    budget: { type: 'string', value: 'AMOUNT', about: 'of a budget override: the new limit, in the unit of the budget' },
  },
  async run({ settings, flags, args, show }) {
    const decided = await decide(settings, args[0], 'APPROVED', flags);
    show(decided, () => approvalText(decided));
  },
});
