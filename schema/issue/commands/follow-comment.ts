import type { Comment, Issue, Prisma } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, runOf } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { cancelRun } from '../../run/commands/cancel-run.ts';
import { clip } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { mentionsIn } from '../../wake/mentions.ts';
import { INLINE } from '../../wake/payload.ts';
import { isTerminal } from '../rules.ts';

export interface CommentWishes {
  /** Whether a comment of the board reopens a finished issue; when absent it does, unless it names somebody. */
  reopen?: boolean | null | undefined;
  /** Stop the run that is at work on it. */
  interrupt?: boolean | null | undefined;
}

/**
 * Whether a comment decides anything beyond itself: one by a person reopens a finished issue, and wakes the agent whose issue
 * it is; one that names an agent wakes that. All others only add a row, and need no serializable transaction.
 */
export function commentDecides(by: Principal, issue: Pick<Issue, 'assigneeId' | 'status'>, { body, interrupt }: { body: string } & CommentWishes): boolean {
  if (interrupt || mentionsIn(body).length > 0) return true;
  return by.kind === 'user' && (isTerminal(issue.status) || (issue.assigneeId !== null && issue.status !== 'BACKLOG'));
}

/**
 * Who hears of a comment. A person's comment is for the agent whose issue it is, and reopens finished work; where it names
 * agents it is for those alone. An interruption stops what runs, and the owner is then woken once.
 */
export async function followComment(tx: Tx, by: Principal, issue: Issue, comment: Comment, wishes: CommentWishes): Promise<void> {
  const stopped = wishes.interrupt ? await stopRunsOn(tx, by, issue.id, 'interrupted by a comment') : [];
  const named = await mentionedIn(tx, issue.companyId, comment.body, agentOf(by));
  const isFromPerson = by.kind === 'user';
  const reopened = isFromPerson && isTerminal(issue.status) && (wishes.reopen ?? named.length === 0);
  if (reopened) {
    await tx.issue.update({ where: { id: issue.id }, data: { status: 'TODO', completedAt: null, cancelledAt: null } });
    await recordActivity(tx, by, { companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, details: { changed: ['status'], from: issue.status, to: 'TODO' } });
  }
  const owner = issue.assigneeId;
  const isForOwner = stopped.length > 0 || reopened || (isFromPerson && named.length === 0 && !isTerminal(issue.status));
  if (owner && isForOwner) {
    await enqueueWake(tx, by, {
      agentId: owner, issueId: issue.id, source: 'AUTOMATION', reason: reopened ? 'issue_reopened_via_comment' : 'issue_commented',
      payload: { ...wordsOf(comment), ...interruption(stopped) },
    });
  }
  await wakeNamed(tx, by, issue.id, comment, named.filter((id) => !(isForOwner && id === owner)));
}

/** Wakes the agents that a comment names, each for itself; gives back whether there were any. */
export async function wakeMentioned(tx: Tx, by: Principal, issue: Pick<Issue, 'id' | 'companyId'>, comment: Pick<Comment, 'id' | 'body'>, except: string | null): Promise<boolean> {
  const named = await mentionedIn(tx, issue.companyId, comment.body, agentOf(by));
  await wakeNamed(tx, by, issue.id, comment, named.filter((id) => id !== except));
  return named.length > 0;
}

async function wakeNamed(tx: Tx, by: Principal, issueId: string, comment: Pick<Comment, 'id' | 'body'>, agentIds: string[]): Promise<void> {
  for (const agentId of agentIds) {
    await enqueueWake(tx, by, { agentId, issueId, source: 'AUTOMATION', reason: 'issue_comment_mentioned', payload: wordsOf(comment) });
  }
}

/** Those of the company that are named; nobody names itself awake. An id that is not there is only text. */
async function mentionedIn(tx: Tx, companyId: string, body: string, self: string | null): Promise<string[]> {
  const ids = mentionsIn(body).map((mention) => mention.agentId).filter((id) => id !== self);
  if (ids.length === 0) return [];
  const found = await tx.agent.findMany({ where: { companyId, id: { in: ids }, status: { not: 'TERMINATED' } }, select: { id: true } });
  return ids.filter((id) => found.some((agent) => agent.id === id));
}

/** What a wake carries of a comment. */
export function wordsOf(comment: Pick<Comment, 'id' | 'body'>): Prisma.InputJsonObject {
  return { commentId: comment.id, body: clip(comment.body, INLINE.perComment) };
}

export function interruption(runIds: string[]): Prisma.InputJsonObject {
  return runIds[0] ? { interruptedRunId: runIds[0] } : {};
}

/** Stops what runs on an issue, but not the run that asks; agents may only with those who report to them. Gives back whom it stopped. */
export async function stopRunsOn(tx: Tx, by: Principal, issueId: string, reason: string): Promise<string[]> {
  const live = await tx.run.findMany({ where: { issueId, status: 'RUNNING' }, select: { id: true } });
  const others = live.map((run) => run.id).filter((id) => id !== runOf(by));
  for (const runId of others) await cancelRun(tx, by, { runId, reason });
  return others;
}
