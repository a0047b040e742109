import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { IssueDetailsFragment } from '../generated/graphql.ts';
import { interactionTable } from '../interaction.ts';
import { issueTable } from '../issue-row.ts';
import { bold, dim, dollars, facts, indent, plain } from '../print.ts';
import { issueRef } from '../refs.ts';

const IssueShowQuery = graphql(`
  query IssueShow($ref: String!, $comments: Int!) {
    issue(ref: $ref) { ...IssueDetails }
  }
`);
export const IssueDetails = graphql(`
  fragment IssueDetails on Issue {
    ...IssueRow
    description
    createdAt
    startedAt
    completedAt
    assigneeUser { name }
    project { id name }
    goal { id title }
    parent { id identifier title status }
    children(first: 50) { nodes { ...IssueRow } }
    blocks { identifier title status }
    labels { name }
    references(first: 20) { nodes { issue { identifier } } }
    referencedBy(first: 20) { nodes { issue { identifier } } }
    attachments(first: 20) { nodes { id filename } }
    workProducts(first: 20) { nodes { id type status title url } }
    nextStep { text }
    interactions(first: 10, filter: { statuses: [PENDING] }) { nodes { ...InteractionRow } }
    cost(subtree: true) { costMicros imputedMicros }
    commentCount
    comments(last: $comments) {
      nodes {
        id
        body
        createdAt
        author {
          ... on User { name }
          ... on Agent { name }
          ... on System { name }
        }
      }
    }
  }
`);

export const command = defineCommand({
  usage: 'issue show [ISSUE]',
  about: 'One issue with its children, blockers and last comments. Without a name: the issue of the run.',
  args: 1,
  flags: { comments: { type: 'string', value: 'N', about: 'how many of the last comments (20)' } },
  async run({ settings, flags, args, show }) {
    const ref = issueRef(settings, args[0]);
    const comments = count('--comments', flags.comments ?? '20');
    const { issue } = await ask(settings, IssueShowQuery, { ref, comments });
    if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
    show(issue, () => text(issue));
  },
});

function text(issue: IssueDetailsFragment): string {
  const { assignee, assigneeUser, holder, parent } = issue;
  const parts = [
    `${bold(issue.identifier)}  ${bold(plain(issue.title))}`,
    facts([
      ['status', `${issue.status}, ${issue.priority}`],
      ['assignee', plain(assignee?.name ?? assigneeUser?.name ?? 'nobody')],
      ['held by', holder && `run #${holder.number} of ${plain(holder.agent.name)}`],
      ['parent', parent && `${parent.identifier} ${parent.status} ${plain(parent.title)}`],
      ['project', issue.project && plain(issue.project.name)],
      ['goal', issue.goal && plain(issue.goal.title)],
      ['labels', issue.labels.map(({ name }) => plain(name)).join(', ')],
      ['blocked by', issue.blockedBy.map(({ identifier, status }) => `${identifier} ${status}`).join(', ')],
      ['blocks', issue.blocks.map(({ identifier, status }) => `${identifier} ${status}`).join(', ')],
      ['refers to', named(issue.references.nodes)],
      ['named by', named(issue.referencedBy.nodes)],
      ...issue.workProducts.nodes.map(({ type, status, title, url }): [string, string] => ['product', `${type} ${status} ${plain(title)}${url ? `  ${plain(url)}` : ''}`]),
      ...issue.attachments.nodes.map(({ id, filename }): [string, string] => ['attached', `${plain(filename)}  ${id}`]),
      ['cost', issue.cost.imputedMicros === issue.cost.costMicros ? dollars(issue.cost.costMicros) : `${dollars(issue.cost.costMicros)}, worth ${dollars(issue.cost.imputedMicros)}`],
      ['next', plain(issue.nextStep.text)],
    ]),
  ];
  if (issue.description) parts.push(indent(plain(issue.description)));
  if (issue.children.nodes.length > 0) parts.push(`${dim('children')}\n${indent(issueTable(issue.children.nodes))}`);
  if (issue.interactions.nodes.length > 0) parts.push(`${dim('waits for the board')}\n${indent(interactionTable(issue.interactions.nodes))}`);
  for (const comment of issue.comments.nodes) {
    parts.push(`${dim(`${plain(comment.author.name)}, ${comment.createdAt}`)}\n${indent(plain(comment.body))}`);
  }
  return parts.join('\n\n');
}

function named(references: { issue: { identifier: string } }[]): string {
  return references.map(({ issue }) => issue.identifier).join(', ');
}
