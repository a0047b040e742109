import { approvalId, approvalText } from '../approval.ts';
import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { graphql } from '../generated/gql.ts';
import type { HireChangesInput, ResubmitApprovalInput } from '../generated/graphql.ts';
import { readObject } from '../json-input.ts';

const ResubmitMutation = graphql(`
  mutation ResubmitApproval($input: ResubmitApprovalInput!) {
    resubmitApproval(input: $input) {
      __typename
      ... on Approval { ...ApprovalFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'approval resubmit ID [--title TEXT] [--body TEXT | --file PATH] [--hire JSON]',
  about: 'Puts another version before the board, after it asked for one: what is given is changed, the rest stays.',
  args: 1,
  flags: {
    title: { type: 'string', about: 'what is asked for, in a line' },
    body: { type: 'string', short: 'b', about: 'more about it; - reads standard input' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read that from a file' },
    hire: { type: 'string', value: 'JSON', about: 'what is different about the agent; - reads standard input' },
  },
  async run({ settings, flags, args, show }) {
    const input: ResubmitApprovalInput = { approvalId: approvalId(args[0]) };
    if (flags.title !== undefined) input.title = flags.title;
    const body = await readBody(flags.body, flags.file);
    if (body !== undefined) input.body = body;
    if (flags.hire) input.hire = (await readObject(flags.hire, undefined, 'what is different')) as HireChangesInput;
    const { resubmitApproval } = await ask(settings, ResubmitMutation, { input });
    const sent = orConflict(resubmitApproval, 'Approval');
    show(sent, () => approvalText(sent));
  },
});
