import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { companyById } from '../company/reads.ts';
import { CompanyRef } from '../company/ref.ts';
import { IssueConnection, IssueFilterInput, IssueOrderInput } from '../issue/graphql/lists.ts';
import { issueConditions, issueOrder, issuesOfGoal } from '../issue/reads.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { GoalLevelEnum, GoalStatusEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds, seen } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { createGoal, updateGoal } from './commands.ts';
import { childrenOfGoal, goalById } from './reads.ts';
import { GoalRef } from './ref.ts';

export const GoalConnection = connectionOf(GoalRef, 'Goal');

GoalRef.implement({
  description: 'What a company is after. Goals form a tree.',
  interfaces: [Node],
  fields: (t) => ({
    company: t.field({ type: CompanyRef, description: 'Whose goal it is.', resolve: async (goal, _args, ctx) => (await ctx.loading.load(companyById, goal.companyId)) as never }),
    title: t.exposeString('title', { description: 'The goal in a line.' }),
    description: t.exposeString('description', { nullable: true, description: 'More about it, as markdown.' }),
    level: t.expose('level', { type: GoalLevelEnum, description: 'How far it reaches.' }),
    status: t.expose('status', { type: GoalStatusEnum, description: 'Where it stands.' }),
    parent: t.field({ type: GoalRef, nullable: true, description: 'The goal it serves.', resolve: (goal, _args, ctx) => (goal.parentId ? ctx.loading.load(goalById, goal.parentId) : null) }),
    owner: t.field({ type: AgentRef, nullable: true, description: 'The agent that answers for it.', resolve: (goal, _args, ctx) => (goal.ownerId ? ctx.loading.load(agentById, goal.ownerId) : null) }),
    children: t.field({ type: GoalConnection, args: pageArgs(), complexity: listComplexity, description: 'Goals below it, oldest first.', resolve: (goal, args, ctx) => listOf(ctx, childrenOfGoal, goal.id, args) }),
    issues: t.field({
      type: IssueConnection, complexity: listComplexity, description: 'Issues that serve it, newest first.',
      args: { ...pageArgs(), filter: t.arg({ type: IssueFilterInput, description: 'Which.' }), orderBy: t.arg({ type: IssueOrderInput, description: 'In what order.' }) },
      resolve: async (goal, args, ctx) => listOf(ctx, issuesOfGoal, goal.id, args, await issueConditions(ctx, args.filter), issueOrder(args.orderBy)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was stated.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});

builder.queryField('goal', (t) =>
  t.field({
    type: GoalRef, nullable: true, description: 'A goal by id; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, ctx) => seen(ctx, goalById, id),
  }),
);

const CreateGoalInput = builder.inputType('CreateGoalInput', {
  description: 'A new goal.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'In which company.' }),
    title: t.string({ required: true, description: '1 to 300 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    level: t.field({ type: GoalLevelEnum, description: 'COMPANY when absent.' }),
    status: t.field({ type: GoalStatusEnum, description: 'PLANNED when absent.' }),
    parentId: t.id({ description: 'The goal it serves.' }),
    ownerId: t.id({ description: 'The agent that answers for it.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const UpdateGoalInput = builder.inputType('UpdateGoalInput', {
  description: 'What to change: absent fields stay, null empties parent, owner and description.',
  fields: (t) => ({
    goalId: t.id({ required: true, description: 'Which goal.' }),
    title: t.string({ description: '1 to 300 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    level: t.field({ type: GoalLevelEnum, description: 'How far it reaches.' }),
    status: t.field({ type: GoalStatusEnum, description: 'Where it stands.' }),
    parentId: t.id({ description: 'The goal it serves; a circle is a RULE_VIOLATION.' }),
    ownerId: t.id({ description: 'The agent that answers for it.' }),
  }),
});

builder.mutationField('createGoal', (t) =>
  t.field({
    type: GoalRef, description: 'States a goal. Board and agents may.',
    args: { input: t.arg({ type: CreateGoalInput, required: true, description: 'The goal.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createGoal(tx, by, checkedIds(input))),
  }),
);
builder.mutationField('updateGoal', (t) =>
  t.field({
    type: GoalRef, description: 'Changes a goal. Board and agents may.',
    args: { input: t.arg({ type: UpdateGoalInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => updateGoal(tx, by, checkedIds(input))),
  }),
);
