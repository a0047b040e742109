import { Actor, actorFrom, UserType } from '../access/graphql.ts';
import { userById } from '../access/reads.ts';
import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { CompanyRef } from '../company/ref.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { described, ModelLaneEnum, PriorityEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Conflict, Node } from '../shared/node.ts';
import { decideWatchdog } from './commands/decide-watchdog.ts';
import { RecoveryClosed, resolveRecovery } from './commands/resolve-recovery.ts';
import { decisionsOfRun, isOpenRecovery, recoveriesOfCompany, recoveriesOfIssue, recoveryOfIssue } from './reads.ts';
import { RecoveryRef, WatchdogDecisionRef } from './ref.ts';
import { pressing } from './rules.ts';

const RecoveryKindEnum = described('RecoveryKind', 'What kind of trouble a recovery action is about.', {
  MISSING_DISPOSITION: 'A run ended well and left no next step.', STRANDED_ISSUE: 'Its runs failed, or never began, and no further try follows by itself.',
  WORKSPACE_VALIDATION: 'Its workspace is not as it should be.', CONFIGURATION_VALIDATION: 'Its agent is not configured so that it can run.',
  SILENT_RUN: 'The run on it has been silent for long.', GRAPH_LIVENESS: 'It waits for something that does not move.', PRODUCTIVITY_REVIEW: 'It is worked on much, and it may lead nowhere.',
});
const RecoveryStatusEnum = described('RecoveryStatus', 'Where a recovery action stands. The last two are final.', {
  ACTIVE: 'Its owner is to look.', ESCALATED: 'It was handed up to the board.', RESOLVED: 'Somebody said what became of it.', CANCELLED: 'Withdrawn.',
});
const RecoveryOwnerEnum = described('RecoveryOwner', 'Who is to look at an issue that does not move.', {
  AGENT: 'An agent above the one whose issue it is.', USER: 'A person.', BOARD: 'Anybody on the board.', SYSTEM: 'Boardroom itself.',
});
const RecoveryOutcomeEnum = described('RecoveryOutcome', 'What became of an issue that did not move.', {
  RESTORED: 'What kept it was mended: it goes on and its agent is woken.', HANDED_BACK: 'It goes back to its agent with a note, and the agent is woken.',
  OWNER_COMPLETED: 'Its owner finished the issue.', DELEGATED: 'Somebody else has it now.', FALSE_POSITIVE: 'Nothing was wrong.', BLOCKED: 'It waits for something that is named now.',
  ESCALATED: 'Handed up to the board; the action stays open.', CANCELLED: 'The action is withdrawn.',
});
const WatchdogVerdictEnum = described('WatchdogVerdict', 'What to make of a run that has been silent for long.', {
  SNOOZE: 'Look again at a set time.', CONTINUE: 'Let it go on, and look again in half an hour.', DISMISSED_FALSE_POSITIVE: 'It is well: never ask about this run again.',
});

const RunProgressEnum = described('RunProgress', 'What a run came to for its issue, judged by the rows that it wrote.', {
  COMPLETED: 'The issue is finished.', ADVANCED: 'It left something to see: a comment, a document, work, a move.', PLAN_ONLY: 'It only wrote a plan.', EMPTY: 'It left nothing.',
  BLOCKED: 'The issue waits for something named.', FAILED: 'It did not end well.',
});

const RecoveryConnection = connectionOf(RecoveryRef, 'RecoveryAction', { totalCount: true });

RecoveryRef.implement({
  description: 'What is wrong with an issue that does not move, who is to look at it, and what is to be done. An issue has at most one that is open.',
  interfaces: [Node],
  fields: (t) => ({
    issue: t.field({ type: IssueRef, description: 'The issue.', resolve: async (action, _args, ctx) => (await ctx.loading.load(issueById, action.issueId)) as never }),
    recoveryIssue: t.field({ type: IssueRef, nullable: true, description: 'Where mending it is work of its own: that issue. Its end is the end of this.', resolve: (action, _args, ctx) => (action.recoveryIssueId ? ctx.loading.load(issueById, action.recoveryIssueId) : null) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run that showed it.', resolve: (action, _args, ctx) => (action.runId ? ctx.loading.load(runById, action.runId) : null) }),
    kind: t.expose('kind', { type: RecoveryKindEnum, description: 'What kind of trouble.' }),
    status: t.expose('status', { type: RecoveryStatusEnum, description: 'Where it stands.' }),
    cause: t.exposeString('cause', { description: 'The cause, for programs: process_lost, empty, blocked_by_unassigned_issue …' }),
    priority: t.field({ type: PriorityEnum, description: 'How pressing it is: HIGH for a run that has been silent for four hours, else MEDIUM.', resolve: (action) => pressing(action.cause) }),
    evidence: t.field({ type: 'JSON', description: 'What was seen, with secrets replaced.', resolve: (action) => action.evidence }),
    nextAction: t.exposeString('nextAction', { description: 'What its owner is to do.' }),
    ownerType: t.expose('ownerType', { type: RecoveryOwnerEnum, description: 'Who is to look.' }),
    ownerAgent: t.field({ type: AgentRef, nullable: true, description: 'The agent that is to look.', resolve: (action, _args, ctx) => (action.ownerType === 'AGENT' && action.ownerId ? ctx.loading.load(agentById, action.ownerId) : null) }),
    ownerUser: t.field({ type: UserType, nullable: true, description: 'The person who is to look.', resolve: (action, _args, ctx) => (action.ownerType === 'USER' && action.ownerId ? ctx.loading.load(userById, action.ownerId) : null) }),
    attempts: t.exposeInt('attempts', { description: 'How often the same was found again while it was open.' }),
    escalatesAt: t.field({ type: 'DateTime', nullable: true, description: 'When it goes to the board unless its agent has acted.', resolve: (action) => action.timeoutAt }),
    snoozedUntilAt: t.field({ type: 'DateTime', nullable: true, description: 'Nobody looks again before.', resolve: (action) => action.snoozedUntil }),
    outcome: t.expose('outcome', { type: RecoveryOutcomeEnum, nullable: true, description: 'What became of it; null while it is open.' }),
    note: t.exposeString('note', { nullable: true, description: 'What who resolved it said.' }),
    resolvedBy: t.field({ type: Actor, nullable: true, description: 'Who resolved it.', resolve: (action, _args, ctx) => (action.resolverType ? actorFrom(ctx, action.resolverType, action.resolverId) : null) }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was found.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});

WatchdogDecisionRef.implement({
  description: 'What was decided about a run that had been silent for long.',
  interfaces: [Node],
  fields: (t) => ({
    run: t.field({ type: RunRef, description: 'The run.', resolve: async (decision, _args, ctx) => (await ctx.loading.load(runById, decision.runId)) as never }),
    verdict: t.expose('verdict', { type: WatchdogVerdictEnum, description: 'What was decided.' }),
    quietUntilAt: t.field({ type: 'DateTime', nullable: true, description: 'When it is looked at again; null for never.', resolve: (decision) => decision.quietUntil }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why.' }),
    decidedBy: t.field({ type: Actor, description: 'Who decided.', resolve: (decision, _args, ctx) => actorFrom(ctx, decision.actorType, decision.actorId) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

builder.objectFields(IssueRef, (t) => ({
  modelLane: t.field({
    type: ModelLaneEnum, nullable: true, description: 'Which model runs on it ask for; null leaves it to what a run is asked for.',
    resolve: async (issue, _args, ctx) => (issue.modelLane === undefined ? ((await ctx.loading.load(issueById, issue.id))?.modelLane ?? null) : issue.modelLane),
  }),
  recovery: t.field({ type: RecoveryRef, nullable: true, description: 'The open recovery action on it.', resolve: (issue, _args, ctx) => ctx.loading.load(recoveryOfIssue, issue.id) }),
  recoveries: t.field({ type: RecoveryConnection, args: pageArgs(), complexity: listComplexity, description: 'All recovery actions on it, newest first.', resolve: (issue, args, ctx) => listOf(ctx, recoveriesOfIssue, issue.id, args) }),
}));

builder.objectFields(CompanyRef, (t) => ({
  recoveries: t.field({
    type: RecoveryConnection, complexity: listComplexity, description: 'Recovery actions, newest first.',
    args: { ...pageArgs(), open: t.arg.boolean({ defaultValue: true, description: 'Only those that wait for somebody.' }) },
    resolve: (company, args, ctx) => listOf(ctx, recoveriesOfCompany, company.id, args, args.open === false ? [] : [isOpenRecovery]),
  }),
}));

builder.objectFields(RunRef, (t) => ({
  modelLane: t.expose('modelLane', { type: ModelLaneEnum, description: 'Which model it uses. On the cheap lane it writes no documents, work products or commits, and finishes nothing.' }),
  progress: t.expose('progress', { type: RunProgressEnum, nullable: true, description: 'What it came to for its issue; null before its end, and for a run without an issue that succeeded.' }),
  availableAt: t.expose('availableAt', { type: 'DateTime', description: 'It is not started before.' }),
  retryOf: t.field({ type: RunRef, nullable: true, description: 'The run that it tries again, or goes on with.', resolve: (run, _args, ctx) => (run.retryOfId ? ctx.loading.load(runById, run.retryOfId) : null) }),
  retryAttempt: t.exposeInt('retryAttempt', { description: 'Which try it is for one cause, from 1; 0 for a run that is none.' }),
  watchdogDecisions: t.field({ type: [WatchdogDecisionRef], complexity: { field: 1, multiplier: 2 }, description: 'What was decided about its silence, newest first.', resolve: (run, _args, ctx) => ctx.loading.load(decisionsOfRun, run.id) }),
}));

const Closed = builder.objectRef<RecoveryClosed>('RecoveryClosed').implement({
  description: 'It was resolved already, and otherwise.',
  interfaces: [Conflict],
  fields: (t) => ({ recovery: t.expose('recovery', { type: RecoveryRef, description: 'The action as it is.' }) }),
});

const ResolveRecoveryResult = builder.unionType('ResolveRecoveryResult', {
  description: 'The action, or that it was resolved otherwise before.', types: [RecoveryRef, Closed], resolveType: (value) => (value instanceof RecoveryClosed ? 'RecoveryClosed' : 'RecoveryAction'),
});

const ResolveRecoveryInput = builder.inputType('ResolveRecoveryInput', {
  description: 'What became of an issue that did not move.',
  fields: (t) => ({
    recoveryId: t.id({ required: true, description: 'Which action.' }),
    outcome: t.field({ type: RecoveryOutcomeEnum, required: true, description: 'What became of it. It must be true of the issue: OWNER_COMPLETED of one that is done, BLOCKED of one with open blockers, or by the board where a run has been silent for four hours. BLOCKED marks the issue so.' }),
    note: t.string({ description: 'A word to whoever goes on, up to 500 characters.' }),
  }),
});
const DecideWatchdogInput = builder.inputType('DecideWatchdogInput', {
  description: 'What to make of a silent run.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Which run. It must be running.' }),
    verdict: t.field({ type: WatchdogVerdictEnum, required: true, description: 'What to make of it.' }),
    until: t.field({ type: 'DateTime', description: 'With SNOOZE: when to look again, within 24 hours; in an hour when absent.' }),
    reason: t.string({ description: 'Why, up to 500 characters.' }),
  }),
});

builder.mutationFields((t) => ({
  resolveRecovery: t.field({
    type: ResolveRecoveryResult,
    description: 'Ends a recovery action. The board, its owner, and managers of the issue’s agent may. RESTORED and HANDED_BACK wake the issue’s agent.',
    args: { input: t.arg({ type: ResolveRecoveryInput, required: true, description: 'What became of it.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => resolveRecovery(tx, by, checkedIds(input))),
  }),
  decideWatchdog: t.field({
    type: WatchdogDecisionRef, description: 'Decides about a run that has been silent for long. The board and the agent that was asked may. Nothing is done to the run itself: cancelRun stops it.',
    args: { input: t.arg({ type: DecideWatchdogInput, required: true, description: 'What to make of it.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => decideWatchdog(tx, by, checkedIds(input))),
  }),
}));
