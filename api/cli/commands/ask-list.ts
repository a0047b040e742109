import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { interactionTable } from '../interaction.ts';
import { companyId, issueRef } from '../refs.ts';

const OfIssueQuery = graphql(`
  query InteractionsOfIssue($ref: String!) {
    issue(ref: $ref) { interactions(first: 100) { nodes { ...InteractionRow } } }
  }
`);
const PendingQuery = graphql(`
  query PendingInteractions($ref: String!) {
    company(ref: $ref) { pendingInteractions(first: 100) { nodes { ...InteractionRow } } }
  }
`);

export const command = defineCommand({
  usage: 'ask list [ISSUE] [--pending]',
  about: 'What the board was asked on an issue, or on the issue of the run; with --pending what waits for the board in the whole company.',
  args: 1,
  flags: { pending: { type: 'boolean', about: 'all that waits for the board' } },
  async run({ settings, flags, args, show }) {
    if (flags.pending) {
      const { company } = await ask(settings, PendingQuery, { ref: await companyId(settings) });
      const waiting = company?.pendingInteractions.nodes ?? [];
      show(waiting, () => interactionTable(waiting));
      return;
    }
    const ref = issueRef(settings, args[0]);
    const { issue } = await ask(settings, OfIssueQuery, { ref });
    if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
    show(issue.interactions.nodes, () => interactionTable(issue.interactions.nodes));
  },
});
