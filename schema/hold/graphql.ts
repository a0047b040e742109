import { Actor, actorFrom } from '../access/graphql.ts';
import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { IssueConnection, IssueCounts } from '../issue/graphql/lists.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { listComplexity, pageArgs } from '../shared/connection.ts';
import { HoldModeEnum, HoldReleaseEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { holdSubtree } from './commands/hold-subtree.ts';
import { releaseSubtree } from './commands/release-subtree.ts';
import { AlreadyHeld } from './conflicts.ts';
import { AlreadyHeldType } from './graphql-conflicts.ts';
import { holdOfIssue, holdPreview, type HoldPreview, memberCount, membersOfHold } from './reads.ts';
import { SubtreeHoldRef } from './ref.ts';

SubtreeHoldRef.implement({
  description: 'An issue and all below it are stopped by the board: no wake, no checkout, no run, until it is released.',
  interfaces: [Node],
  fields: (t) => ({
    root: t.field({ type: IssueRef, description: 'The topmost issue of it.', resolve: async (hold, _args, ctx) => (await ctx.loading.load(issueById, hold.rootIssueId)) as never }),
    mode: t.expose('mode', { type: HoldModeEnum, description: 'What became of the issues.' }),
    release: t.expose('release', { type: HoldReleaseEnum, description: 'How it ends.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, in the words of who holds it.' }),
    isActive: t.boolean({ description: 'Whether it is in force.', resolve: (hold) => hold.releasedAt === null }),
    issueCount: t.int({ description: 'Issues under it, the root among them.', resolve: (hold, _args, ctx) => ctx.loading.load(memberCount, hold.id) }),
    issues: t.field({ type: IssueConnection, args: pageArgs(), complexity: listComplexity, description: 'The issues under it, oldest first.', resolve: (hold, args, ctx) => listOf(ctx, membersOfHold, hold.id, args) }),
    createdBy: t.field({ type: Actor, description: 'Who holds it.', resolve: (hold, _args, ctx) => actorFrom(ctx, hold.creatorType, hold.creatorId) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
    releasedBy: t.field({ type: Actor, nullable: true, description: 'Who released it.', resolve: (hold, _args, ctx) => (hold.releaserType ? actorFrom(ctx, hold.releaserType, hold.releaserId) : null) }),
    releasedAt: t.expose('releasedAt', { type: 'DateTime', nullable: true, description: 'When it was released.' }),
  }),
});

const HoldPreviewType = builder.objectRef<HoldPreview>('HoldPreview').implement({
  description: 'What a hold on an issue would do, as things stand now.',
  fields: (t) => ({
    issues: t.field({ type: IssueCounts, description: 'The issues that it would stop, by status: the issue and all below it that is not finished.', resolve: (preview) => preview.statuses }),
    runningCount: t.exposeInt('runningCount', { description: 'Running runs that it would cancel.' }),
    queuedCount: t.exposeInt('queuedCount', { description: 'Queued runs that it would cancel.' }),
    agents: t.field({
      type: [AgentRef], complexity: { field: 1, multiplier: 5 }, description: 'Whose work it would stop, at most 100.',
      resolve: async ({ agentIds }, _args, ctx) => (await Promise.all(agentIds.map((id) => ctx.loading.load(agentById, id)))).filter((row) => row !== null),
    }),
    waiting: t.field({
      type: [IssueRef], complexity: { field: 1, multiplier: 5 }, description: 'Issues elsewhere that wait for one of these, and would wait on, at most 100.',
      resolve: async ({ waitingIds }, _args, ctx) => (await Promise.all(waitingIds.map((id) => ctx.loading.load(issueById, id)))).filter((row) => row !== null),
    }),
  }),
});

builder.objectFields(IssueRef, (t) => ({
  hold: t.field({ type: SubtreeHoldRef, nullable: true, description: 'The hold that it is under, its own or that of an issue above it; null when nothing holds it.', resolve: (issue, _args, ctx) => ctx.loading.load(holdOfIssue, issue.id) }),
  holdPreview: t.field({ type: HoldPreviewType, complexity: 10, description: 'What holdSubtree would do to it now.', resolve: (issue, _args, ctx) => ctx.loading.load(holdPreview, issue.id) }),
}));

const HoldSubtreeInput = builder.inputType('HoldSubtreeInput', {
  description: 'What to hold.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'The topmost issue.' }),
    mode: t.field({ type: HoldModeEnum, required: true, description: 'What becomes of the issues.' }),
    release: t.field({ type: HoldReleaseEnum, description: 'How it ends; MANUAL when absent. A CANCEL ends by hand only.' }),
    reason: t.string({ description: 'Why, up to 500 characters.' }),
  }),
});
const ReleaseSubtreeInput = builder.inputType('ReleaseSubtreeInput', {
  description: 'What to release.',
  fields: (t) => ({
    holdId: t.id({ required: true, description: 'The hold.' }),
    restore: t.boolean({ description: 'Of a CANCEL: whether what it cancelled has its former status again. True when absent.' }),
  }),
});

const HoldSubtreeResult = builder.unionType('HoldSubtreeResult', {
  description: 'The hold, or the one that is in force already.', types: [SubtreeHoldRef, AlreadyHeldType], resolveType: (value) => (value instanceof AlreadyHeld ? 'AlreadyHeld' : 'SubtreeHold'),
});

builder.mutationFields((t) => ({
  holdSubtree: t.field({
    type: HoldSubtreeResult,
    description: 'Stops an issue and all below it: queued and running runs are cancelled, nobody is woken or may check out. Issues made below it later join. Board only; Issue.holdPreview tells first what it would do.',
    args: { input: t.arg({ type: HoldSubtreeInput, required: true, description: 'What.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => holdSubtree(tx, by, checkedIds(input))),
  }),
  releaseSubtree: t.field({
    type: SubtreeHoldRef, description: 'Ends a hold: what it cancelled comes back, and agents are woken for their open work. Again it changes nothing. Board only.',
    args: { input: t.arg({ type: ReleaseSubtreeInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => releaseSubtree(tx, by, checkedIds(input))),
  }),
}));
