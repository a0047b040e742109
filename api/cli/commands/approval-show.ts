import { approvalById, approvalText } from '../approval.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  usage: 'approval show ID',
  about: 'What the board is to approve, what was said on it, and what became of it.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const approval = await approvalById(settings, args[0]);
    show(approval, () => approvalText(approval));
  },
});
