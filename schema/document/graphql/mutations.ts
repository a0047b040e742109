import { builder } from '../../builder.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { deleteDocument, lockDocument, putDocument, restoreDocument, unlockDocument } from '../commands.ts';
import { DocumentRef } from '../ref.ts';
import { DeleteDocumentResult, PutDocumentResult, RestoreDocumentResult } from './conflicts.ts';

const PutDocumentInput = builder.inputType('PutDocumentInput', {
  description: 'What a document is to say.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'Of which issue.' }),
    key: t.string({ required: true, description: 'A lowercase slug of 1 to 64 characters. By convention: plan, design, notes, output.' }),
    title: t.string({ description: 'Up to 200 characters. Absent it stays, null empties it.' }),
    body: t.string({ required: true, description: 'Markdown, 1 to 524,288 characters.' }),
    changeSummary: t.string({ description: 'What changed, in up to 500 characters.' }),
    baseRevisionId: t.id({ description: 'The revision that was read before writing. Absent for a document that is not there yet.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const RestoreDocumentInput = builder.inputType('RestoreDocumentInput', {
  description: 'What to bring back.',
  fields: (t) => ({
    documentId: t.id({ required: true, description: 'Which document.' }),
    revisionId: t.id({ required: true, description: 'Which of its revisions; the latest is a CONFLICT.' }),
    changeSummary: t.string({ description: 'Why, in up to 500 characters.' }),
  }),
});
const LockDocumentInput = builder.inputType('LockDocumentInput', {
  description: 'What to lock.',
  fields: (t) => ({ documentId: t.id({ required: true, description: 'Which document.' }) }),
});
const UnlockDocumentInput = builder.inputType('UnlockDocumentInput', {
  description: 'What to unlock.',
  fields: (t) => ({ documentId: t.id({ required: true, description: 'Which document.' }) }),
});
const DeleteDocumentInput = builder.inputType('DeleteDocumentInput', {
  description: 'What to delete.',
  fields: (t) => ({ documentId: t.id({ required: true, description: 'Which document.' }) }),
});

builder.mutationFields((t) => ({
  putDocument: t.field({
    type: PutDocumentResult,
    description: 'Writes a document: a new one, or the next revision of the one of this key. Its threads are found again in the new text, and confirmations about older revisions expire. For a locked document an agent gets one of its own under a derived key.',
    args: { input: t.arg({ type: PutDocumentInput, required: true, description: 'The text.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => putDocument(tx, by, checkedIds(input))),
  }),
  restoreDocument: t.field({
    type: RestoreDocumentResult, description: 'Makes an earlier revision the latest one again, as a new revision.',
    args: { input: t.arg({ type: RestoreDocumentInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => restoreDocument(tx, by, checkedIds(input))),
  }),
  lockDocument: t.field({
    type: DocumentRef, description: 'Keeps a document as it is: no edit, restore or delete until it is unlocked. Reading and annotating go on. Board only.',
    args: { input: t.arg({ type: LockDocumentInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => lockDocument(tx, by, checkedIds(input))),
  }),
  unlockDocument: t.field({
    type: DocumentRef, description: 'Lets a document be written again. Board only.',
    args: { input: t.arg({ type: UnlockDocumentInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => unlockDocument(tx, by, checkedIds(input))),
  }),
  deleteDocument: t.field({
    type: DeleteDocumentResult, description: 'Removes a document with its revisions and threads, for good. Board only.',
    args: { input: t.arg({ type: DeleteDocumentInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => deleteDocument(tx, by, checkedIds(input))),
  }),
}));
