import { AgentRef } from '../../agent/ref.ts';
import { builder } from '../../builder.ts';
import { CompanyRef } from '../../company/ref.ts';
import { CostEventRef } from '../../cost/ref.ts';
import { GoalRef } from '../../goal/ref.ts';
import { IssueRef } from '../../issue/ref.ts';
import { ProjectRef } from '../../project/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { listOf } from '../../shared/listing.ts';
import { budgetsOfCompany, budgetsOfScope, stopOfAgent, stopOfCompany, stopOfEvent, stopOfGoal, stopOfIssue, stopOfProject, warningsOfEvent } from '../reads.ts';
import { BudgetRef, BudgetStopRef, BudgetWarningRef } from '../ref.ts';

const BudgetConnection = connectionOf(BudgetRef, 'Budget');

builder.objectFields(CompanyRef, (t) => ({
  budgets: t.field({ type: BudgetConnection, args: pageArgs(), complexity: listComplexity, description: 'All budgets in it, of whatever part, oldest first.', resolve: (company, args, ctx) => listOf(ctx, budgetsOfCompany, company.id, args) }),
  budgetStop: t.field({ type: BudgetStopRef, nullable: true, description: 'The budget of the company itself that is used up and stops all of it; null where none does.', resolve: (company, _args, ctx) => ctx.loading.load(stopOfCompany, company.id) }),
}));

builder.objectFields(AgentRef, (t) => ({
  budgets: t.field({ type: BudgetConnection, args: pageArgs(), complexity: listComplexity, description: 'Budgets for this agent, oldest first.', resolve: (agent, args, ctx) => listOf(ctx, budgetsOfScope, agent.id, args) }),
  budgetStop: t.field({ type: BudgetStopRef, nullable: true, description: 'The budget that is used up and gives it no runs: its own or the company\'s; null where none does.', resolve: (agent, _args, ctx) => ctx.loading.load(stopOfAgent, agent.id) }),
}));

builder.objectFields(ProjectRef, (t) => ({
  budgets: t.field({ type: BudgetConnection, args: pageArgs(), complexity: listComplexity, description: 'Budgets for this project, oldest first.', resolve: (project, args, ctx) => listOf(ctx, budgetsOfScope, project.id, args) }),
  budgetStop: t.field({ type: BudgetStopRef, nullable: true, description: 'The budget that is used up and stops it: its own, that of a goal it serves, or the company\'s; null where none does.', resolve: (project, _args, ctx) => ctx.loading.load(stopOfProject, project.id) }),
}));

builder.objectFields(GoalRef, (t) => ({
  budgets: t.field({ type: BudgetConnection, args: pageArgs(), complexity: listComplexity, description: 'Budgets for this goal and all below it, oldest first.', resolve: (goal, args, ctx) => listOf(ctx, budgetsOfScope, goal.id, args) }),
  budgetStop: t.field({ type: BudgetStopRef, nullable: true, description: 'The budget that is used up and stops what serves it: its own, that of a goal above it, or the company\'s; null where none does.', resolve: (goal, _args, ctx) => ctx.loading.load(stopOfGoal, goal.id) }),
}));

builder.objectFields(IssueRef, (t) => ({
  budgets: t.field({ type: BudgetConnection, args: pageArgs(), complexity: listComplexity, description: 'Budgets for this issue and all below it, oldest first.', resolve: (issue, args, ctx) => listOf(ctx, budgetsOfScope, issue.id, args) }),
  budgetStop: t.field({
    type: BudgetStopRef, nullable: true, description: 'The budget that is used up and keeps its agent from working on it: of an issue at or above it, its project, a goal, its agent or the company; null where none does.',
    resolve: (issue, _args, ctx) => ctx.loading.load(stopOfIssue, issue.id),
  }),
}));

builder.objectFields(CostEventRef, (t) => ({
  budgetStop: t.field({
    type: BudgetStopRef, nullable: true, description: 'The stop that is in force where this was spent: of reportCost, as it is after that very report. An agent that reads one here ends its run. Null where work may go on.',
    resolve: (event, _args, ctx) => ('stop' in event ? (event.stop as never) : ctx.loading.load(stopOfEvent, event.id)),
  }),
  budgetWarnings: t.field({
    type: [BudgetWarningRef], complexity: { field: 2, multiplier: 3 },
    description: 'Budgets over where this was spent that have reached their warning and stop nothing yet, the widest first, 20 at most: of reportCost, as they are after that very report. An agent that reads one here finishes what matters most.',
    resolve: (event, _args, ctx) => ('warnings' in event ? (event.warnings as never) : ctx.loading.load(warningsOfEvent, event.id)),
  }),
}));
