import type { IssueStatus } from '../shared/values.ts';

/**
 * The issue status machine (no I/O: the board uses it too). Checkout is the move `start` made by a run: it may claim from
 * backlog and todo, from blocked once nothing blocks, and from review.
 */
const moves: Record<IssueStatus, readonly IssueStatus[]> = {
  BACKLOG: ['TODO', 'CANCELLED'],
  TODO: ['IN_PROGRESS', 'BLOCKED', 'CANCELLED'],
  IN_PROGRESS: ['IN_REVIEW', 'BLOCKED', 'DONE', 'CANCELLED'],
  IN_REVIEW: ['IN_PROGRESS', 'DONE', 'CANCELLED'],
  BLOCKED: ['TODO', 'IN_PROGRESS', 'CANCELLED'],
  DONE: ['TODO'],
  CANCELLED: ['TODO'],
};

export const ISSUE_STATUSES: readonly IssueStatus[] = ['BACKLOG', 'TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED', 'DONE', 'CANCELLED'];
export const CHECKOUT_FROM: readonly IssueStatus[] = ['BACKLOG', 'TODO', 'BLOCKED', 'IN_REVIEW'];
export const OPEN_STATUSES: readonly IssueStatus[] = ['BACKLOG', 'TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED'];

export const REQUEST_DEPTH_MAX = 1024;

/** True for done and cancelled: nothing moves it on but a reopen. */
export function isTerminal(status: IssueStatus): boolean {
  return status === 'DONE' || status === 'CANCELLED';
}

/** Reopening is the board's: a finished issue goes back to todo. */
export function isReopen(from: IssueStatus, to: IssueStatus): boolean {
  return isTerminal(from) && to === 'TODO';
}

export type MoveVerdict = { allowed: true } | { allowed: false; reason: string };

export interface MoveFacts {
  from: IssueStatus;
  to: IssueStatus;
  /** in_progress is somebody's work: it needs an assignee. */
  hasAssignee: boolean;
  /** Reopen is declined to agents. */
  isBoard: boolean;
}

/** Whether an issue may move, and if not, a sentence for the person who tried. Same to same is allowed and changes nothing. */
export function judgeMove({ from, to, hasAssignee, isBoard }: MoveFacts): MoveVerdict {
  if (from === to) return { allowed: true };
  if (!moves[from].includes(to)) return { allowed: false, reason: whyNot(from, to) };
  if (to === 'IN_PROGRESS' && !hasAssignee) return { allowed: false, reason: 'Work in progress needs an assignee.' };
  if (isTerminal(from) && !isBoard) return { allowed: false, reason: 'Only the board reopens a finished issue.' };
  return { allowed: true };
}

/** Statuses that may follow, in the order of the board's columns. */
export function allowedMoves(facts: Omit<MoveFacts, 'to'>): IssueStatus[] {
  return ISSUE_STATUSES.filter((to) => to !== facts.from && judgeMove({ ...facts, to }).allowed);
}

function whyNot(from: IssueStatus, to: IssueStatus): string {
  if (isTerminal(from)) return 'A finished issue reopens to todo.';
  if (from === 'BACKLOG') return 'Move it to todo first.';
  if (to === 'BACKLOG') return from === 'TODO' ? 'Planned work does not go back to backlog; cancel it or leave it.' : 'Started work cannot go back to backlog.';
  if (to === 'TODO') return 'To put it back in todo, release it first.';
  if (to === 'DONE') return 'Only work in progress or in review is finished.';
  if (to === 'IN_REVIEW') return 'Only work in progress goes to review.';
  return 'Reviewed work is not blocked; send it back to in progress first.';
}

/** The time stamps that a move sets or clears. `startedAt` keeps the first start. */
export function stampsOf(from: IssueStatus, to: IssueStatus, now: Date, startedAt: Date | null) {
  if (from === to) return {};
  return {
    ...(to === 'IN_PROGRESS' && startedAt === null ? { startedAt: now } : {}),
    ...(to === 'DONE' ? { completedAt: now } : from === 'DONE' ? { completedAt: null } : {}),
    ...(to === 'CANCELLED' ? { cancelledAt: now } : from === 'CANCELLED' ? { cancelledAt: null } : {}),
  };
}

/** How far from the board's request an issue is: one more than its parent, or what its maker says where that is more. */
export function requestDepthBelow(parentDepth: number | null, given = 0): number {
  return Math.min(Math.max(parentDepth === null ? 0 : parentDepth + 1, given), REQUEST_DEPTH_MAX);
}

const IDENTIFIER = /^([A-Za-z][A-Za-z0-9]{0,9})-([1-9][0-9]{0,8})$/;

/** ACME-12 taken apart; null for anything else. */
export function parseIdentifier(text: string): { prefix: string; number: number } | null {
  const match = IDENTIFIER.exec(text.trim());
  return match?.[1] && match[2] ? { prefix: match[1].toUpperCase(), number: Number(match[2]) } : null;
}
