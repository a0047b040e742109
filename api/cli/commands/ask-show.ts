import { defineCommand } from '../command.ts';
import { interactionById, interactionText } from '../interaction.ts';

export const command = defineCommand({
  usage: 'ask show ID',
  about: 'What was asked, and what came of it.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const one = await interactionById(settings, args[0]);
    show(one, () => interactionText(one));
  },
});
