import { Upload } from '../../attachment/upload.ts';
import { bytesOf } from '../bytes.ts';
import type { MutationCase } from '../mutations.ts';

export const attachmentCases: Record<string, MutationCase> = {
  uploadAttachment: {
    input: ({ issue, comment }) => ({ issueId: issue.id, commentId: comment.id, file: new Upload('new.txt', bytesOf('new')) }), records: ['attachment.uploaded'],
  },
  // What agents may delete is what they uploaded themselves (schema/attachment/attachment.test.ts).
  deleteAttachment: { agent: 'nobody', input: ({ attachment }) => ({ attachmentId: attachment.id }), records: ['attachment.deleted'] },
};
