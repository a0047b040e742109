import { approvalId, approvalText } from '../approval.ts';
import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { graphql } from '../generated/gql.ts';

const WithdrawMutation = graphql(`
  mutation WithdrawApproval($input: WithdrawApprovalInput!) {
    withdrawApproval(input: $input) {
      __typename
      ... on Approval { ...ApprovalFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'approval withdraw ID [--note TEXT]',
  about: 'Asks no more: an agent what it asked for itself. Whoever was to be hired is not.',
  args: 1,
  flags: { note: { type: 'string', short: 'n', about: 'why' } },
  async run({ settings, flags, args, show }) {
    const { withdrawApproval } = await ask(settings, WithdrawMutation, { input: { approvalId: approvalId(args[0]), note: flags.note ?? null } });
    const withdrawn = orConflict(withdrawApproval, 'Approval');
    show(withdrawn, () => approvalText(withdrawn));
  },
});
