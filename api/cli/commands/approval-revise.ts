import { approvalId, approvalText } from '../approval.ts';
import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';

const ReviseMutation = graphql(`
  mutation RequestApprovalRevision($input: RequestApprovalRevisionInput!) {
    requestApprovalRevision(input: $input) {
      __typename
      ... on Approval { ...ApprovalFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'approval revise ID WHAT',
  about: 'The board wants another version, and says what is amiss. Agents may not.',
  args: 2,
  flags: { file: { type: 'string', short: 'f', value: 'PATH', about: 'read what is amiss from a file' } },
  async run({ settings, flags, args, show }) {
    const note = await readBody(args[1], flags.file);
    if (!note?.trim()) throw new UsageError('say what is to be changed');
    const { requestApprovalRevision } = await ask(settings, ReviseMutation, { input: { approvalId: approvalId(args[0]), note } });
    const asked = orConflict(requestApprovalRevision, 'Approval');
    show(asked, () => approvalText(asked));
  },
});
