import { ActivityConnection } from '../../activity/graphql/type.ts';
import { activityOf } from '../../activity/reads.ts';
import { Actor, actorFrom, UserType } from '../../access/graphql.ts';
import { userById } from '../../access/reads.ts';
import { agentById } from '../../agent/reads.ts';
import { AgentRef } from '../../agent/ref.ts';
import { builder } from '../../builder.ts';
import { companyById } from '../../company/reads.ts';
import { CompanyRef } from '../../company/ref.ts';
import { CostSummaryType } from '../../cost/graphql.ts';
import { costOf } from '../../cost/reads.ts';
import { goalById } from '../../goal/reads.ts';
import { GoalRef } from '../../goal/ref.ts';
import { projectById } from '../../project/reads.ts';
import { ProjectRef } from '../../project/ref.ts';
import { RunConnection } from '../../run/graphql/connection.ts';
import { liveRunsOfIssue, runById, runsOfIssue } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { listComplexity, pageArgs } from '../../shared/connection.ts';
import { IssueStatusEnum, PriorityEnum } from '../../shared/enums.ts';
import { listOf } from '../../shared/listing.ts';
import { whenRead } from '../../shared/loading.ts';
import { Node } from '../../shared/node.ts';
import { livenessFacts } from '../liveness.ts';
import { type Liveness, type LivenessFacts, livenessOf } from '../liveness-rules.ts';
import { LivenessType } from './liveness.ts';
import {
  blockedByIssue, blockersOfIssue, childrenOfIssue, childStatusCounts, commentCount, commentsOfIssue, issueById, issueConditions, issueDescription, labelsOfIssue,
} from '../reads.ts';
import { CommentRef, IssueRef, LabelRef } from '../ref.ts';
import { allowedMoves } from '../rules.ts';
import { CommentConnection, IssueConnection, IssueCounts, IssueFilterInput } from './lists.ts';

const NextStep = builder.objectRef<Liveness>('NextStep').implement({
  description: 'What moves an issue next.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'One sentence for people.' }),
    stalled: t.exposeBoolean('stalled', { description: 'Nothing will move it by itself: somebody has to.' }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run that works on it or is queued for it.', resolve: (step, _args, ctx) => (step.runId ? ctx.loading.load(runById, step.runId) : null) }),
    agent: t.field({ type: AgentRef, nullable: true, description: 'The agent it waits for.', resolve: (step, _args, ctx) => (step.agentId ? ctx.loading.load(agentById, step.agentId) : null) }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'The issue it waits for.', resolve: (step, _args, ctx) => (step.issueId ? ctx.loading.load(issueById, step.issueId) : null) }),
  }),
});

LabelRef.implement({
  description: 'A word that sorts issues.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in its company, at most 48 characters.' }),
    color: t.exposeString('color', { description: '#rrggbb.' }),
  }),
});

CommentRef.implement({
  description: 'One contribution to the thread of an issue.',
  interfaces: [Node],
  fields: (t) => ({
    issue: t.field({ type: IssueRef, description: 'Where it stands.', resolve: async (comment, _args, ctx) => (await ctx.loading.load(issueById, comment.issueId)) as never }),
    author: t.field({ type: Actor, description: 'Who wrote it.', resolve: (comment, _args, ctx) => actorFrom(ctx, comment.authorType, comment.authorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run it was written in.', resolve: (comment, _args, ctx) => (comment.runId ? ctx.loading.load(runById, comment.runId) : null) }),
    body: t.exposeString('body', { description: 'Markdown.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
  }),
});

IssueRef.implement({
  description: 'A unit of work, held by at most one run at a time.',
  interfaces: [Node],
  fields: (t) => ({
    company: t.field({ type: CompanyRef, description: 'Whose issue it is.', resolve: async (issue, _args, ctx) => (await ctx.loading.load(companyById, issue.companyId)) as never }),
    number: t.exposeInt('number', { description: 'Counts up within the company; gaps are possible.' }),
    identifier: t.string({ description: 'How people call it: ACME-12.', resolve: (issue, _args, ctx) => whenRead(ctx.loading.load(companyById, issue.companyId), (company) => `${company?.prefix}-${issue.number}`) }),
    title: t.exposeString('title', { description: 'The work in a line.' }),
    description: t.string({ nullable: true, description: 'More about it, as markdown.', resolve: (issue, _args, ctx) => (issue.description === undefined ? ctx.loading.load(issueDescription, issue.id) : issue.description) }),
    status: t.expose('status', { type: IssueStatusEnum, description: 'Where it stands.' }),
    priority: t.expose('priority', { type: PriorityEnum, description: 'How urgent it is.' }),
    assignee: t.field({ type: AgentRef, nullable: true, description: 'The agent whose work it is.', resolve: (issue, _args, ctx) => (issue.assigneeId ? ctx.loading.load(agentById, issue.assigneeId) : null) }),
    assigneeUser: t.field({ type: UserType, nullable: true, description: 'The person whose work it is. Never both.', resolve: (issue, _args, ctx) => (issue.assigneeUserId ? ctx.loading.load(userById, issue.assigneeUserId) : null) }),
    project: t.field({ type: ProjectRef, nullable: true, description: 'The project it belongs to.', resolve: (issue, _args, ctx) => (issue.projectId ? ctx.loading.load(projectById, issue.projectId) : null) }),
    goal: t.field({ type: GoalRef, nullable: true, description: 'The goal it serves.', resolve: (issue, _args, ctx) => (issue.goalId ? ctx.loading.load(goalById, issue.goalId) : null) }),
    parent: t.field({ type: IssueRef, nullable: true, description: 'The issue it is part of.', resolve: (issue, _args, ctx) => (issue.parentId ? ctx.loading.load(issueById, issue.parentId) : null) }),
    requestDepth: t.exposeInt('requestDepth', { description: 'How many delegations lie between the board\'s request and this, 0 to 1024.' }),
    billingCode: t.exposeString('billingCode', { nullable: true, description: 'A tag that its costs carry.' }),
    holder: t.field({ type: RunRef, nullable: true, description: 'The running run that has it checked out; null when free. A lock never outlives its run.', resolve: (issue, _args, ctx) => (issue.holderRunId ? ctx.loading.load(runById, issue.holderRunId) : null) }),
    createdBy: t.field({ type: Actor, description: 'Who filed it.', resolve: (issue, _args, ctx) => actorFrom(ctx, issue.creatorType, issue.creatorId) }),
    children: t.field({
      type: IssueConnection, complexity: listComplexity, description: 'Issues directly below it, oldest first.',
      args: { ...pageArgs(), filter: t.arg({ type: IssueFilterInput, description: 'Which.' }) },
      resolve: async (issue, args, ctx) => listOf(ctx, childrenOfIssue, issue.id, args, await issueConditions(ctx, args.filter)),
    }),
    childCounts: t.field({ type: IssueCounts, description: 'Its children by status.', complexity: 3, resolve: (issue, _args, ctx) => ctx.loading.load(childStatusCounts, issue.id) }),
    blockedBy: t.field({ type: [IssueRef], description: 'What must be done first.', resolve: (issue, _args, ctx) => ctx.loading.load(blockersOfIssue, issue.id) }),
    blocks: t.field({ type: [IssueRef], description: 'What waits for it, at most 1,000.', resolve: (issue, _args, ctx) => ctx.loading.load(blockedByIssue, issue.id) }),
    labels: t.field({ type: [LabelRef], complexity: { field: 1, multiplier: 3 }, description: 'Its labels by name.', resolve: (issue, _args, ctx) => ctx.loading.load(labelsOfIssue, issue.id) }),
    commentCount: t.int({ description: 'Comments in its thread.', resolve: (issue, _args, ctx) => ctx.loading.load(commentCount, issue.id) }),
    comments: t.field({
      type: CommentConnection, complexity: listComplexity, description: 'Its thread, oldest first. `last` gives the newest.',
      args: { ...pageArgs(), last: t.arg.int({ description: 'The newest so many, at most 100.' }), before: t.arg({ type: 'Cursor', description: 'With last: those before this cursor.' }) },
      resolve: (issue, args, ctx) => listOf(ctx, commentsOfIssue, issue.id, args),
    }),
    runs: t.field({ type: RunConnection, args: pageArgs(), complexity: listComplexity, description: 'Runs about it, newest first.', resolve: (issue, args, ctx) => listOf(ctx, runsOfIssue, issue.id, args) }),
    activity: t.field({ type: ActivityConnection, args: pageArgs(), complexity: listComplexity, description: 'What happened to it, newest first.', resolve: (issue, args, ctx) => listOf(ctx, activityOf.issue, issue.id, args) }),
    liveRuns: t.field({ type: [RunRef], complexity: { field: 1, multiplier: 2 }, description: 'Runs on it that are running or queued, newest first, at most 5.', resolve: (issue, _args, ctx) => ctx.loading.load(liveRunsOfIssue, issue.id) }),
    cost: t.field({
      type: CostSummaryType, complexity: 5, description: 'What it cost.',
      args: { subtree: t.arg.boolean({ defaultValue: false, description: 'With everything below it.' }) },
      resolve: (issue, { subtree }, ctx) => costOf(ctx, { of: 'ISSUE', id: issue.id, companyId: issue.companyId, subtree: subtree ?? false }, { since: null, until: null }),
    }),
    nextStep: t.field({
      type: NextStep, complexity: 3, description: 'What moves it next, in one sentence: the short form of `liveness`.',
      resolve: (issue, _args, ctx) => whenRead(ctx.loading.load(livenessFacts, issue.id), (facts) => livenessOf(facts as LivenessFacts)),
    }),
    liveness: t.field({
      type: LivenessType, complexity: 3, description: 'What moves it next: for every issue one thing, or that nothing does.',
      resolve: (issue, _args, ctx) => whenRead(ctx.loading.load(livenessFacts, issue.id), (facts) => livenessOf(facts as LivenessFacts)),
    }),
    allowedStatuses: t.field({
      type: [IssueStatusEnum], complexity: 1, description: 'Statuses that the viewer may move it to.',
      resolve: (issue, _args, ctx) => allowedMoves({ from: issue.status, hasAssignee: Boolean(issue.assigneeId ?? issue.assigneeUserId), isBoard: ctx.principal.kind === 'user' }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was filed.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When work first began.' }),
    completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true, description: 'When it was done.' }),
    cancelledAt: t.expose('cancelledAt', { type: 'DateTime', nullable: true, description: 'When it was given up.' }),
  }),
});
