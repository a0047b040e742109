import { now as clock } from '../../prisma/clock.ts';
import type { Company } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';
import { CostSummaryType } from '../cost/graphql.ts';
import { costOf } from '../cost/reads.ts';
import { IssueCounts } from '../issue/graphql/lists.ts';
import { RunRef } from '../run/ref.ts';
import { whenRead } from '../shared/loading.ts';
import { pageSize } from '../shared/paging.ts';
import type { AgentStatus, Priority } from '../shared/values.ts';
import { agentCounts, countsByStatus, issueTally, monthStart, openByPriority, type RunDay as RunDayRow, runsByDay, runsInStatus } from './dashboard.ts';

const AgentCounts = builder.objectRef<Partial<Record<AgentStatus, number>>>('AgentCounts').implement({
  description: 'How many agents do what. Those that are terminated, or not hired yet, are not counted.',
  fields: (t) => ({
    total: t.int({ description: 'All that are hired.', resolve: (n) => (n.IDLE ?? 0) + (n.RUNNING ?? 0) + (n.ERROR ?? 0) + (n.PAUSED ?? 0) }),
    idle: t.int({ description: 'Ready.', resolve: (n) => n.IDLE ?? 0 }),
    running: t.int({ description: 'With a live run.', resolve: (n) => n.RUNNING ?? 0 }),
    error: t.int({ description: 'Whose last run failed.', resolve: (n) => n.ERROR ?? 0 }),
    paused: t.int({ description: 'Paused.', resolve: (n) => n.PAUSED ?? 0 }),
  }),
});

const PriorityCounts = builder.objectRef<Partial<Record<Priority, number>>>('PriorityCounts').implement({
  description: 'How many open issues are how urgent.',
  fields: (t) => ({
    critical: t.int({ description: 'Critical.', resolve: (n) => n.CRITICAL ?? 0 }),
    high: t.int({ description: 'High.', resolve: (n) => n.HIGH ?? 0 }),
    medium: t.int({ description: 'Medium.', resolve: (n) => n.MEDIUM ?? 0 }),
    low: t.int({ description: 'Low.', resolve: (n) => n.LOW ?? 0 }),
  }),
});

const RunDay = builder.objectRef<RunDayRow>('RunDay').implement({
  description: 'Finished runs of one day, UTC, by when they were asked for.',
  fields: (t) => ({
    date: t.expose('date', { type: 'Date', description: 'The day.' }),
    succeeded: t.exposeInt('succeeded', { description: 'Ended well.' }),
    failed: t.exposeInt('failed', { description: 'Failed or timed out.' }),
    other: t.exposeInt('other', { description: 'Cancelled or interrupted.' }),
  }),
});

const DAYS = 14;
const DAYS_MAX = 90;

export const Dashboard = builder.objectRef<Company>('Dashboard').implement({
  description: 'The figures of a company, computed from its tables when asked: they equal the database\'s.',
  fields: (t) => ({
    agents: t.field({ type: AgentCounts, complexity: 5, description: 'Agents by status.', resolve: (company, _args, ctx) => ctx.loading.load(agentCounts, company.id) }),
    issues: t.field({ type: IssueCounts, complexity: 5, description: 'Issues by status.', resolve: (company, _args, ctx) => whenRead(ctx.loading.load(issueTally, company.id), countsByStatus) }),
    issuesByPriority: t.field({ type: PriorityCounts, complexity: 5, description: 'Open issues by priority.', resolve: (company, _args, ctx) => whenRead(ctx.loading.load(issueTally, company.id), openByPriority) }),
    runsByDay: t.field({
      type: [RunDay], complexity: 10, description: 'Finished runs by day, today last.',
      args: { days: t.arg.int({ defaultValue: DAYS, description: 'How many days, 1 to 90.' }) },
      resolve: (company, args, ctx) => {
        const days = Math.min(Math.max(args.days ?? DAYS, 1), DAYS_MAX);
        return ctx.loading.load(ctx.loading.keyed(`runsByDay ${days}`, () => runsByDay(days)), company.id);
      },
    }),
    liveRuns: t.field({
      type: [RunRef], complexity: ({ first }) => ({ field: 5, multiplier: pageSize(first) }), description: 'Runs that are live now, newest first.',
      args: { first: t.arg.int({ defaultValue: 6, description: 'How many, at most 100.' }) },
      resolve: (company, args, ctx) => {
        const most = pageSize(args.first);
        return ctx.loading.load(ctx.loading.keyed(`liveRuns ${most}`, () => runsInStatus(['RUNNING'], most)), company.id);
      },
    }),
    failedRuns: t.field({
      type: [RunRef], complexity: ({ first }) => ({ field: 5, multiplier: pageSize(first) }), description: 'Runs that failed or timed out, newest first.',
      args: { first: t.arg.int({ defaultValue: 5, description: 'How many, at most 100.' }) },
      resolve: (company, args, ctx) => {
        const most = pageSize(args.first);
        return ctx.loading.load(ctx.loading.keyed(`failedRuns ${most}`, () => runsInStatus(['FAILED', 'TIMED_OUT'], most)), company.id);
      },
    }),
    successRate: t.float({
      nullable: true, complexity: 10, description: 'Share of the runs of 14 days that succeeded, of those that succeeded or failed: 0 to 1. Null without any.',
      resolve: async (company, _args, ctx) => {
        const days = await ctx.loading.load(ctx.loading.keyed(`runsByDay ${DAYS}`, () => runsByDay(DAYS)), company.id);
        const succeeded = days.reduce((sum, day) => sum + day.succeeded, 0);
        const failed = days.reduce((sum, day) => sum + day.failed, 0);
        return succeeded + failed === 0 ? null : succeeded / (succeeded + failed);
      },
    }),
    monthCost: t.field({
      type: CostSummaryType, complexity: 5, description: 'Cost since the first of this month, UTC.',
      resolve: (company, _args, ctx) => costOf(ctx, { of: 'COMPANY', id: company.id, companyId: company.id }, { since: monthStart(clock()), until: null }),
    }),
  }),
});
