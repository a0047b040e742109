import { Actor, actorFrom } from '../access/graphql.ts';
import { builder } from '../builder.ts';
import { IssueHeld } from '../issue/conflicts.ts';
import { Held } from '../issue/graphql/conflicts.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { WorkProductStatusEnum, WorkProductTypeEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { createWorkProduct, updateWorkProduct } from './commands.ts';
import { workProductsOfIssue } from './reads.ts';
import { WorkProductRef } from './ref.ts';

WorkProductRef.implement({
  description: 'What came of the work on an issue: a pull request, a preview, a build.',
  interfaces: [Node],
  fields: (t) => ({
    issue: t.field({ type: IssueRef, description: 'Whose work it came of.', resolve: async (product, _args, ctx) => (await ctx.loading.load(issueById, product.issueId)) as never }),
    type: t.expose('type', { type: WorkProductTypeEnum, description: 'What kind of thing it is.' }),
    status: t.expose('status', { type: WorkProductStatusEnum, description: 'Where it stands.' }),
    title: t.exposeString('title', { description: 'It in a line.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where it can be seen: http or https.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Where it is kept, such as github.' }),
    externalRef: t.exposeString('externalId', { nullable: true, description: 'What it is called there; unique per issue and provider.' }),
    summary: t.exposeString('summary', { nullable: true, description: 'More about it, as markdown.' }),
    isPrimary: t.exposeBoolean('isPrimary', { description: 'The one to look at first; at most one of an issue.' }),
    createdBy: t.field({ type: Actor, description: 'Who told of it.', resolve: (product, _args, ctx) => actorFrom(ctx, product.creatorType, product.creatorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run that told of it.', resolve: (product, _args, ctx) => (product.runId ? ctx.loading.load(runById, product.runId) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was told of.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});

const WorkProductConnection = connectionOf(WorkProductRef, 'WorkProduct');

builder.objectFields(IssueRef, (t) => ({
  workProducts: t.field({
    type: WorkProductConnection, args: pageArgs(), complexity: listComplexity, description: 'What came of the work, oldest first.',
    resolve: (issue, args, ctx) => listOf(ctx, workProductsOfIssue, issue.id, args),
  }),
}));

const CreateWorkProductInput = builder.inputType('CreateWorkProductInput', {
  description: 'What came of the work on an issue.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'Of which issue.' }),
    type: t.field({ type: WorkProductTypeEnum, required: true, description: 'What kind of thing it is.' }),
    title: t.string({ required: true, description: '1 to 300 characters.' }),
    status: t.field({ type: WorkProductStatusEnum, description: 'ACTIVE when absent.' }),
    url: t.string({ description: 'Where it can be seen: http or https, up to 2,000 characters.' }),
    provider: t.string({ description: 'Where it is kept, up to 120 characters.' }),
    externalRef: t.string({ description: 'What it is called there, up to 500 characters; one that the issue has already is a CONFLICT.' }),
    summary: t.string({ description: 'Markdown, up to 4,000 characters.' }),
    isPrimary: t.boolean({ description: 'It is the one to look at first; no other is any longer.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});

const UpdateWorkProductInput = builder.inputType('UpdateWorkProductInput', {
  description: 'What to change: absent fields stay, null empties what may be empty.',
  fields: (t) => ({
    workProductId: t.id({ required: true, description: 'Which.' }),
    title: t.string({ description: '1 to 300 characters.' }),
    status: t.field({ type: WorkProductStatusEnum, description: 'Where it stands.' }),
    url: t.string({ description: 'Where it can be seen.' }),
    summary: t.string({ description: 'Markdown, up to 4,000 characters.' }),
    isPrimary: t.boolean({ description: 'It is the one to look at first.' }),
  }),
});

const nameOf = (value: unknown) => (value instanceof IssueHeld ? ('IssueHeld' as const) : ('WorkProduct' as const));
const CreateWorkProductResult = builder.unionType('CreateWorkProductResult', { description: 'The work product, or who has the issue.', types: [WorkProductRef, Held], resolveType: nameOf });
const UpdateWorkProductResult = builder.unionType('UpdateWorkProductResult', { description: 'The changed work product, or who has the issue.', types: [WorkProductRef, Held], resolveType: nameOf });

builder.mutationFields((t) => ({
  createWorkProduct: t.field({
    type: CreateWorkProductResult, description: 'Says what came of the work on an issue. While another run has it, agents get IssueHeld.',
    args: { input: t.arg({ type: CreateWorkProductInput, required: true, description: 'What.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createWorkProduct(tx, by, checkedIds(input))),
  }),
  updateWorkProduct: t.field({
    type: UpdateWorkProductResult, description: 'Changes what is said of a work product. While another run has the issue, agents get IssueHeld.',
    args: { input: t.arg({ type: UpdateWorkProductInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => updateWorkProduct(tx, by, checkedIds(input))),
  }),
}));
