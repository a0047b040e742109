import type { AnnotationSnapshot } from '../../../prisma/generated/client.ts';
import { Actor, actorFrom } from '../../access/graphql.ts';
import { builder } from '../../builder.ts';
import { documentById, revisionById } from '../../document/reads.ts';
import { DocumentRef, DocumentRevisionRef } from '../../document/ref.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { listOf } from '../../shared/listing.ts';
import { Node } from '../../shared/node.ts';
import type { Anchor } from '../anchor/selector.ts';
import { commentsOfThread, snapshotsOfThread, type Summary, threadById } from '../reads.ts';
import { AnnotationCommentRef, AnnotationThreadRef } from '../ref.ts';

export const ThreadStatusEnum = builder.enumType('ThreadStatus', {
  description: 'Whether a thread goes on.', values: { OPEN: { description: 'It awaits something.' }, RESOLVED: { description: 'It was settled.' } } as const,
});
const AnchorStateEnum = builder.enumType('AnchorState', {
  description: 'How sure it is where a thread stands.',
  values: {
    ACTIVE: { description: 'It stands at its passage.' }, STALE: { description: 'It stands at what is most like its passage: somebody should look.' },
    ORPHANED: { description: 'Its passage is gone. A later revision that has it again brings the thread back.' },
  } as const,
});
const AnchorConfidenceEnum = builder.enumType('AnchorConfidence', {
  description: 'How the passage of a thread was found.',
  values: {
    EXACT: { description: 'Its words stand once, or have not been touched.' }, DUPLICATE: { description: 'Its words stand several times; what is around them tells which.' },
    AMBIGUOUS: { description: 'Its words stand where nothing tells that they are the same.' }, FUZZY: { description: 'Its words have changed.' }, MISSING: { description: 'It was not found.' },
  } as const,
});

export const AnnotationSummary = builder.objectRef<Summary>('AnnotationSummary').implement({
  description: 'How many threads of a document stand how.',
  fields: (t) => ({
    open: t.exposeInt('open', { description: 'Open threads.' }),
    resolved: t.exposeInt('resolved', { description: 'Resolved threads.' }),
    stale: t.exposeInt('stale', { description: 'Open threads whose place should be looked at.' }),
    orphaned: t.exposeInt('orphaned', { description: 'Open threads whose passage is gone.' }),
  }),
});

/** A place, and the words that stand there. */
interface Place extends Anchor {
  text: string;
}

const AnnotationPlace = builder.objectRef<Place>('AnnotationPlace').implement({
  description: 'Where a thread stands. Offsets count UTF-16 code units from 0.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The words that stand there.' }),
    normalizedStart: t.exposeInt('normalizedStart', { description: 'Where they begin in the text as readers see it.' }),
    normalizedEnd: t.exposeInt('normalizedEnd', { description: 'Where they end in it.' }),
    markdownStart: t.exposeInt('markdownStart', { description: 'Where they begin in the markdown.' }),
    markdownEnd: t.exposeInt('markdownEnd', { description: 'Where they end in it.' }),
  }),
});

const Snapshot = builder.objectRef<AnnotationSnapshot>('AnnotationSnapshot').implement({
  description: 'How a thread moved from one revision to the next.',
  fields: (t) => ({
    fromNumber: t.exposeInt('fromNumber', { description: 'Number of the older revision.' }),
    toNumber: t.exposeInt('toNumber', { description: 'Number of the newer revision.' }),
    previous: t.field({ type: AnnotationPlace, description: 'Where it stood.', resolve: (snapshot) => snapshot.previous as unknown as Place }),
    next: t.field({ type: AnnotationPlace, nullable: true, description: 'Where it stands; null where it was not found.', resolve: (snapshot) => snapshot.next as unknown as Place | null }),
    state: t.expose('state', { type: AnchorStateEnum, description: 'How sure that is.' }),
    confidence: t.expose('confidence', { type: AnchorConfidenceEnum, description: 'How it was found.' }),
    failureReason: t.exposeString('failureReason', { nullable: true, description: 'Why it was not found: not_found or empty_quote.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the newer revision was written.' }),
  }),
});

export const AnnotationThreadConnection = connectionOf(AnnotationThreadRef, 'AnnotationThread');
const AnnotationCommentConnection = connectionOf(AnnotationCommentRef, 'AnnotationComment');
const AnnotationSnapshotConnection = connectionOf(Snapshot, 'AnnotationSnapshot');

AnnotationCommentRef.implement({
  description: 'One contribution to a thread about a passage. It wakes nobody unless it mentions somebody.',
  interfaces: [Node],
  fields: (t) => ({
    thread: t.field({ type: AnnotationThreadRef, description: 'In which thread.', resolve: async (comment, _args, ctx) => (await ctx.loading.load(threadById, comment.threadId)) as never }),
    author: t.field({ type: Actor, description: 'Who wrote it.', resolve: (comment, _args, ctx) => actorFrom(ctx, comment.authorType, comment.authorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run it was written in.', resolve: (comment, _args, ctx) => (comment.runId ? ctx.loading.load(runById, comment.runId) : null) }),
    body: t.exposeString('body', { description: 'Markdown.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
  }),
});

AnnotationThreadRef.implement({
  description: 'A conversation about a passage of a document. The passage is found again in each revision, always by the words that were first chosen.',
  interfaces: [Node],
  fields: (t) => ({
    document: t.field({ type: DocumentRef, description: 'About which document.', resolve: async (thread, _args, ctx) => (await ctx.loading.load(documentById, thread.documentId)) as never }),
    status: t.expose('status', { type: ThreadStatusEnum, description: 'Whether it goes on.' }),
    anchorState: t.expose('anchorState', { type: AnchorStateEnum, description: 'How sure it is where it stands.' }),
    confidence: t.expose('confidence', { type: AnchorConfidenceEnum, description: 'How its passage was found.' }),
    quote: t.exposeString('quote', { description: 'The words that were first chosen, kept for good.' }),
    prefix: t.exposeString('prefix', { description: 'Up to 48 characters before them, then.' }),
    suffix: t.exposeString('suffix', { description: 'Up to 48 characters after them, then.' }),
    place: t.field({
      type: AnnotationPlace, nullable: true, description: 'Where it stands in the latest revision; null while orphaned.',
      resolve: ({ anchorState, matchText, quote, normalizedStart, normalizedEnd, markdownStart, markdownEnd }) =>
        anchorState === 'ORPHANED' ? null : { text: matchText ?? quote, normalizedStart, normalizedEnd, markdownStart, markdownEnd },
    }),
    projectionVersion: t.exposeInt('projectionVersion', { description: 'How the text as readers see it is made of the markdown: 2, or 1 for threads that were imported.' }),
    originalRevision: t.field({ type: DocumentRevisionRef, description: 'The revision it was started on.', resolve: async (thread, _args, ctx) => (await ctx.loading.load(revisionById, thread.originalRevisionId)) as never }),
    currentRevision: t.field({ type: DocumentRevisionRef, description: 'The revision it was last found in, or not.', resolve: async (thread, _args, ctx) => (await ctx.loading.load(revisionById, thread.currentRevisionId)) as never }),
    comments: t.field({ type: AnnotationCommentConnection, args: pageArgs(), complexity: listComplexity, description: 'What was said, oldest first.', resolve: (thread, args, ctx) => listOf(ctx, commentsOfThread, thread.id, args) }),
    snapshots: t.field({ type: AnnotationSnapshotConnection, args: pageArgs(), complexity: listComplexity, description: 'How it moved, newest first.', resolve: (thread, args, ctx) => listOf(ctx, snapshotsOfThread, thread.id, args) }),
    createdBy: t.field({ type: Actor, description: 'Who started it.', resolve: (thread, _args, ctx) => actorFrom(ctx, thread.creatorType, thread.creatorId) }),
    resolvedBy: t.field({ type: Actor, nullable: true, description: 'Who resolved it.', resolve: (thread, _args, ctx) => (thread.resolverType ? actorFrom(ctx, thread.resolverType, thread.resolverId) : null) }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it was resolved.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was started.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});
