import { decide } from '../approval-decision.ts';
import { approvalText } from '../approval.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  usage: 'approval reject ID [--note TEXT] [--revision N]',
  about: 'The board says no. Agents may not.',
  args: 1,
  flags: {
    note: { type: 'string', short: 'n', about: 'a word to who asked' },
    revision: { type: 'string', value: 'N', about: 'the version that you looked at; the latest when absent' },
  },
  async run({ settings, flags, args, show }) {
    const decided = await decide(settings, args[0], 'REJECTED', flags);
    show(decided, () => approvalText(decided));
  },
});
