import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import type { AssignScopeInput } from '../generated/graphql.ts';
import { grantTable, permission, SetGrantMutation } from '../grant.ts';
import { agentId, projectId } from '../refs.ts';

export const command = defineCommand({
  usage: 'grant give AGENT PERMISSION [options]',
  about: 'Lets an agent do more than all agents may, for the board. The options are the scope of tasks-assign-scope: all that are given must match.',
  args: 2,
  flags: {
    projects: { type: 'string', value: 'NAMES', about: 'issues of these projects, by name or id, separated by commas' },
    agents: { type: 'string', value: 'NAMES', about: 'from and to these agents, by name or id, separated by commas' },
    below: { type: 'boolean', about: 'from and to the agent itself and those that report to it' },
  },
  async run({ settings, flags, args, show }) {
    const [named, given] = args;
    if (!named) throw new UsageError('name an agent');
    const scope: AssignScopeInput = {};
    if (flags.projects) scope.projectIds = await Promise.all(words(flags.projects).map((name) => projectId(settings, name)));
    if (flags.agents) scope.agentIds = await Promise.all(words(flags.agents).map((name) => agentId(settings, name)));
    if (flags.below) scope.managedSubtree = true;
    const input = { agentId: await agentId(settings, named), permission: permission(given), granted: true, ...(Object.keys(scope).length > 0 ? { scope } : {}) };
    const { setGrant } = await ask(settings, SetGrantMutation, { input });
    show(setGrant, () => grantTable(setGrant));
  },
});

function words(list: string): string[] {
  return list.split(',').map((word) => word.trim()).filter(Boolean);
}
