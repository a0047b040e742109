import { GraphQLError } from 'graphql';
import { Actor, actorFrom } from '../access/graphql.ts';
import { builder } from '../builder.ts';
import { IssueHeld } from '../issue/conflicts.ts';
import { Held } from '../issue/graphql/conflicts.ts';
import { commentById, issueById } from '../issue/reads.ts';
import { CommentRef, IssueRef } from '../issue/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { optionalText } from '../shared/text.ts';
import { attachFile, deleteAttachment, mayAttach } from './commands.ts';
import { attachmentsOfIssue } from './reads.ts';
import { AttachmentRef } from './ref.ts';
import { isShown } from './rules.ts';
import { Upload } from './upload.ts';

const NO_FILE = 'File is sent as a part of multipart/form-data, as the GraphQL multipart request specification says';

function notAFile(): never {
  throw new GraphQLError(NO_FILE, { extensions: { code: 'BAD_USER_INPUT' } });
}

builder.scalarType('File', {
  description: 'A file, sent as a part of multipart/form-data (GraphQL multipart request specification), one of them in a request.',
  serialize: notAFile,
  parseValue: (value) => (value instanceof Upload ? value : notAFile()),
  parseLiteral: notAFile,
});

AttachmentRef.implement({
  description: 'A file that belongs to an issue.',
  interfaces: [Node],
  fields: (t) => ({
    issue: t.field({ type: IssueRef, description: 'Where it belongs.', resolve: async (attachment, _args, ctx) => (await ctx.loading.load(issueById, attachment.issueId)) as never }),
    comment: t.field({ type: CommentRef, nullable: true, description: 'The comment that it came with.', resolve: (attachment, _args, ctx) => (attachment.commentId ? ctx.loading.load(commentById, attachment.commentId) : null) }),
    filename: t.exposeString('filename', { description: 'Its name, without a path.' }),
    contentType: t.exposeString('contentType', { description: 'What it is, told by its first bytes and its name.' }),
    byteSize: t.expose('byteSize', { type: 'BigInt', description: 'Bytes.' }),
    sha256: t.exposeString('sha256', { description: 'Of its bytes, hexadecimal.' }),
    path: t.string({ description: 'Where its bytes are served, with the credentials of this API; ranges may be asked for.', resolve: ({ id }) => `/files/${id}` }),
    isShown: t.boolean({ description: 'A browser shows it; others are only offered for download.', resolve: ({ contentType }) => isShown(contentType) }),
    uploadedBy: t.field({ type: Actor, description: 'Who uploaded it.', resolve: (attachment, _args, ctx) => actorFrom(ctx, attachment.uploaderType, attachment.uploaderId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run it was uploaded in.', resolve: (attachment, _args, ctx) => (attachment.runId ? ctx.loading.load(runById, attachment.runId) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was uploaded.' }),
  }),
});

const AttachmentConnection = connectionOf(AttachmentRef, 'Attachment');

builder.objectFields(IssueRef, (t) => ({
  attachments: t.field({
    type: AttachmentConnection, args: pageArgs(), complexity: listComplexity, description: 'Its files, oldest first.',
    resolve: (issue, args, ctx) => listOf(ctx, attachmentsOfIssue, issue.id, args),
  }),
}));

const UploadAttachmentInput = builder.inputType('UploadAttachmentInput', {
  description: 'A file for an issue.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'For which issue.' }),
    file: t.field({ type: 'File', required: true, description: 'The file. Larger than the company\'s attachmentMaxBytes is a RULE_VIOLATION.' }),
    filename: t.string({ description: 'Its name, where it is not the one it is sent with; up to 500 characters, of which 200 are kept.' }),
    commentId: t.id({ description: 'The comment of this issue that it goes with.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const DeleteAttachmentInput = builder.inputType('DeleteAttachmentInput', {
  description: 'Which file is to go.',
  fields: (t) => ({ attachmentId: t.id({ required: true, description: 'Which.' }) }),
});

const nameOf = (value: unknown) => (value instanceof IssueHeld ? ('IssueHeld' as const) : ('Attachment' as const));
const UploadAttachmentResult = builder.unionType('UploadAttachmentResult', { description: 'The attachment, or who has the issue.', types: [AttachmentRef, Held], resolveType: nameOf });
const DeleteAttachmentResult = builder.unionType('DeleteAttachmentResult', { description: 'The attachment as it was, or who has the issue.', types: [AttachmentRef, Held], resolveType: nameOf });

builder.mutationFields((t) => ({
  uploadAttachment: t.field({
    type: UploadAttachmentResult, description: 'Attaches a file to an issue. While another run has it, agents get IssueHeld.',
    args: { input: t.arg({ type: UploadAttachmentInput, required: true, description: 'The file.' }) },
    resolve: async (_root, { input }, ctx) => {
      const { file, ...fields } = checkedIds(input);
      const filename = optionalText('filename', fields.filename, 500) ?? file.filename;
      optionalText('idempotencyKey', fields.idempotencyKey, 200);
      // Who may not, or sends too much, is told before the disk is filled.
      const allowed = await ctx.write((tx, by) => mayAttach(tx, by, fields));
      if (allowed instanceof IssueHeld) return allowed;
      const stored = await ctx.files.store(file.take(), allowed.maxBytes);
      return ctx.write((tx, by) => attachFile(tx, by, { ...fields, filename }, stored));
    },
  }),
  deleteAttachment: t.field({
    type: DeleteAttachmentResult, description: 'Takes a file from its issue. Agents delete only what they uploaded themselves.',
    args: { input: t.arg({ type: DeleteAttachmentInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => deleteAttachment(tx, by, checkedIds(input))),
  }),
}));
