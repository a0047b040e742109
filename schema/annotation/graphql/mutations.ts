import { builder } from '../../builder.ts';
import { DocumentOutdated } from '../../document/conflicts.ts';
import { Outdated } from '../../document/graphql/conflicts.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { createAnnotation } from '../commands/create-annotation.ts';
import { replyToAnnotation } from '../commands/reply-to-annotation.ts';
import { reopenAnnotation, resolveAnnotation } from '../commands/resolve-annotation.ts';
import { AnnotationCommentRef, AnnotationThreadRef } from '../ref.ts';

const AnnotationQuoteInput = builder.inputType('AnnotationQuoteInput', {
  description: 'A passage by its words.',
  fields: (t) => ({
    exact: t.string({ required: true, description: 'The words as readers see them, 1 to 10,000 characters. Whitespace counts as one space.' }),
    prefix: t.string({ description: 'What comes before them, up to 1,000 characters: tells one place from another where no position is given.' }),
    suffix: t.string({ description: 'What comes after them, up to 1,000 characters.' }),
  }),
});
const AnnotationPositionInput = builder.inputType('AnnotationPositionInput', {
  description: 'A passage by its place, in UTF-16 code units from 0. All four must agree with the text.',
  fields: (t) => ({
    normalizedStart: t.int({ required: true, description: 'Where it begins in the text as readers see it.' }),
    normalizedEnd: t.int({ required: true, description: 'Where it ends in it.' }),
    markdownStart: t.int({ required: true, description: 'Where it begins in the markdown.' }),
    markdownEnd: t.int({ required: true, description: 'Where it ends in it.' }),
  }),
});
const CreateAnnotationInput = builder.inputType('CreateAnnotationInput', {
  description: 'What to start a thread about.',
  fields: (t) => ({
    documentId: t.id({ required: true, description: 'In which document. Those that Boardroom keeps for itself are not annotated.' }),
    baseRevisionId: t.id({ required: true, description: 'The revision that was read. A newer one is a DocumentOutdated.' }),
    quote: t.field({ type: AnnotationQuoteInput, required: true, description: 'The passage. Words that do not stand there are a RULE_VIOLATION (reason quote_mismatch).' }),
    position: t.field({ type: AnnotationPositionInput, description: 'Where it stands. Absent, the words must stand in one place only (reason ambiguous_quote).' }),
    body: t.string({ required: true, description: 'The first comment: markdown, 1 to 20,000 characters.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const ReplyToAnnotationInput = builder.inputType('ReplyToAnnotationInput', {
  description: 'A contribution to a thread.',
  fields: (t) => ({
    threadId: t.id({ required: true, description: 'Which thread.' }),
    body: t.string({ required: true, description: 'Markdown, 1 to 20,000 characters.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const ResolveAnnotationInput = builder.inputType('ResolveAnnotationInput', {
  description: 'What is settled.',
  fields: (t) => ({ threadId: t.id({ required: true, description: 'Which thread.' }) }),
});
const ReopenAnnotationInput = builder.inputType('ReopenAnnotationInput', {
  description: 'What is not settled after all.',
  fields: (t) => ({ threadId: t.id({ required: true, description: 'Which thread.' }) }),
});

const CreateAnnotationResult = builder.unionType('CreateAnnotationResult', {
  description: 'The new thread, or the newer revision.', types: [AnnotationThreadRef, Outdated],
  resolveType: (value) => (value instanceof DocumentOutdated ? 'DocumentOutdated' : 'AnnotationThread'),
});

builder.mutationFields((t) => ({
  createAnnotation: t.field({
    type: CreateAnnotationResult, description: 'Starts a thread about a passage of the latest revision. The server checks the passage and computes what it keeps of it. A wrong passage is a RULE_VIOLATION with details.reason: invalid_range, quote_mismatch, position_mismatch or ambiguous_quote.',
    args: { input: t.arg({ type: CreateAnnotationInput, required: true, description: 'The passage and the comment.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createAnnotation(tx, by, checkedIds(input))),
  }),
  replyToAnnotation: t.field({
    type: AnnotationCommentRef, description: 'Adds to a thread.',
    args: { input: t.arg({ type: ReplyToAnnotationInput, required: true, description: 'The comment.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => replyToAnnotation(tx, by, checkedIds(input))),
  }),
  resolveAnnotation: t.field({
    type: AnnotationThreadRef, description: 'Closes a thread. It is still found again in each revision.',
    args: { input: t.arg({ type: ResolveAnnotationInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => resolveAnnotation(tx, by, checkedIds(input))),
  }),
  reopenAnnotation: t.field({
    type: AnnotationThreadRef, description: 'Opens a resolved thread again.',
    args: { input: t.arg({ type: ReopenAnnotationInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => reopenAnnotation(tx, by, checkedIds(input))),
  }),
}));
