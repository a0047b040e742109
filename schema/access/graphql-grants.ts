import type { AgentPermission } from '../../prisma/generated/enums.ts';
import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { projectById } from '../project/reads.ts';
import { ProjectRef } from '../project/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { described } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { setGrant } from './commands/set-grant.ts';
import { Actor, actorFrom } from './graphql.ts';
import { grantsOfAgent, permissionsGranted } from './reads.ts';
import { AgentGrantRef } from './ref.ts';
import { type AssignScope, BY_ROLE } from './rules.ts';

const AgentPermissionEnum = described('AgentPermission', 'Something that not every agent may. The board may all of it, and grants it by setGrant.', {
  AGENTS_CREATE: 'Hire agents below itself, where hires need no approval. A CEO has it by its role.',
  AGENTS_CONFIGURE: 'Change the settings of other agents.',
  TASKS_ASSIGN: 'Give any issue to anybody. A CEO has it by its role.',
  TASKS_ASSIGN_SCOPE: 'Give issues to others within the scope of the grant.',
  TASKS_MANAGE_ACTIVE_CHECKOUTS: 'Change issues that a run of another agent has checked out.',
});

const AssignScopeType = builder.objectRef<AssignScope>('AssignScope').implement({
  description: 'Within what an agent gives issues to others: all that is there must match, the rest does not limit.',
  fields: (t) => ({
    projects: t.field({
      type: [ProjectRef], nullable: true, complexity: { field: 1, multiplier: 5 }, description: 'Only issues of these projects, before and after; null: of any, or of none.',
      resolve: async ({ projectIds }, _args, ctx) => (projectIds ? (await Promise.all(projectIds.map((id) => ctx.loading.load(projectById, id)))).filter((row) => row !== null) : null),
    }),
    agents: t.field({
      type: [AgentRef], nullable: true, complexity: { field: 1, multiplier: 5 }, description: 'Only from and to these agents and the agent itself, and never from or to people; null: any.',
      resolve: async ({ agentIds }, _args, ctx) => (agentIds ? (await Promise.all(agentIds.map((id) => ctx.loading.load(agentById, id)))).filter((row) => row !== null) : null),
    }),
    managedSubtree: t.boolean({ description: 'Only from and to the agent itself and agents that report to it, directly or through others, and never from or to people.', resolve: ({ managedSubtree }) => managedSubtree ?? false }),
  }),
});

AgentGrantRef.implement({
  description: 'Something that the board lets one agent do beyond what all agents may.',
  interfaces: [Node],
  fields: (t) => ({
    agent: t.field({ type: AgentRef, description: 'Which agent.', resolve: async (grant, _args, ctx) => (await ctx.loading.load(agentById, grant.agentId)) as never }),
    permission: t.expose('permission', { type: AgentPermissionEnum, description: 'What it may.' }),
    scope: t.field({ type: AssignScopeType, nullable: true, description: 'Of TASKS_ASSIGN_SCOPE: within what; null for the others.', resolve: ({ scope }) => scope as AssignScope | null }),
    grantedBy: t.field({ type: Actor, description: 'Who gave it, or changed its scope last.', resolve: (grant, _args, ctx) => actorFrom(ctx, grant.grantorType, grant.grantorId) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first given.' }),
  }),
});
const AgentGrantConnection = connectionOf(AgentGrantRef, 'AgentGrant');

builder.objectFields(AgentRef, (t) => ({
  grants: t.field({
    type: AgentGrantConnection, args: pageArgs(), complexity: listComplexity, description: 'What the board has granted it, oldest first; see permissions for all that it may.',
    resolve: (agent, args, ctx) => listOf(ctx, grantsOfAgent, agent.id, args),
  }),
  permissions: t.field({
    type: [AgentPermissionEnum], description: 'What it may beyond what all agents may: by grants and by its role.',
    resolve: async (agent, _args, ctx) => {
      const granted = (await ctx.loading.load(permissionsGranted, agent.id)).map(({ permission }) => permission);
      return [...new Set<AgentPermission>([...(BY_ROLE[agent.role] ?? []), ...granted])].sort();
    },
  }),
}));

const AssignScopeInput = builder.inputType('AssignScopeInput', {
  description: 'Within what an agent gives issues to others: all that is given must match. Something must be.',
  fields: (t) => ({
    projectIds: t.idList({ description: 'Only issues of these projects, 1 to 50.' }),
    agentIds: t.idList({ description: 'Only from and to these agents and the agent itself, 1 to 50.' }),
    managedSubtree: t.boolean({ description: 'Only from and to the agent itself and agents that report to it.' }),
  }),
});
const SetGrantInput = builder.inputType('SetGrantInput', {
  description: 'What one agent may.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'Which agent.' }),
    permission: t.field({ type: AgentPermissionEnum, required: true, description: 'What.' }),
    granted: t.boolean({ required: true, description: 'True gives it, or changes its scope; false takes it away.' }),
    scope: t.field({ type: AssignScopeInput, description: 'Of TASKS_ASSIGN_SCOPE, where it is needed; of nothing else.' }),
  }),
});

builder.mutationField('setGrant', (t) =>
  t.field({
    type: AgentRef, description: 'Lets an agent do more than all agents may, or no longer. It holds for what the agent asks next. Asked again it changes nothing; what a role brings cannot be taken away (RULE_VIOLATION). Board only.',
    args: { input: t.arg({ type: SetGrantInput, required: true, description: 'The grant.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => {
      if (input.scope) checkedIds(input.scope);
      return setGrant(tx, by, checkedIds(input));
    }),
  }),
);
