import { ask } from '../ask.ts';
import { chooseMany, issueStatuses } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { graphql } from '../generated/gql.ts';
import { issueTable } from '../issue-row.ts';
import { agentId, issueId } from '../refs.ts';

const CheckoutIssueMutation = graphql(`
  mutation CheckoutIssue($input: CheckoutIssueInput!) {
    checkoutIssue(input: $input) {
      __typename
      ... on Issue { ...IssueRow }
      ...ConflictFields
    }
  }
`);

export const command = defineCommand({
  usage: 'issue checkout [ISSUE]',
  about: 'Takes an issue for this run: nobody else can work on it until the run ends or releases it.\nExit code 3: somebody has it, or it is blocked. That is final; take another one.',
  args: 1,
  flags: {
    expect: { type: 'string', value: 'STATUS,…', about: 'only if it is in one of these' },
    agent: { type: 'string', value: 'NAME', about: 'for this agent, when the board does it' },
  },
  async run({ settings, flags, args, show }) {
    const { checkoutIssue } = await ask(settings, CheckoutIssueMutation, {
      input: {
        issueId: await issueId(settings, args[0]),
        agentId: flags.agent ? await agentId(settings, flags.agent) : null,
        expectedStatuses: flags.expect ? chooseMany('--expect', issueStatuses, flags.expect) : null,
      },
    });
    const issue = orConflict(checkoutIssue, 'Issue');
    show(issue, () => issueTable([issue]));
  },
});
