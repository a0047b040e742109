import { Actor, actorFrom } from '../../access/graphql.ts';
import { agentById } from '../../agent/reads.ts';
import { AgentRef } from '../../agent/ref.ts';
import { incidentById } from '../../budget/reads.ts';
import { BudgetIncidentRef } from '../../budget/ref.ts';
import { companyById } from '../../company/reads.ts';
import { CompanyRef } from '../../company/ref.ts';
import { IssueConnection } from '../../issue/graphql/lists.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { ApprovalStatusEnum, ApprovalTypeEnum } from '../../shared/enums.ts';
import { listOf } from '../../shared/listing.ts';
import { Node } from '../../shared/node.ts';
import { raisedTo } from '../commands/decide-approval.ts';
import { hireOf } from '../commands/hire.ts';
import { approvalById, commentsOfApproval, issuesOfApproval, versionsOfApproval } from '../reads.ts';
import { ApprovalCommentRef, ApprovalRef } from '../ref.ts';
import { HireBudgetType } from './hire-budget.ts';
import { ApprovalVersionConnection } from './version.ts';

ApprovalCommentRef.implement({
  description: 'A word on what the board is to approve.',
  interfaces: [Node],
  fields: (t) => ({
    approval: t.field({ type: ApprovalRef, description: 'On what.', resolve: async (row, _args, ctx) => (await ctx.loading.load(approvalById, row.approvalId)) as never }),
    body: t.exposeString('body', { description: 'Markdown.' }),
    author: t.field({ type: Actor, description: 'Who wrote it.', resolve: (row, _args, ctx) => actorFrom(ctx, row.authorType, row.authorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'In which run; null where it was none.', resolve: (row, _args, ctx) => (row.runId ? ctx.loading.load(runById, row.runId) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

const ApprovalCommentConnection = connectionOf(ApprovalCommentRef, 'ApprovalComment');

ApprovalRef.implement({
  description: 'Something that waits for the board, or waited. The decision and what follows from it are one transaction.',
  interfaces: [Node],
  fields: (t) => ({
    company: t.field({ type: CompanyRef, description: 'Where.', resolve: async (row, _args, ctx) => (await ctx.loading.load(companyById, row.companyId)) as never }),
    type: t.expose('type', { type: ApprovalTypeEnum, description: 'What kind of thing it is.' }),
    status: t.expose('status', { type: ApprovalStatusEnum, description: 'Where it stands.' }),
    title: t.exposeString('title', { description: 'What is asked for, in a line.' }),
    body: t.exposeString('body', { nullable: true, description: 'More about it, as markdown: the strategy, or why.' }),
    revision: t.exposeInt('revision', { description: '1 at first; each resubmission adds one.' }),
    agent: t.field({ type: AgentRef, nullable: true, description: 'HIRE_AGENT: who is to be hired, with its settings. BUDGET_OVERRIDE: the agent whose budget it is, where it is one\'s.', resolve: (row, _args, ctx) => (row.agentId ? ctx.loading.load(agentById, row.agentId) : null) }),
    hireBudget: t.field({ type: HireBudgetType, nullable: true, description: 'HIRE_AGENT: the budget that the agent gets with the approval; null where none is asked for.', resolve: (row) => (row.type === 'HIRE_AGENT' ? hireOf(row).budget : null) }),
    incident: t.field({ type: BudgetIncidentRef, nullable: true, description: 'BUDGET_OVERRIDE: the stop that it is about.', resolve: (row, _args, ctx) => (row.incidentId ? ctx.loading.load(incidentById, row.incidentId) : null) }),
    budgetAmount: t.field({ type: 'BigInt', nullable: true, description: 'BUDGET_OVERRIDE: the limit that the board set with its approval.', resolve: (row) => raisedTo(row) }),
    requestedBy: t.field({ type: Actor, description: 'Who asked.', resolve: (row, _args, ctx) => actorFrom(ctx, row.requesterType, row.requesterId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run that asked; null where it was none.', resolve: (row, _args, ctx) => (row.runId ? ctx.loading.load(runById, row.runId) : null) }),
    decisionNote: t.exposeString('decisionNote', { nullable: true, description: 'What the board said with its decision, or wants changed.' }),
    decidedBy: t.field({ type: Actor, nullable: true, description: 'Who ended it; null while it is open.', resolve: (row, _args, ctx) => (row.deciderType ? actorFrom(ctx, row.deciderType, row.deciderId) : null) }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed, or an agent said something on it.' }),
    comments: t.field({ type: ApprovalCommentConnection, args: pageArgs(), complexity: listComplexity, description: 'What was said on it, oldest first.', resolve: (row, args, ctx) => listOf(ctx, commentsOfApproval, row.id, args) }),
    versions: t.field({ type: ApprovalVersionConnection, args: pageArgs(), complexity: listComplexity, description: 'What was put before the board each time, the latest first: as it is now, then as it was. Of those from before versions were kept, the latest alone.', resolve: (row, args, ctx) => listOf(ctx, versionsOfApproval, row.id, args) }),
    issues: t.field({ type: IssueConnection, args: pageArgs(), complexity: listComplexity, description: 'The issues that it is about, oldest first. While it is PENDING they wait for the board.', resolve: (row, args, ctx) => listOf(ctx, issuesOfApproval, row.id, args) }),
  }),
});
