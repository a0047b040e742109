import { builder } from '../builder.ts';
import { companyById } from '../company/reads.ts';
import { mustBeBoard, visible } from '../access/principal.ts';
import { badInput, notFound } from '../shared/refusal.ts';
import { checkedIds } from '../shared/lookup.ts';
import type { AdapterDescription, TestReport } from './adapters.ts';
import { agentById } from './reads.ts';
import { AgentRef } from './ref.ts';

const AdapterModel = builder.objectRef<{ id: string; label: string }>('AdapterModel').implement({
  description: 'A model that an adapter can use.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'What to put into the configuration.' }),
    label: t.exposeString('label', { description: 'For people.' }),
  }),
});

const AdapterInfo = builder.objectRef<AdapterDescription>('AdapterInfo').implement({
  description: 'A way to run agents.',
  fields: (t) => ({
    type: t.exposeString('type', { description: 'For Agent.adapterType.' }),
    label: t.exposeString('label', { description: 'For people.' }),
    description: t.exposeString('description', { description: 'What it does.' }),
    configSchema: t.expose('configSchema', { type: 'JSON', description: 'JSON Schema of the configuration.' }),
    models: t.field({ type: [AdapterModel], complexity: 10, description: 'Models known now; asks the provider where that is possible.', resolve: (adapter, _args, ctx) => ctx.adapters.models(adapter.type) }),
    supportsModels: t.exposeBoolean('supportsModels', { description: 'Whether it has a choice of models.' }),
  }),
});

builder.objectField(AgentRef, 'models', (t) =>
  t.field({
    type: [AdapterModel], nullable: true, complexity: 10, authScopes: { board: true }, unauthorizedResolver: () => null,
    description: 'Models that it can use: asked of its provider with its own key where that is possible, at most once a minute. For the board; null for agents.',
    resolve: (agent, _args, ctx) => ctx.adapters.models(agent.adapterType, agent.adapterConfig),
  }),
);

builder.queryField('adapters', (t) => t.field({ type: [AdapterInfo], description: 'The ways to run agents.', resolve: (_root, _args, ctx) => ctx.adapters.list() }));

const CheckOutcome = builder.enumType('CheckOutcome', {
  description: 'How a check went.',
  values: { OK: { description: 'Fine.' }, WARN: { description: 'Works, but look at it.' }, FAIL: { description: 'An agent could not work like this.' } } as const,
});
const TestCheck = builder.objectRef<TestReport['checks'][number]>('TestCheck').implement({
  description: 'One thing looked at.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What was looked at.' }),
    outcome: t.expose('outcome', { type: CheckOutcome, description: 'How it went.' }),
    message: t.exposeString('message', { description: 'What was found.' }),
    hint: t.string({ nullable: true, description: 'What to do about it.', resolve: (check) => check.hint ?? null }),
  }),
});
const TestAgentReport = builder.objectRef<TestReport>('TestAgentReport').implement({
  description: 'Whether an agent could work on this machine.',
  fields: (t) => ({
    ok: t.exposeBoolean('ok', { description: 'No check failed.' }),
    checks: t.field({ type: [TestCheck], description: 'All checks, in order.', resolve: (report) => report.checks }),
  }),
});

const TestAgentInput = builder.inputType('TestAgentInput', {
  description: 'A saved agent, or a configuration before it is saved.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'In which company.' }),
    agentId: t.id({ description: 'A saved agent; its stored secrets stand in for redacted ones.' }),
    adapterType: t.string({ description: 'The agent\'s when absent.' }),
    adapterConfig: t.field({ type: 'JSON', description: 'The agent\'s when absent.' }),
  }),
});

builder.mutationField('testAgent', (t) =>
  t.field({
    type: TestAgentReport, description: 'Looks whether an agent could work here: installed, version, signed in, folder. Changes nothing. Board only.',
    args: { input: t.arg({ type: TestAgentInput, required: true, description: 'What to test.' }) },
    resolve: async (_root, { input }, ctx) => {
      const { companyId, agentId } = checkedIds(input);
      const company = await ctx.loading.load(companyById, companyId);
      visible(ctx.principal, company && { companyId: company.id }, 'company');
      mustBeBoard(ctx.principal, 'test agents');
      const agent = agentId ? visible(ctx.principal, await ctx.loading.load(agentById, agentId), 'agent') : null;
      if (agent && agent.companyId !== companyId) throw notFound('agent');
      const type = input.adapterType ?? agent?.adapterType;
      if (!type) throw badInput('adapterType', 'name the adapter, or an agent');
      const stored = agent?.adapterType === type ? agent.adapterConfig : null;
      return ctx.adapters.test(type, ctx.adapters.checkedConfig(type, input.adapterConfig ?? stored ?? {}, stored));
    },
  }),
);
