import { approvalId } from '../approval.ts';
import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';

const CommentMutation = graphql(`
  mutation AddApprovalComment($input: AddApprovalCommentInput!) {
    addApprovalComment(input: $input) { id body createdAt approval { id title status } }
  }
`);

export const command = defineCommand({
  usage: 'approval comment ID TEXT',
  about: 'Says something on it. A word of the board wakes who asked.',
  args: 2,
  flags: {
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the text from a file' },
    key: { type: 'string', about: 'makes a retry safe for 24 h' },
  },
  async run({ settings, flags, args, show }) {
    const body = await readBody(args[1], flags.file);
    if (!body?.trim()) throw new UsageError('say something');
    const { addApprovalComment } = await ask(settings, CommentMutation, { input: { approvalId: approvalId(args[0]), body, idempotencyKey: flags.key ?? null } });
    show(addApprovalComment, () => `commented on ${addApprovalComment.approval.title}`);
  },
});
