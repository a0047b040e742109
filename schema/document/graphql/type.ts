import { Actor, actorFrom, UserType } from '../../access/graphql.ts';
import { userById } from '../../access/reads.ts';
import { AnnotationSummary, AnnotationThreadConnection, ThreadStatusEnum } from '../../annotation/graphql/type.ts';
import { annotationSummary, threadConditions, threadsOfDocument } from '../../annotation/reads.ts';
import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { issueById } from '../../issue/reads.ts';
import { IssueRef } from '../../issue/ref.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { listOf } from '../../shared/listing.ts';
import { Node } from '../../shared/node.ts';
import { badInput } from '../../shared/refusal.ts';
import { storableText } from '../../shared/text.ts';
import { type DiffHunk, diffOf, type TextDiff, unified } from '../diff.ts';
import { documentById, documentOfIssue, documentsOfIssue, isShown, type ListedDocument, type ListedRevision, revisionBody, revisionById, revisionOfDocument, revisionsOfDocument } from '../reads.ts';
import { DocumentRef, DocumentRevisionRef } from '../ref.ts';

const DocumentConnection = connectionOf(DocumentRef, 'Document');
const DocumentRevisionConnection = connectionOf(DocumentRevisionRef, 'DocumentRevision');

export const DiffHunkType = builder.objectRef<DiffHunk>('DocumentDiffHunk').implement({
  description: 'Lines that changed, with those around them.',
  fields: (t) => ({
    oldStart: t.exposeInt('oldStart', { description: 'First line in the older text, from 1.' }),
    oldLines: t.exposeInt('oldLines', { description: 'Lines of the older text.' }),
    newStart: t.exposeInt('newStart', { description: 'First line in the newer text, from 1.' }),
    newLines: t.exposeInt('newLines', { description: 'Lines of the newer text.' }),
    lines: t.exposeStringList('lines', { description: 'Each with a space, - or + before it.' }),
  }),
});

interface RevisionDiff extends TextDiff {
  from: ListedRevision;
  to: ListedRevision;
}

const DocumentDiff = builder.objectRef<RevisionDiff>('DocumentDiff').implement({
  description: 'What changed between two revisions, by lines.',
  fields: (t) => ({
    from: t.expose('from', { type: DocumentRevisionRef, description: 'The one compared with.' }),
    to: t.expose('to', { type: DocumentRevisionRef, description: 'The one compared.' }),
    added: t.exposeInt('added', { description: 'Lines that only the second has.' }),
    removed: t.exposeInt('removed', { description: 'Lines that only the first has.' }),
    hunks: t.expose('hunks', { type: [DiffHunkType], description: 'The changes from top to bottom; none where the texts are the same.' }),
    unified: t.string({ description: 'The whole as a patch; empty where the texts are the same.', resolve: (diff) => unified(diff, `revision ${diff.from.number}`, `revision ${diff.to.number}`) }),
  }),
});

DocumentRevisionRef.implement({
  description: 'What a document said at one time. Revisions are never changed.',
  interfaces: [Node],
  fields: (t) => ({
    document: t.field({ type: DocumentRef, description: 'Of which document.', resolve: async (revision, _args, ctx) => (await ctx.loading.load(documentById, revision.documentId)) as never }),
    number: t.exposeInt('number', { description: 'From 1, without gaps.' }),
    title: t.exposeString('title', { nullable: true, description: 'Its title then.' }),
    body: t.string({ description: 'Its text then, as markdown.', resolve: (revision, _args, ctx) => revision.body ?? ctx.loading.load(revisionBody, revision.id) }),
    changeSummary: t.exposeString('changeSummary', { nullable: true, description: 'What its author said of the change.' }),
    restoredFrom: t.exposeInt('restoredFrom', { nullable: true, description: 'Number of the revision that this one brought back.' }),
    author: t.field({ type: Actor, description: 'Who wrote it.', resolve: (revision, _args, ctx) => actorFrom(ctx, revision.authorType, revision.authorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run it was written in.', resolve: (revision, _args, ctx) => (revision.runId ? ctx.loading.load(runById, revision.runId) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
  }),
});

const body = (document: ListedDocument, ctx: Context) => document.body ?? ctx.loading.load(revisionBody, document.latestRevisionId);

DocumentRef.implement({
  description: 'A markdown text of an issue, found by its key. Every write is a revision.',
  interfaces: [Node],
  fields: (t) => ({
    issue: t.field({ type: IssueRef, description: 'Whose document it is.', resolve: async (document, _args, ctx) => (await ctx.loading.load(issueById, document.issueId)) as never }),
    key: t.exposeString('key', { description: 'Unique in its issue: plan, design, notes.' }),
    title: t.exposeString('title', { nullable: true, description: 'What people call it.' }),
    body: t.string({ description: 'Its latest text, as markdown.', resolve: (document, _args, ctx) => body(document, ctx) }),
    number: t.int({ description: 'Number of the latest revision.', resolve: (document) => document.latestNumber }),
    latestRevision: t.field({ type: DocumentRevisionRef, description: 'The latest revision; its id is the base of the next write.', resolve: async (document, _args, ctx) => (await ctx.loading.load(revisionById, document.latestRevisionId)) as never }),
    revisions: t.field({ type: DocumentRevisionConnection, args: pageArgs(), complexity: listComplexity, description: 'Its revisions, newest first.', resolve: (document, args, ctx) => listOf(ctx, revisionsOfDocument, document.id, args) }),
    revision: t.field({
      type: DocumentRevisionRef, nullable: true, description: 'One of its revisions; null where there is none of this number.',
      args: { number: t.arg.int({ required: true, description: 'From 1.' }) },
      resolve: (document, { number }, ctx) => revisionOfDocument(ctx, document.id, checkedNumber('number', number)),
    }),
    diff: t.field({
      type: DocumentDiff, nullable: true, complexity: 100, description: 'What changed between two revisions; null where there is no such revision. Without numbers: the latest change.',
      args: { from: t.arg.int({ description: 'The one before `to` when absent.' }), to: t.arg.int({ description: 'The latest when absent.' }) },
      resolve: (document, args, ctx) => diffBetween(ctx, document, args),
    }),
    isSystem: t.exposeBoolean('isSystem', { description: 'Boardroom itself writes it: it is in no list and cannot be annotated.' }),
    lockedAt: t.expose('lockedAt', { type: 'DateTime', nullable: true, description: 'Since when the board keeps it as it is; null when it can be written.' }),
    lockedBy: t.field({ type: UserType, nullable: true, description: 'Who locked it.', resolve: (document, _args, ctx) => (document.lockedById ? ctx.loading.load(userById, document.lockedById) : null) }),
    annotations: t.field({ type: AnnotationSummary, complexity: 2, description: 'How many threads about it stand how.', resolve: (document, _args, ctx) => ctx.loading.load(annotationSummary, document.id) }),
    threads: t.field({
      type: AnnotationThreadConnection, complexity: listComplexity, description: 'Threads about its passages, oldest first.',
      args: { ...pageArgs(), status: t.arg({ type: ThreadStatusEnum, description: 'Only open or only resolved ones.' }) },
      resolve: (document, args, ctx) => listOf(ctx, threadsOfDocument, document.id, args, threadConditions(args.status)),
    }),
    createdBy: t.field({ type: Actor, description: 'Who wrote it first.', resolve: (document, _args, ctx) => actorFrom(ctx, document.creatorType, document.creatorId) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first written.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last written.' }),
  }),
});

builder.objectFields(IssueRef, (t) => ({
  documents: t.field({
    type: DocumentConnection, args: pageArgs(), complexity: listComplexity, description: 'Its documents, oldest first, without those that Boardroom keeps for itself.',
    resolve: (issue, args, ctx) => listOf(ctx, documentsOfIssue, issue.id, args, [isShown]),
  }),
  document: t.field({
    type: DocumentRef, nullable: true, description: 'Its document of this key; null where there is none.',
    args: { key: t.arg.string({ required: true, description: 'Such as plan.' }) },
    resolve: (issue, { key }, ctx) => documentOfIssue(ctx, issue.id, storableText('key', key, 1_000)),
  }),
}));

async function diffBetween(ctx: Context, document: ListedDocument, args: { from?: number | null | undefined; to?: number | null | undefined }): Promise<RevisionDiff | null> {
  const newer = checkedNumber('to', args.to ?? document.latestNumber);
  const older = checkedNumber('from', args.from ?? Math.max(1, newer - 1));
  const [from, to] = await Promise.all([revisionOfDocument(ctx, document.id, older), revisionOfDocument(ctx, document.id, newer)]);
  if (!from || !to) return null;
  const [before, after] = await Promise.all([ctx.loading.load(revisionBody, from.id), ctx.loading.load(revisionBody, to.id)]);
  return { from, to, ...diffOf(before, after) };
}

function checkedNumber(field: string, number: number): number {
  if (number < 1) throw badInput(field, 'revisions count from 1');
  return number;
}
