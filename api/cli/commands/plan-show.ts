import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { interactionTable } from '../interaction.ts';
import { issueTable } from '../issue-row.ts';
import { dim, indent, plain } from '../print.ts';
import { issueRef } from '../refs.ts';

const PlanQuery = graphql(`
  query Plan($ref: String!) {
    issue(ref: $ref) {
      identifier
      document(key: "plan") { number body latestRevision { id } }
      interactions(first: 100, filter: { kinds: [CONFIRMATION] }) { nodes { ...InteractionRow targetDocument { key } targetRevision { number } } }
      decompositions { id status childCount revision { number } children { ...IssueRow } }
    }
  }
`);

export const command = defineCommand({
  usage: 'plan show [ISSUE]',
  about: 'The plan of an issue, what the board said to it, and what was made of it.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const ref = issueRef(settings, args[0]);
    const { issue } = await ask(settings, PlanQuery, { ref });
    if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
    show(issue, () => {
      const { document, interactions, decompositions } = issue;
      const asked = interactions.nodes.filter(({ targetDocument }) => targetDocument?.key === 'plan');
      return [
        document ? `${dim(`plan of ${issue.identifier}, revision ${document.number}`)}\n${indent(plain(document.body))}` : dim(`${issue.identifier} has no plan`),
        ...(asked.length > 0 ? [interactionTable(asked)] : []),
        ...decompositions.map(({ status, childCount, revision, children }) => `${dim(`revision ${revision?.number ?? '?'}: ${children.length} of ${childCount} children, ${status}`)}\n${indent(issueTable(children))}`),
      ].join('\n\n');
    });
  },
});
