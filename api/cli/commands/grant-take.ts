import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { grantTable, permission, SetGrantMutation } from '../grant.ts';
import { agentId } from '../refs.ts';

export const command = defineCommand({
  usage: 'grant take AGENT PERMISSION',
  about: 'Takes a grant away from an agent, for the board. What its role brings stays.',
  args: 2,
  flags: {},
  async run({ settings, args, show }) {
    const [named, given] = args;
    if (!named) throw new UsageError('name an agent');
    const { setGrant } = await ask(settings, SetGrantMutation, { input: { agentId: await agentId(settings, named), permission: permission(given), granted: false } });
    show(setGrant, () => grantTable(setGrant));
  },
});
