import { priorities } from './choices.ts';
import { graphql } from './generated/gql.ts';
import type { IssueRowFragment } from './generated/graphql.ts';
import { bold, columns, dim, plain } from './print.ts';

/** What a list shows of an issue. */
export const IssueRow = graphql(`
  fragment IssueRow on Issue {
    id
    identifier
    title
    status
    priority
    updatedAt
    assignee { id name }
    holder { id number agent { name } }
    blockedBy { identifier status }
  }
`);

/** The blockers that are not done yet. */
export function openBlockers(issue: IssueRowFragment): string[] {
  return issue.blockedBy.filter(({ status }) => status !== 'DONE').map(({ identifier }) => identifier);
}

/** What can be worked on before what waits, then by urgency, then oldest first. */
export function byUrgency(a: IssueRowFragment, b: IssueRowFragment): number {
  const waits = Number(openBlockers(a).length > 0) - Number(openBlockers(b).length > 0);
  const urgency = priorities.indexOf(a.priority) - priorities.indexOf(b.priority);
  return waits || urgency || a.identifier.localeCompare(b.identifier, 'en', { numeric: true });
}

/** A table of issues, one a line. */
export function issueTable(issues: IssueRowFragment[]): string {
  if (issues.length === 0) return dim('no issues');
  return columns(
    issues.map((issue) => [
      bold(issue.identifier),
      issue.priority,
      issue.status,
      plain(issue.assignee?.name ?? '-'),
      plain(issue.title) + dim(remarks(issue)),
    ]),
  );
}

function remarks(issue: IssueRowFragment): string {
  const blockers = openBlockers(issue);
  const held = issue.holder ? `  [held by run #${issue.holder.number} of ${plain(issue.holder.agent.name)}]` : '';
  return held + (blockers.length > 0 ? `  [blocked by ${blockers.join(', ')}]` : '');
}
