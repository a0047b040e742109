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
  description: 'Sums over cost events, computed when asked.',
  fields: (t) => ({
    costMicros: t.expose('costMicros', { type: 'Micros', description: 'Reported cost. Unpriced events add nothing here; see unpricedCount.' }),
    inputTokens: t.expose('inputTokens', { type: 'BigInt', description: 'Tokens read, without cached ones.' }),
    cachedInputTokens: t.expose('cachedInputTokens', { type: 'BigInt', description: 'Tokens read from the provider\'s cache.' }),
    outputTokens: t.expose('outputTokens', { type: 'BigInt', description: 'Tokens written.' }),
    eventCount: t.exposeInt('eventCount', { description: 'Events in the sum.' }),
    unpricedCount: t.exposeInt('unpricedCount', { description: 'Events whose price is not known.' }),
    runCount: t.int({
      description: 'Runs that the events belong to.',
      resolve: ({ runCount }, _args, ctx) => (typeof runCount === 'number' ? runCount : ctx.loading.load(runCount.runs, runCount.id)),
    }),
  }),
});

CostEventRef.implement({
  description: 'One reported use of a model. Never changed afterwards.',
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
    costMicros: t.expose('costMicros', { type: 'Micros', nullable: true, description: 'What it cost; null when unpriced.' }),
    costStatus: t.expose('costStatus', { type: CostStatusEnum, description: 'Whether the price is known.' }),
    billingCode: t.exposeString('billingCode', { nullable: true, description: 'The issue\'s billing code at that time.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was spent.' }),
  }),
});

const ReportCostInput = builder.inputType('ReportCostInput', {
  description: 'One use of a model. Agent, issue and run come from the run token unless given.',
  fields: (t) => ({
    agentId: t.id({ description: 'Who spent it; needed from the board, for agents only themselves.' }),
    issueId: t.id({ description: 'For which issue; the run\'s when absent.' }),
    runId: t.id({ description: 'In which run; the token\'s when absent.' }),
    provider: t.string({ required: true, description: 'Who ran the model.' }),
    biller: t.string({ description: 'Who bills it; the provider when absent.' }),
    model: t.string({ required: true, description: 'The model.' }),
    billingType: t.field({ type: BillingTypeEnum, description: 'UNKNOWN when absent.' }),
    inputTokens: t.field({ type: 'BigInt', description: 'At least 0; 0 when absent.' }),
    cachedInputTokens: t.field({ type: 'BigInt', description: 'At least 0; 0 when absent.' }),
    outputTokens: t.field({ type: 'BigInt', description: 'At least 0; 0 when absent.' }),
    costMicros: t.field({ type: 'Micros', description: 'At least 0. Null or absent: unpriced, never taken for zero.' }),
    occurredAt: t.field({ type: 'DateTime', description: 'Now when absent; not in the future.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});

builder.mutationField('reportCost', (t) =>
  t.field({
    type: CostEventRef,
    description: 'Records a use of a model. Agents report for themselves only (FORBIDDEN). Negative numbers are BAD_USER_INPUT.',
    args: { input: t.arg({ type: ReportCostInput, required: true, description: 'What was used.' }) },
    resolve: (_root, { input }, ctx) => {
      const { inputTokens, cachedInputTokens, outputTokens, costMicros, ...rest } = checkedIds(input);
      return ctx.write((tx, by) => reportCost(tx, by, { ...rest, inputTokens, cachedInputTokens, outputTokens, costMicros }));
    },
  }),
);
