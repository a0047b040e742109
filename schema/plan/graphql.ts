import type { PlanDecomposition } from '../../prisma/generated/client.ts';
import { Actor, actorFrom } from '../access/graphql.ts';
import { builder } from '../builder.ts';
import { revisionById } from '../document/reads.ts';
import { DocumentRevisionRef } from '../document/ref.ts';
import { interactionById } from '../interaction/reads.ts';
import { InteractionRef } from '../interaction/ref.ts';
import { IssueHeld } from '../issue/conflicts.ts';
import { Held } from '../issue/graphql/conflicts.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { DecompositionStatusEnum, PriorityEnum } from '../shared/enums.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Conflict, Node } from '../shared/node.ts';
import { DecompositionDiffers, DecompositionInFlight } from './conflicts.ts';
import { decomposePlan } from './commands/decompose-plan.ts';
import { childrenOfDecomposition, decompositionsOfIssue } from './reads.ts';
import { PlanDecompositionRef } from './ref.ts';

PlanDecompositionRef.implement({
  description: 'The one making of children from an accepted revision of a plan.',
  interfaces: [Node],
  fields: (t) => ({
    issue: t.field({ type: IssueRef, description: 'Whose plan it is.', resolve: async (row, _args, ctx) => (await ctx.loading.load(issueById, row.sourceIssueId)) as never }),
    revision: t.field({ type: DocumentRevisionRef, nullable: true, description: 'The revision that was accepted; null where the document was deleted since.', resolve: (row, _args, ctx) => ctx.loading.load(revisionById, row.revisionId) }),
    interaction: t.field({ type: InteractionRef, description: 'The confirmation by which the board accepted it.', resolve: async (row, _args, ctx) => (await ctx.loading.load(interactionById, row.interactionId)) as never }),
    status: t.expose('status', { type: DecompositionStatusEnum, description: 'How far it has come.' }),
    childCount: t.exposeInt('childCount', { description: 'Children that it comes to.' }),
    children: t.field({ type: [IssueRef], complexity: { field: 1, multiplier: 5 }, description: 'Those that are made, in the order of the plan.', resolve: (row, _args, ctx) => ctx.loading.load(childrenOfDecomposition, row.id) }),
    owner: t.field({ type: Actor, description: 'Who makes the children.', resolve: (row, _args, ctx) => actorFrom(ctx, row.ownerType, row.ownerId) }),
    ownerRun: t.field({ type: RunRef, nullable: true, description: 'In which run. Nobody else goes on with it while that run is not over.', resolve: (row, _args, ctx) => (row.ownerRunId ? ctx.loading.load(runById, row.ownerRunId) : null) }),
    completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true, description: 'When the last was made.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was begun.' }),
  }),
});

builder.objectField(IssueRef, 'decompositions', (t) =>
  t.field({ type: [PlanDecompositionRef], complexity: { field: 1, multiplier: 2 }, description: 'What was made of its plan: one for each accepted revision that was decomposed.', resolve: (issue, _args, ctx) => ctx.loading.load(decompositionsOfIssue, issue.id) }),
);

const InFlight = builder.objectRef<DecompositionInFlight>('DecompositionInFlight').implement({
  description: 'A run that is not over makes these children. Leave them to it.',
  interfaces: [Conflict],
  fields: (t) => ({ decomposition: t.expose('decomposition', { type: PlanDecompositionRef, description: 'Whose it is, and how far it has come.' }) }),
});

const Differs = builder.objectRef<DecompositionDiffers>('DecompositionDiffers').implement({
  description: 'The revision was decomposed into other children. It is decomposed once: for others, write and confirm a new revision.',
  interfaces: [Conflict],
  fields: (t) => ({ decomposition: t.expose('decomposition', { type: PlanDecompositionRef, description: 'What was asked for first.' }) }),
});

const DecomposePlanResult = builder.unionType('DecomposePlanResult', {
  description: 'All children of the plan, or why not.', types: [PlanDecompositionRef, InFlight, Differs, Held],
  resolveType: (value) => {
    if (value instanceof DecompositionInFlight) return 'DecompositionInFlight';
    if (value instanceof DecompositionDiffers) return 'DecompositionDiffers';
    return value instanceof IssueHeld ? 'IssueHeld' : 'PlanDecomposition';
  },
});

const PlannedChildInput = builder.inputType('PlannedChildInput', {
  description: 'A child to make.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Its name within the set: 1 to 64 letters, digits, dots, dashes or underscores.' }),
    title: t.string({ required: true, description: '1 to 300 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    assigneeId: t.id({ description: 'The agent whose work it is; it is woken unless something blocks the child.' }),
    priority: t.field({ type: PriorityEnum, description: 'MEDIUM when absent.' }),
    afterKeys: t.stringList({ description: 'Children before it in the list that must be done first.' }),
  }),
});

const DecomposePlanInput = builder.inputType('DecomposePlanInput', {
  description: 'Which plan, and what it comes to.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'The issue whose plan it is.' }),
    revisionId: t.id({ required: true, description: 'The revision of its document "plan" that the board accepted.' }),
    children: t.field({ type: [PlannedChildInput], required: true, description: '1 to 25, in the order in which they are made.' }),
  }),
});

builder.mutationField('decomposePlan', (t) =>
  t.field({
    type: DecomposePlanResult,
    description:
      'Makes the children of an accepted plan, exactly once: a claim, then one child in each transaction. Cut short, or asked again with the same children, it goes on ' +
      'behind the last one and gives all of them. The issue waits for each. A revision that the board has not accepted is a RULE_VIOLATION. Board, and agents for their ' +
      'own work, that of their reports and what they filed.',
    args: { input: t.arg({ type: DecomposePlanInput, required: true, description: 'The plan.' }) },
    resolve: (_root, { input }, ctx) => decomposePlan((command) => ctx.write(command), checkedIds(input)) as Promise<PlanDecomposition>,
  }),
);
