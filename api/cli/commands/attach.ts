import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { bold, columns, dim, plain } from '../print.ts';
import { issueId, issueRef, looksLikeIssue } from '../refs.ts';
import { fetchFile, sendFile } from '../files.ts';

const UploadAttachmentMutation = graphql(`
  mutation UploadAttachment($input: UploadAttachmentInput!) {
    uploadAttachment(input: $input) {
      __typename
      ... on Attachment { id filename contentType byteSize sha256 path issue { identifier } }
      ... on Conflict { ...ConflictFields }
    }
  }
`);
const AttachmentsQuery = graphql(`
  query Attachments($ref: String!, $first: Int!) {
    issue(ref: $ref) {
      attachments(first: $first) { nodes { id filename contentType byteSize createdAt path } }
    }
  }
`);

export const command = defineCommand({
  usage: 'attach [ISSUE] FILE | attach [ISSUE] --list | attach --get ID [--to PATH]',
  about: 'Attaches a file to an issue, or to the issue of the run; lists and fetches those that are there.',
  args: 2,
  flags: {
    name: { type: 'string', value: 'NAME', about: "another name than the file's own" },
    key: { type: 'string', value: 'KEY', about: 'asked again with the same key, nothing is added' },
    list: { type: 'boolean', about: 'the files of the issue' },
    get: { type: 'string', value: 'ID', about: 'fetch this attachment' },
    to: { type: 'string', value: 'PATH', about: 'where to; standard output when absent' },
    first: { type: 'string', value: 'N', about: 'how many to list, at most 100 (100)' },
  },
  async run({ settings, flags, args, show }) {
    if (flags.get !== undefined) return fetchFile(settings, flags.get, flags.to);
    if (flags.list) {
      const ref = issueRef(settings, args[0]);
      const { issue } = await ask(settings, AttachmentsQuery, { ref, first: count('--first', flags.first ?? '100') });
      if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
      const files = issue.attachments.nodes;
      const rows = () => columns(files.map((file) => [file.id, `${file.byteSize} bytes`, file.contentType, bold(plain(file.filename))]));
      return show(files, () => (files.length === 0 ? dim('no attachments') : rows()));
    }
    const named = args.length === 2 || (args[0] !== undefined && looksLikeIssue(args[0]));
    const path = named ? args[1] : args[0];
    if (path === undefined) throw new UsageError('name a file');
    const input = {
      issueId: await issueId(settings, named ? args[0] : undefined),
      file: null,
      filename: flags.name ?? basename(path),
      idempotencyKey: flags.key ?? randomUUID(),
    };
    const { uploadAttachment } = await sendFile(settings, UploadAttachmentMutation, { input: input as never }, 'variables.input.file', path);
    const attachment = orConflict(uploadAttachment, 'Attachment');
    show(attachment, () => `attached ${plain(attachment.filename)} (${attachment.byteSize} bytes) to ${attachment.issue.identifier}: ${attachment.id}`);
  },
});
