import type { IssueStatus } from '../../graphql/generated/graphql.ts';

/**
 * How the next-step sentence is said: an issue that nothing moves is a fault, unless it lies in the backlog, where lying is
 * the point, or in review, where the reader is what moves it.
 */
export function nextTone(issue: { status: IssueStatus; nextStep: { stalled: boolean } }): 'bad' | 'ask' | 'plain' {
  if (issue.status === 'IN_REVIEW') return issue.nextStep.stalled ? 'ask' : 'plain';
  return issue.nextStep.stalled && issue.status !== 'BACKLOG' && issue.status !== 'DONE' && issue.status !== 'CANCELLED' ? 'bad' : 'plain';
}
