import { ask } from './ask.ts';
import { limitText } from './budget.ts';
import { ApiError, UsageError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { ApprovalFactsFragment, ApprovalRowFragment } from './generated/graphql.ts';
import { bold, columns, dim, facts, indent, plain } from './print.ts';
import type { Settings } from './settings.ts';

/** What a list says of one. */
export const ApprovalRow = graphql(`
  fragment ApprovalRow on Approval {
    __typename
    id
    type
    status
    title
    revision
    createdAt
    requestedBy { __typename ... on User { name } ... on Agent { name } ... on System { name } }
  }
`);
export const ApprovalFacts = graphql(`
  fragment ApprovalFacts on Approval {
    ...ApprovalRow
    body
    agent { id name role title status adapterType }
    hireBudget { metric window windowHours amount }
    incident { id limit observed }
    budgetAmount
    decisionNote
    decidedAt
    decidedBy { __typename ... on User { name } ... on Agent { name } ... on System { name } }
    issues(first: 50) { nodes { identifier title } }
    comments(first: 100) { nodes { id body createdAt author { __typename ... on User { name } ... on Agent { name } ... on System { name } } } }
  }
`);
const ApprovalQuery = graphql(`
  query ApprovalById($id: ID!) {
    approval(id: $id) { ...ApprovalFacts }
  }
`);

/** The id that was given; without one a hint at where ids are. */
export function approvalId(id: string | undefined): string {
  if (!id) throw new UsageError('say which by its id; boardroom approval list shows them');
  return id;
}

export async function approvalById(settings: Settings, id: string | undefined): Promise<ApprovalFactsFragment> {
  const { approval } = await ask(settings, ApprovalQuery, { id: approvalId(id) });
  if (!approval) throw new ApiError('NOT_FOUND', `no approval ${id}`);
  return approval as ApprovalFactsFragment;
}

/** One a line. */
export function approvalTable(approvals: ApprovalRowFragment[]): string {
  if (approvals.length === 0) return dim('nothing was asked for');
  return columns(approvals.map(({ id, type, status, requestedBy, title }) => [bold(id), type, status, plain(requestedBy.name), plain(title)]));
}

/** What is asked for, what was said on it, and what the board decided. */
export function approvalText(one: ApprovalFactsFragment): string {
  const { agent, hireBudget, incident, decidedBy } = one;
  const parts = [
    `${bold(plain(one.title))}  ${dim(one.id)}`,
    facts([
      ['type', one.type],
      ['status', one.status],
      ['version', one.revision > 1 ? String(one.revision) : null],
      ['agent', agent && `${plain(agent.name)}, ${agent.role}, ${agent.adapterType}, ${agent.status}`],
      ['budget', hireBudget && limitText(hireBudget)],
      ['limit', incident && `${incident.limit}, used ${incident.observed}`],
      ['about', one.issues.nodes.map(({ identifier }) => identifier).join(', ')],
      ['asked by', `${plain(one.requestedBy.name)}, ${one.createdAt}`],
      ['decided by', decidedBy && `${plain(decidedBy.name)}, ${one.decidedAt}${one.budgetAmount ? `, new limit ${one.budgetAmount}` : ''}`],
      ['note', one.decisionNote && plain(one.decisionNote)],
    ]),
  ];
  if (one.body) parts.push(indent(plain(one.body)));
  if (one.comments.nodes.length > 0) parts.push(one.comments.nodes.map(({ author, body, createdAt }) => `${bold(plain(author.name))} ${dim(createdAt)}\n${indent(plain(body))}`).join('\n'));
  return parts.join('\n\n');
}
