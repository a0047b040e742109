import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { projectById } from '../project/reads.ts';
import { ProjectRef } from '../project/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { BillingTypeEnum, CostStatusEnum } from '../shared/enums.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { reportCost } from './commands.ts';
import { CostEventRef } from './ref.ts';
import type { CostSummary } from './reads.ts';

export const CostSummaryType = builder.objectRef<CostSummary>('CostSummary').implement({
  description: 'Sums over uses of models.',
  fields: (t) => ({
    costMicros: t.expose('costMicros', { type: 'Micros', description: 'What is billed. Unpriced uses add nothing here; see unpricedCount.' }),
    imputedMicros: t.expose('imputedMicros', { type: 'Micros', description: 'What it is worth by the price list, also where a subscription pays. Uses of models without a known price add nothing here; see unimputedCount.' }),
    inputTokens: t.expose('inputTokens', { type: 'BigInt', description: 'Tokens read, without cached ones.' }),
    cachedInputTokens: t.expose('cachedInputTokens', { type: 'BigInt', description: 'Tokens read from the provider\'s cache.' }),
    outputTokens: t.expose('outputTokens', { type: 'BigInt', description: 'Tokens written.' }),
    eventCount: t.exposeInt('eventCount', { description: 'Events in the sum.' }),
    unpricedCount: t.exposeInt('unpricedCount', { description: 'Events whose price is not known.' }),
    unimputedCount: t.exposeInt('unimputedCount', { description: 'Events of models that no price is known for.' }),
    runCount: t.int({ complexity: 3, description: 'Runs that the events belong to.', resolve: async ({ runs }, _args, ctx) => (await runs(ctx)).count }),
    runtimeMs: t.field({ type: 'BigInt', complexity: 3, description: 'How long these runs took together, until now where they still run.', resolve: async ({ runs }, _args, ctx) => (await runs(ctx)).runtimeMs }),
  }),
});

CostEventRef.implement({
  description: 'One reported use of a model. Never changed afterwards, but for what a price that the board sets later says about it.',
  interfaces: [Node],
  fields: (t) => ({
    agent: t.field({ type: AgentRef, description: 'Who spent it.', resolve: async (event, _args, ctx) => (await ctx.loading.load(agentById, event.agentId)) as never }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'For what.', resolve: (event, _args, ctx) => (event.issueId ? ctx.loading.load(issueById, event.issueId) : null) }),
    project: t.field({ type: ProjectRef, nullable: true, description: 'The issue\'s project at that time.', resolve: (event, _args, ctx) => (event.projectId ? ctx.loading.load(projectById, event.projectId) : null) }),
    run: t.field({ type: RunRef, nullable: true, description: 'In which run.', resolve: (event, _args, ctx) => (event.runId ? ctx.loading.load(runById, event.runId) : null) }),
    provider: t.exposeString('provider', { description: 'Who ran the model: anthropic, openai …' }),
    biller: t.exposeString('biller', { description: 'Who sends the bill.' }),
    billingType: t.expose('billingType', { type: BillingTypeEnum, description: 'How it is paid.' }),
    model: t.exposeString('model', { description: 'The model as its provider names it.' }),
    inputTokens: t.expose('inputTokens', { type: 'BigInt', description: 'Tokens read, without cached ones.' }),
    cachedInputTokens: t.expose('cachedInputTokens', { type: 'BigInt', description: 'Tokens read from cache.' }),
    outputTokens: t.expose('outputTokens', { type: 'BigInt', description: 'Tokens written.' }),
    costMicros: t.expose('costMicros', { type: 'Micros', nullable: true, description: 'What is billed; null when unpriced.' }),
    imputedMicros: t.expose('imputedMicros', { type: 'Micros', nullable: true, description: 'What it is worth by the price list, also where a subscription pays; null where no price is known.' }),
    costStatus: t.expose('costStatus', { type: CostStatusEnum, description: 'Whether the price is known.' }),
    billingCode: t.exposeString('billingCode', { nullable: true, description: 'The issue\'s billing code at that time.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was spent.' }),
  }),
});

const ReportCostInput = builder.inputType('ReportCostInput', {
  description: 'One use of a model. Agent, issue and run come from the run token unless given.',
  fields: (t) => ({
    agentId: t.id({ description: 'Who spent it; needed from the board, for agents only themselves.' }),
    issueId: t.id({ description: 'For which issue; the run\'s when absent. From agents that of their run, their own, one that they had a run for, or one below those; others by TASKS_ASSIGN.' }),
    runId: t.id({ description: 'In which run; the token\'s when absent.' }),
    provider: t.string({ required: true, description: 'Who ran the model.' }),
    biller: t.string({ description: 'Who bills it; the provider when absent.' }),
    model: t.string({ required: true, description: 'The model.' }),
    billingType: t.field({ type: BillingTypeEnum, description: 'UNKNOWN when absent.' }),
    inputTokens: t.field({ type: 'BigInt', description: 'At least 0; 0 when absent.' }),
    cachedInputTokens: t.field({ type: 'BigInt', description: 'At least 0; 0 when absent.' }),
    outputTokens: t.field({ type: 'BigInt', description: 'At least 0; 0 when absent.' }),
    costMicros: t.field({ type: 'Micros', description: 'What is billed, at least 0. Null or absent: of a metered API the price list tells, where it knows the model; a subscription that includes the use bills nothing; all else is unpriced, never taken for zero.' }),
    occurredAt: t.field({ type: 'DateTime', description: 'Now when absent; not in the future, and from agents not before the run began, or a day ago without one.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});

builder.mutationField('reportCost', (t) =>
  t.field({
    type: CostEventRef,
    description: 'Records a use of a model. Agents report for themselves only, and for issues that they work on (FORBIDDEN). Negative numbers are BAD_USER_INPUT.',
    args: { input: t.arg({ type: ReportCostInput, required: true, description: 'What was used.' }) },
    resolve: (_root, { input }, ctx) => {
      const { inputTokens, cachedInputTokens, outputTokens, costMicros, ...rest } = checkedIds(input);
      return ctx.write((tx, by) => reportCost(tx, by, { ...rest, inputTokens, cachedInputTokens, outputTokens, costMicros }));
    },
  }),
);
