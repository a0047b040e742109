import { Actor, actorFrom } from '../access/graphql.ts';
import { builder } from '../builder.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf } from '../shared/connection.ts';
import { RevisionSourceEnum } from '../shared/enums.ts';
import { whenRead } from '../shared/loading.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { agentById, agentRevisionById, settingsBefore } from './reads.ts';
import { AgentRef, AgentRevisionRef } from './ref.ts';
import { changesOf, type SettingChange, type Settings } from './revision-rules.ts';
import { rollbackAgentConfig } from './rollback.ts';

export const SettingChangeType = builder.objectRef<SettingChange>('SettingChange').implement({
  description: 'One setting that is not as it was before.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its path: title, heartbeat.enabled, adapterConfig.env.TOKEN.' }),
    before: t.field({ type: 'JSON', nullable: true, description: 'As it was; null where it was not set. Of a secret, ••• .', resolve: ({ before }) => before }),
    after: t.field({ type: 'JSON', nullable: true, description: 'As it is since; null where it is not set. Of a secret, ••• .', resolve: ({ after }) => after }),
  }),
});

AgentRevisionRef.implement({
  description: 'The settings of an agent after a change, without secrets: those are not kept, and cannot be brought back.',
  interfaces: [Node],
  fields: (t) => ({
    agent: t.field({ type: AgentRef, description: 'Whose.', resolve: async (row, _args, ctx) => (await ctx.loading.load(agentById, row.agentId)) as never }),
    number: t.exposeInt('number', { description: '1 for the first, without gaps.' }),
    source: t.expose('source', { type: RevisionSourceEnum, description: 'What made it.' }),
    settings: t.field({ type: 'JSON', description: 'All settings by name, in the shape of UpdateAgentInput. Secrets are •••.', resolve: (row) => row.settings }),
    changes: t.field({
      type: [SettingChangeType], complexity: { field: 2, multiplier: 3 }, description: 'What is not as in the revision before; empty for the first.',
      resolve: (row, _args, ctx) => whenRead(ctx.loading.load(settingsBefore, row.id), (before) => changesOf(row.changed, before ?? {}, row.settings as Settings)),
    }),
    rolledBackTo: t.field({ type: AgentRevisionRef, nullable: true, description: 'ROLLED_BACK: whose settings were brought back.', resolve: (row, _args, ctx) => (row.rolledBackToId ? ctx.loading.load(agentRevisionById, row.rolledBackToId) : null) }),
    createdBy: t.field({ type: Actor, description: 'Who made the change.', resolve: (row, _args, ctx) => actorFrom(ctx, row.actorType, row.actorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'In which run; null where it was none.', resolve: (row, _args, ctx) => (row.runId ? ctx.loading.load(runById, row.runId) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

export const AgentRevisionConnection = connectionOf(AgentRevisionRef, 'AgentRevision', { totalCount: true });

const RollbackAgentConfigInput = builder.inputType('RollbackAgentConfigInput', {
  description: 'Which settings to bring back.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'Of which agent.' }),
    revisionId: t.id({ required: true, description: 'As they were after this change.' }),
  }),
});

builder.mutationField('rollbackAgentConfig', (t) =>
  t.field({
    type: AgentRef,
    description:
      'Gives an agent the settings that it had after an earlier change; the manager included. Secrets keep the values of today. RULE_VIOLATION: a secret of then is not set today (details.fields names each), ' +
      'its manager of then was terminated or would make a circle. The board, and agents with AGENTS_CONFIGURE those who report to them (FORBIDDEN else).',
    args: { input: t.arg({ type: RollbackAgentConfigInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => rollbackAgentConfig(tx, by, ctx.adapters, checkedIds(input))),
  }),
);
