import { approvalId, approvalText } from '../approval.ts';
import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { issueIds } from '../refs.ts';

const LinkMutation = graphql(`
  mutation SetApprovalIssues($input: SetApprovalIssuesInput!) {
    setApprovalIssues(input: $input) { ...ApprovalFacts }
  }
`);

export const command = defineCommand({
  usage: 'approval link ID [ISSUE,…]',
  about: 'Says which issues an approval is about: these and no others. While it is pending they wait for the board.',
  args: 2,
  flags: {},
  async run({ settings, args, show }) {
    const { setApprovalIssues } = await ask(settings, LinkMutation, { input: { approvalId: approvalId(args[0]), issueIds: args[1] ? await issueIds(settings, args[1]) : [] } });
    show(setApprovalIssues, () => approvalText(setApprovalIssues));
  },
});
