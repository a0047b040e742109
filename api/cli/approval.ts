import { ask } from './ask.ts';
import { limitText, quantity, subjectName } from './budget.ts';
import { ApiError, UsageError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { ApprovalFactsFragment, ApprovalRowFragment } from './generated/graphql.ts';
import { bold, columns, dim, facts, indent, plain, valueText } from './print.ts';
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
    agent { id name role title capabilities status adapterType adapterConfig maxConcurrentRuns manager { name status } heartbeat { enabled intervalSec } }
    hireBudget { metric window windowHours amount }
    incident { id limit observed budget { ...BudgetRow } }
    run { id number }
    budgetAmount
    decisionNote
    decidedAt
    decidedBy { __typename ... on User { name } ... on Agent { name } ... on System { name } }
    issues(first: 50) { nodes { identifier title } }
    versions(first: 20) { nodes { number title createdAt submittedBy { __typename ... on User { name } ... on Agent { name } ... on System { name } } changes { name before after } bodyDiff { oldStart oldLines newStart newLines lines } } }
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
  return columns(approvals.map(({ id, type, status, requestedBy, createdAt, title }) => [bold(id), type, status, plain(requestedBy.name), dim(createdAt), plain(title)]));
}

type Hire = NonNullable<ApprovalFactsFragment['agent']>;
type Version = ApprovalFactsFragment['versions']['nodes'][number];

/** Who is to be hired: under whom, and what exactly would be run. */
function hireFacts({ manager, capabilities, adapterType, adapterConfig, heartbeat, maxConcurrentRuns }: Hire): [string, string | null][] {
  return [
    ['reports to', manager ? `${plain(manager.name)}${manager.status === 'TERMINATED' ? ', who was terminated' : ''}` : 'the board'],
    ['can', capabilities && plain(capabilities)],
    ['runs', `${adapterType} ${plain(JSON.stringify(adapterConfig))}`],
    ['wakes', heartbeat.enabled ? `by itself every ${heartbeat.intervalSec} s` : 'when asked'],
    ['at once', `${maxConcurrentRuns} runs`],
  ];
}

/** What a version changed, as a text like that of a patch; nothing for the first. */
function versionText({ number, createdAt, submittedBy, changes, bodyDiff }: Version): string[] {
  if (changes.length === 0 && bodyDiff.length === 0) return [];
  const settings = changes.map(({ name, before, after }) => `${plain(name)}: ${valueText(before)} -> ${valueText(after)}`);
  const text = bodyDiff.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines.map(plain)]);
  return [`${bold(`changed in version ${number}`)} by ${plain(submittedBy.name)} ${dim(createdAt)}\n${indent([...settings, ...text].join('\n'))}`];
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
      ['agent', agent && `${plain(agent.name)}, ${agent.role}, ${agent.status}${agent.title ? `, ${plain(agent.title)}` : ''}`],
      ...(one.type === 'HIRE_AGENT' && agent ? hireFacts(agent) : []),
      ['budget', one.type === 'HIRE_AGENT' ? (hireBudget ? limitText(hireBudget) : 'none of its own') : null],
      ['limit', incident && `of ${plain(subjectName(incident.budget))}: ${quantity(incident.budget.metric, incident.limit)}, used ${quantity(incident.budget.metric, incident.observed)}; now ${limitText(incident.budget)}`],
      ['about', one.issues.nodes.map(({ identifier }) => identifier).join(', ')],
      ['asked by', `${plain(one.requestedBy.name)}${one.run ? ` in run #${one.run.number}` : ''}, ${one.createdAt}`],
      ['decided by', decidedBy && `${plain(decidedBy.name)}, ${one.decidedAt}${one.budgetAmount ? `, new limit ${incident ? quantity(incident.budget.metric, one.budgetAmount) : one.budgetAmount}` : ''}`],
      ['note', one.decisionNote && plain(one.decisionNote)],
    ]),
  ];
  if (one.body) parts.push(indent(plain(one.body)));
  parts.push(...one.versions.nodes.flatMap(versionText));
  if (one.comments.nodes.length > 0) parts.push(one.comments.nodes.map(({ author, body, createdAt }) => `${bold(plain(author.name))} ${dim(createdAt)}\n${indent(plain(body))}`).join('\n'));
  return parts.join('\n\n');
}
