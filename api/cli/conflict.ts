import { ConflictError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { ConflictFieldsFragment } from './generated/graphql.ts';
import { plain } from './print.ts';

/** Everything that a refused change can say, so that each command reports conflicts in the same words. */
export const ConflictFields = graphql(`
  fragment ConflictFields on Conflict {
    ...ConflictParts
    ... on IssueHeld {
      status
    }
    ... on IssueNotReady {
      status
    }
  }
`);

/** Without what has the same name and another type in what some changes return. */
export const ConflictParts = graphql(`
  fragment ConflictParts on Conflict {
    __typename
    message
    ... on IssueHeld {
      holder { id number startedAt agent { name } }
      assignee { name }
      assigneeUser { name }
    }
    ... on IssueBlocked {
      blockers { identifier title status }
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
    ... on BudgetExceeded {
      budget { id }
      spent
      limit
    }
    ... on SubtreeHeld {
      hold { root { identifier title } reason }
    }
    ... on InteractionOver {
      interaction { status endReason note }
    }
    ... on InteractionStale {
      newer { id number }
    }
    ... on ApprovalDecided {
      approval { status decidedAt decisionNote }
    }
    ... on ApprovalChanged {
      approval { revision title }
    }
    ... on GateShut {
      workspace { id }
      run { number }
    }
    ... on DecompositionInFlight {
      decomposition { childCount children { identifier } ownerRun { number } }
    }
    ... on DecompositionDiffers {
      decomposition { childCount children { identifier title status } }
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
      const lines = owner ? [`  assigned to ${plain(owner)}${status ? `, ${status}` : ''}`] : [];
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
    case 'SubtreeHeld':
      return conflict.hold ? [`  held at ${conflict.hold.root.identifier} ${plain(conflict.hold.root.title)}${conflict.hold.reason ? `: ${plain(conflict.hold.reason)}` : ''}`] : [];
    case 'BudgetExceeded':
      return conflict.budget ? [`  budget ${conflict.budget.id}`] : [];
    case 'WakeRefused':
      return [`  reason: ${conflict.reason}`];
    case 'InteractionOver': {
      const { status, endReason, note } = conflict.interaction;
      return [`  its status is ${endReason ? `${status}, ${endReason}` : status}`, ...(note ? [`  ${plain(note)}`] : [])];
    }
    case 'InteractionStale':
      return conflict.newer ? [`  revision ${conflict.newer.number} is the latest: ${conflict.newer.id}`] : [];
    case 'ApprovalDecided': {
      const { decidedAt, decisionNote } = conflict.approval;
      return [...(decidedAt ? [`  decided ${decidedAt}`] : []), ...(decisionNote ? [`  ${plain(decisionNote)}`] : [])];
    }
    case 'ApprovalChanged':
      return [`  version ${conflict.approval.revision}: ${conflict.approval.title}`];
    case 'GateShut':
      return [...(conflict.run ? [`  run #${conflict.run.number}`] : []), ...(conflict.workspace ? [`  workspace ${conflict.workspace.id}`] : [])];
    case 'DecompositionInFlight': {
      const { childCount, children, ownerRun } = conflict.decomposition;
      return [`  ${children.length} of ${childCount} are made${ownerRun ? ` by run #${ownerRun.number}` : ''}`];
    }
    case 'DecompositionDiffers':
      return conflict.decomposition.children.map((each) => `  ${each.identifier} ${each.status} ${plain(each.title)}`);
    default:
      return [];
  }
}
