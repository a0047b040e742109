import type { Agent } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';
import { companyById } from '../company/reads.ts';
import { CompanyRef } from '../company/ref.ts';
import { CostSummaryType } from '../cost/graphql.ts';
import { costOf } from '../cost/reads.ts';
import { IssueConnection, IssueFilterInput, IssueOrderInput } from '../issue/graphql/lists.ts';
import { issueConditions, issueOrder, issuesOfAgent } from '../issue/reads.ts';
import { RunConnection } from '../run/graphql/connection.ts';
import { RunFilterInput } from '../run/graphql/filter.ts';
import { currentRunsOfAgent, runConditions, runsOfAgent } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { AgentRoleEnum, AgentStatusEnum, PauseReasonEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { seen } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { WakeupConnection, WakeupFilterInput } from '../wake/graphql.ts';
import { wakeupConditions, wakeupsOfAgent } from '../wake/reads.ts';
import { AgentKeyConnection } from './graphql-keys.ts';
import { AgentRevisionConnection } from './graphql-revisions.ts';
import { agentById, keysOfAgent, reportsOfAgent, revisionsOfAgent, skippedHeartbeats } from './reads.ts';
import { AgentRef } from './ref.ts';

export const AgentConnection = connectionOf(AgentRef, 'Agent', { totalCount: true });

export const AgentFilterInput = builder.inputType('AgentFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [AgentStatusEnum], description: 'In one of these.' }),
    managerId: t.id({ description: 'Reporting directly to this agent.' }),
    text: t.string({ description: 'Name or title contains it, whatever the case.' }),
  }),
});

const Heartbeat = builder.objectRef<Agent>('Heartbeat').implement({
  description: 'Whether and how often an agent wakes by itself.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Off by default.', resolve: (agent) => agent.heartbeatEnabled }),
    intervalSec: t.int({ description: 'Seconds between heartbeats, at least 30.', resolve: (agent) => agent.heartbeatIntervalSec }),
    runWhenIdle: t.boolean({ description: 'Run even when the database knows of no work for it. Off by default, so that idle agents cost nothing.', resolve: (agent) => agent.heartbeatWhenIdle }),
    wakeOnDemand: t.boolean({ description: 'Whether anything but its timer wakes it. On by default.', resolve: (agent) => agent.wakeOnDemand }),
    nextAt: t.field({ type: 'DateTime', nullable: true, description: 'When the next one is due.', resolve: (agent) => agent.nextHeartbeatAt }),
    skippedCount: t.int({ complexity: 3, description: 'Heartbeats answered from the database without a run: no tokens spent.', resolve: (agent, _args, ctx) => ctx.loading.load(skippedHeartbeats, agent.id) }),
  }),
});

AgentRef.implement({
  description: 'An AI employee.',
  interfaces: [Node],
  fields: (t) => ({
    company: t.field({ type: CompanyRef, description: 'Where it works.', resolve: async (agent, _args, ctx) => (await ctx.loading.load(companyById, agent.companyId)) as never }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    role: t.expose('role', { type: AgentRoleEnum, description: 'Its job.' }),
    title: t.exposeString('title', { nullable: true, description: 'Its title, in words.' }),
    capabilities: t.exposeString('capabilities', { nullable: true, description: 'What it can do, for colleagues who delegate.' }),
    status: t.expose('status', { type: AgentStatusEnum, description: 'What it does now.' }),
    manager: t.field({ type: AgentRef, nullable: true, description: 'Whom it reports to; null at the top.', resolve: (agent, _args, ctx) => (agent.managerId ? ctx.loading.load(agentById, agent.managerId) : null) }),
    reports: t.field({ type: AgentConnection, args: pageArgs(), complexity: listComplexity, description: 'Who reports to it, oldest first.', resolve: (agent, args, ctx) => listOf(ctx, reportsOfAgent, agent.id, args) }),
    adapterType: t.exposeString('adapterType', { description: 'How it is run; see Query.adapters.' }),
    adapterConfig: t.field({ type: 'JSON', description: 'Settings of the adapter, secrets redacted.', resolve: (agent, _args, ctx) => ctx.adapters.redactedConfig(agent.adapterType, agent.adapterConfig) }),
    cheapConfig: t.field({ type: 'JSON', nullable: true, description: 'Laid over adapterConfig for runs on the cheap lane; null where it has none.', resolve: (agent) => agent.cheapConfig }),
    heartbeat: t.field({ type: Heartbeat, description: 'Whether it wakes by itself.', resolve: (agent) => agent }),
    maxConcurrentRuns: t.exposeInt('maxConcurrentRuns', { description: 'Runs at once, 1 to 50.' }),
    pauseReason: t.expose('pauseReason', { type: PauseReasonEnum, nullable: true, description: 'Why it is paused.' }),
    pausedAt: t.expose('pausedAt', { type: 'DateTime', nullable: true, description: 'Since when.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Why its last run failed, while its status is ERROR.' }),
    lastRunAt: t.expose('lastRunAt', { type: 'DateTime', nullable: true, description: 'When it last ran.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was hired.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    currentRuns: t.field({ type: [RunRef], complexity: { field: 1, multiplier: 2 }, description: 'Runs that are live now, newest first.', resolve: (agent, _args, ctx) => ctx.loading.load(currentRunsOfAgent, agent.id) }),
    runs: t.field({
      type: RunConnection, complexity: listComplexity, description: 'Its runs, newest first.',
      args: { ...pageArgs(), filter: t.arg({ type: RunFilterInput, description: 'Which.' }) },
      resolve: (agent, args, ctx) => listOf(ctx, runsOfAgent, agent.id, args, runConditions(args.filter)),
    }),
    issues: t.field({
      type: IssueConnection, complexity: listComplexity, description: 'Issues assigned to it, newest first.',
      args: { ...pageArgs(), filter: t.arg({ type: IssueFilterInput, description: 'Which.' }), orderBy: t.arg({ type: IssueOrderInput, description: 'In what order.' }) },
      resolve: async (agent, args, ctx) => listOf(ctx, issuesOfAgent, agent.id, args, await issueConditions(ctx, args.filter), issueOrder(args.orderBy)),
    }),
    wakeups: t.field({
      type: WakeupConnection, complexity: listComplexity, description: 'Requests to wake it, newest first, with the reason of each that led to no run.',
      args: { ...pageArgs(), filter: t.arg({ type: WakeupFilterInput, description: 'Which.' }) },
      resolve: (agent, args, ctx) => listOf(ctx, wakeupsOfAgent, agent.id, args, wakeupConditions(args.filter)),
    }),
    keys: t.field({
      type: AgentKeyConnection, nullable: true, args: pageArgs(), complexity: listComplexity, description: 'Its long-lived keys, newest first. For the board; null for agents.',
      authScopes: { board: true }, unauthorizedResolver: () => null,
      resolve: (agent, args, ctx) => listOf(ctx, keysOfAgent, agent.id, args),
    }),
    revisions: t.field({
      type: AgentRevisionConnection, args: pageArgs(), complexity: listComplexity, description: 'Its settings after each change, newest first, without secrets.',
      resolve: (agent, args, ctx) => listOf(ctx, revisionsOfAgent, agent.id, args),
    }),
    cost: t.field({
      type: CostSummaryType, complexity: 5, description: 'What it cost.',
      args: { since: t.arg({ type: 'DateTime', description: 'Only from this time on.' }) },
      resolve: (agent, { since }, ctx) => costOf(ctx, { of: 'AGENT', id: agent.id, companyId: agent.companyId }, { since: since ?? null, until: null }),
    }),
  }),
});

builder.queryField('agent', (t) =>
  t.field({
    type: AgentRef, nullable: true, description: 'An agent by id; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, ctx) => seen(ctx, agentById, id),
  }),
);
