import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { graphql } from '../generated/gql.ts';
import { issueTable } from '../issue-row.ts';
import { issueId } from '../refs.ts';

const ReleaseIssueMutation = graphql(`
  mutation ReleaseIssue($input: ReleaseIssueInput!) {
    releaseIssue(input: $input) {
      __typename
      ... on Issue { ...IssueRow }
      ...ConflictFields
    }
  }
`);

export const command = defineCommand({
  usage: 'issue release [ISSUE]',
  about: 'Gives back an issue that this run checked out, undone, for somebody else to take.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const { releaseIssue } = await ask(settings, ReleaseIssueMutation, {
      input: { issueId: await issueId(settings, args[0]) },
    });
    const issue = orConflict(releaseIssue, 'Issue');
    show(issue, () => issueTable([issue]));
  },
});
