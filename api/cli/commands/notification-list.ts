import { defineCommand } from '../command.ts';
import { targetsOf, targetTable } from '../notification.ts';

export const command = defineCommand({
  usage: 'notification list',
  about: 'Who outside of Boardroom is told what happens in the company.',
  args: 0,
  flags: {},
  async run({ settings, show }) {
    const targets = await targetsOf(settings);
    show(targets, () => targetTable(targets));
  },
});
