import { ConflictError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { ConflictFieldsFragment } from './generated/graphql.ts';
import { plain } from './print.ts';

/** Everything that a refused change can say, so that each command reports conflicts in the same words. */
export const ConflictFields = graphql(`
  fragment ConflictFields on Conflict {
    __typename
    message
    ... on IssueHeld {
      status
      holder { id number startedAt agent { name } }
      assignee { name }
      assigneeUser { name }
    }
    ... on IssueBlocked {
      blockers { identifier title status }
    }
    ... on IssueNotReady {
      status
    }
    ... on DocumentOutdated {
      newer { id number createdAt changeSummary author { ... on User { name } ... on Agent { name } ... on System { name } } }
    }
    ... on DocumentLocked {
      lockedAt
      lockedBy { name }
    }
    ... on WakeRefused {
      reason
    }
  }
`);

/** Returns the answer if it is what was asked for; raises a conflict with who or what stands in the way. */
export function orConflict<A extends { __typename: string }, W extends A['__typename']>(
  answer: A,
  wanted: W,
): Extract<A, { __typename: W }> {
  if (answer.__typename === wanted) return answer as Extract<A, { __typename: W }>;
  const conflict = answer as unknown as ConflictFieldsFragment;
  throw new ConflictError(answer, [`${conflict.__typename}: ${plain(conflict.message)}`, ...inTheWay(conflict)]);
}

function inTheWay(conflict: ConflictFieldsFragment): string[] {
  switch (conflict.__typename) {
    case 'IssueHeld': {
      const { holder, status } = conflict;
      const owner = conflict.assignee?.name ?? conflict.assigneeUser?.name;
      const lines = owner ? [`  assigned to ${plain(owner)}, ${status}`] : [];
      if (!holder) return lines;
      const since = holder.startedAt ? ` since ${holder.startedAt}` : '';
      return [`  held by run #${holder.number} of ${plain(holder.agent.name)}${since}`, ...lines];
    }
    case 'IssueBlocked':
      return conflict.blockers.map((each) => `  waits for ${each.identifier} ${each.status} ${plain(each.title)}`);
    case 'IssueNotReady':
      return [`  its status is ${conflict.status}`];
    case 'DocumentOutdated': {
      const { newer } = conflict;
      return newer ? [`  revision ${newer.number} of ${plain(newer.author.name)}, ${newer.createdAt}${newer.changeSummary ? `: ${plain(newer.changeSummary)}` : ''}`, `  its id is ${newer.id}`] : [];
    }
    case 'DocumentLocked':
      return [`  locked by ${plain(conflict.lockedBy?.name ?? 'Boardroom')}${conflict.lockedAt ? ` since ${conflict.lockedAt}` : ''}`];
    case 'WakeRefused':
      return [`  reason: ${conflict.reason}`];
    default:
      return [];
  }
}
