import { now } from '../../../prisma/clock.ts';
import type { Budget } from '../../../prisma/generated/client.ts';
import { Actor, actorFrom } from '../../access/graphql.ts';
import { agentById } from '../../agent/reads.ts';
import { AgentRef } from '../../agent/ref.ts';
import { approvalById } from '../../approval/reads.ts';
import { ApprovalRef } from '../../approval/ref.ts';
import { builder } from '../../builder.ts';
import { companyById } from '../../company/reads.ts';
import { CompanyRef } from '../../company/ref.ts';
import type { Context } from '../../context.ts';
import { goalById } from '../../goal/reads.ts';
import { GoalRef } from '../../goal/ref.ts';
import { issueById } from '../../issue/reads.ts';
import { IssueRef } from '../../issue/ref.ts';
import { projectById } from '../../project/reads.ts';
import { ProjectRef } from '../../project/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { listOf } from '../../shared/listing.ts';
import { whenRead } from '../../shared/loading.ts';
import { Node, typed } from '../../shared/node.ts';
import { budgetById, incidentById, incidentsOfBudget, stopOfBudget, unpricedOfBudget, usedOfBudget } from '../reads.ts';
import { BudgetIncidentRef, BudgetRef, BudgetStopRef, BudgetWarningRef } from '../ref.ts';
import { percentUsed, windowAt } from '../rules.ts';
import { BudgetIncidentStatusEnum, BudgetMetricEnum, BudgetResolutionEnum, BudgetScopeEnum, BudgetThresholdEnum, BudgetWindowEnum } from './enums.ts';

type SubjectName = 'Company' | 'Agent' | 'Project' | 'Goal' | 'Issue';

const BudgetSubject = builder.unionType('BudgetSubject', {
  description: 'What a budget is for.', types: [CompanyRef, AgentRef, ProjectRef, GoalRef, IssueRef], resolveType: (value) => (value as unknown as { __typename: SubjectName }).__typename,
});

async function subjectOf({ scope, scopeId }: Budget, ctx: Context): Promise<never | null> {
  const sources = {
    COMPANY: ['Company', companyById], AGENT: ['Agent', agentById], PROJECT: ['Project', projectById], GOAL: ['Goal', goalById], ISSUE_SUBTREE: ['Issue', issueById],
  } as const;
  const [name, source] = sources[scope];
  const row = await ctx.loading.load(source as typeof companyById, scopeId);
  return row ? (typed(name, row) as never) : null;
}

export const BudgetIncidentConnection = connectionOf(BudgetIncidentRef, 'BudgetIncident');

BudgetRef.implement({
  description: 'The most that a part of a company may use of something in a time. At its amount the part is stopped, before that there is a warning.',
  interfaces: [Node],
  fields: (t) => ({
    scope: t.expose('scope', { type: BudgetScopeEnum, description: 'What part it is for.' }),
    subject: t.field({ type: BudgetSubject, nullable: true, description: 'That part.', resolve: (budget, _args, ctx) => subjectOf(budget, ctx) }),
    metric: t.expose('metric', { type: BudgetMetricEnum, description: 'What it counts.' }),
    window: t.expose('window', { type: BudgetWindowEnum, description: 'Over what time.' }),
    windowHours: t.int({ nullable: true, description: 'Length of a rolling window, in hours; null for the others.', resolve: (budget) => (budget.window === 'ROLLING' ? budget.windowHours : null) }),
    amount: t.expose('amount', { type: 'BigInt', description: 'The most, in the unit of its metric: millionths of a US dollar, tokens, or runs. 0 limits nothing.' }),
    warnPercent: t.exposeInt('warnPercent', { description: 'At what percentage of the amount there is a warning, 1 to 99.' }),
    hardStop: t.exposeBoolean('hardStop', { description: 'Whether its scope is stopped at the amount; else there is only the warning.' }),
    used: t.field({ type: 'BigInt', complexity: 5, description: 'What was used in its present window, by running runs too.', resolve: (budget, _args, ctx) => ctx.loading.load(usedOfBudget, budget.id) }),
    usedPercent: t.float({
      nullable: true, complexity: 5, description: 'The same in percent of the amount, with one decimal; null where it limits nothing.',
      resolve: (budget, _args, ctx) => whenRead(ctx.loading.load(usedOfBudget, budget.id), (used) => percentUsed(used, budget.amount)),
    }),
    unpricedCount: t.int({
      complexity: 5, description: 'Uses in its present window whose cost is not known, so that a budget of a cost does not count them: no bill for what is billed, no price for what is imputed (setPrice gives one). 0 for tokens and runs.',
      resolve: (budget, _args, ctx) => ctx.loading.load(unpricedOfBudget, budget.id),
    }),
    windowStartsAt: t.field({ type: 'DateTime', nullable: true, description: 'Since when it counts now; null from the beginning.', resolve: (budget) => windowAt(budget, now()).start }),
    windowEndsAt: t.field({ type: 'DateTime', nullable: true, description: 'When it counts from nothing again: the next month; null for the others.', resolve: (budget) => windowAt(budget, now()).end }),
    stop: t.field({ type: BudgetStopRef, nullable: true, description: 'The stop that it makes now; null where it stops nothing.', resolve: (budget, _args, ctx) => ctx.loading.load(stopOfBudget, budget.id) }),
    incidents: t.field({ type: BudgetIncidentConnection, args: pageArgs(), complexity: listComplexity, description: 'Its warnings and stops, newest first.', resolve: (budget, args, ctx) => listOf(ctx, incidentsOfBudget, budget.id, args) }),
    setBy: t.field({ type: Actor, description: 'Who set it last.', resolve: (budget, _args, ctx) => actorFrom(ctx, budget.setterType, budget.setterId) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first set.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last set.' }),
  }),
});

BudgetIncidentRef.implement({
  description: 'A budget that reached its warning or its amount.',
  interfaces: [Node],
  fields: (t) => ({
    budget: t.field({ type: BudgetRef, description: 'Which budget.', resolve: async (incident, _args, ctx) => (await ctx.loading.load(budgetById, incident.budgetId)) as never }),
    threshold: t.expose('threshold', { type: BudgetThresholdEnum, description: 'What was reached.' }),
    status: t.expose('status', { type: BudgetIncidentStatusEnum, description: 'Where it stands.' }),
    windowStartsAt: t.expose('windowStart', { type: 'DateTime', description: 'The window it belongs to: when the month began; when it was reached, for a rolling window; when the budget was first set, for one without end.' }),
    limit: t.expose('limit', { type: 'BigInt', description: 'The amount of the budget then, or as it was set since without ending the stop; in the unit of its metric.' }),
    observed: t.expose('observed', { type: 'BigInt', description: 'What was used when it was reached, or when the budget was set since; in the unit of its metric.' }),
    approval: t.field({ type: ApprovalRef, nullable: true, description: 'What the board was asked about a stop.', resolve: (incident, _args, ctx) => (incident.approvalId ? ctx.loading.load(approvalById, incident.approvalId) : null) }),
    resolution: t.expose('resolution', { type: BudgetResolutionEnum, nullable: true, description: 'What ended it; null while it lasts.' }),
    resolvedBy: t.field({ type: Actor, nullable: true, description: 'Who ended it, or decided that it stays.', resolve: (incident, _args, ctx) => (incident.resolverType ? actorFrom(ctx, incident.resolverType, incident.resolverId) : null) }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was reached.' }),
  }),
});

BudgetStopRef.implement({
  description: 'A budget that is used up and stops its scope: nothing there is woken, started or checked out until the board raises it, changes it, or its window has passed.',
  fields: (t) => ({
    budget: t.field({ type: BudgetRef, nullable: true, description: 'Which budget; null where it was removed meanwhile.', resolve: (stop, _args, ctx) => ctx.loading.load(budgetById, stop.budgetId) }),
    incident: t.field({ type: BudgetIncidentRef, nullable: true, description: 'The incident, for resolveBudgetIncident.', resolve: (stop, _args, ctx) => ctx.loading.load(incidentById, stop.incidentId) }),
    spent: t.expose('spent', { type: 'BigInt', description: 'What was used when it was reached, in the unit of the budget\'s metric.' }),
    limit: t.expose('limit', { type: 'BigInt', description: 'The amount of the budget then.' }),
    message: t.exposeString('message', { description: 'One sentence for people that names budget, use and limit.' }),
  }),
});

BudgetWarningRef.implement({
  description: 'A budget that has reached its warning and stops nothing yet.',
  fields: (t) => ({
    budget: t.field({ type: BudgetRef, nullable: true, description: 'Which budget; null where it was removed meanwhile.', resolve: (warning, _args, ctx) => ctx.loading.load(budgetById, warning.budgetId) }),
    spent: t.expose('spent', { type: 'BigInt', description: 'What was used of it, in the unit of its metric: of reportCost, with what was just reported; else when the warning was given, and Budget.used says what is used now.' }),
    limit: t.expose('limit', { type: 'BigInt', description: 'Its amount.' }),
    message: t.exposeString('message', { description: 'One sentence for people that names budget, use and limit.' }),
  }),
});
