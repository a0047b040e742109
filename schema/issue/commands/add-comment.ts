import { newId } from '../../../prisma/id.ts';
import type { Comment, Issue } from '../../../prisma/generated/client.ts';
import { together, type Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { noteReferences } from '../../reference/note.ts';
import { once } from '../../shared/idempotency.ts';
import { supersedeByComment } from '../../interaction/commands/expire.ts';
import { clip, LIMITS, requiredText } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { isTerminal } from '../rules.ts';
import { issueFor } from './access.ts';

/** Characters of a comment that a wake carries inline; the agent fetches the rest. */
const INLINE_MAX = 4000;

export interface AddComment {
  issueId: string;
  body: string;
  /** Board only: whether a comment on a finished issue reopens it. Default true. */
  reopen?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/**
 * Whether a comment decides anything beyond itself: one by a person reopens a finished issue, and wakes the agent whose issue
 * it is. All others only add a row, and need no serializable transaction.
 */
export function commentDecides(by: Principal, issue: Pick<Issue, 'assigneeId' | 'status'>): boolean {
  return by.kind === 'user' && (isTerminal(issue.status) || (issue.assigneeId !== null && issue.status !== 'BACKLOG'));
}

/** A comment was to decide nothing, and its issue has changed since: it is to be written again in a serializable transaction. */
export class CommentDecides extends Error {
  override readonly name = 'CommentDecides';
}

/** Adds a comment to the thread. Where the transaction is not serializable (`isPlain`), one that decides something is not written. */
export async function addComment(tx: Tx, by: Principal, input: AddComment, isPlain = false): Promise<Comment> {
  const issue = await issueFor(tx, by, input.issueId);
  if (isPlain && commentDecides(by, issue)) throw new CommentDecides();
  const at = { companyId: issue.companyId, operation: 'addComment', key: input.idempotencyKey, input: { issueId: input.issueId, body: input.body } };
  let comment: Comment | null = null;
  const id = await once(tx, by, at, async () => {
    comment = await insertComment(tx, by, issue, input.body);
    if (commentDecides(by, issue)) await followComment(tx, by, issue, comment, input.reopen !== false);
    return comment.id;
  });
  return comment ?? tx.comment.findUniqueOrThrow({ where: { id } });
}

/** The comment and its activity, without the wake. */
export async function insertComment(tx: Tx, by: Principal, issue: Issue, text: string): Promise<Comment> {
  const { actorType, actorId } = actorOf(by);
  const body = requiredText('body', text, LIMITS.body);
  const id = newId();
  const [comment] = await together([
    tx.comment.create({ data: { id, companyId: issue.companyId, issueId: issue.id, authorType: actorType, authorId: actorId, runId: runOf(by), body } }),
    recordActivity(tx, by, {
      companyId: issue.companyId, action: 'comment.added', entityType: 'comment', entityId: id, issueId: issue.id, details: { preview: clip(body, 140) },
    }),
  ]);
  await noteReferences(tx, { companyId: issue.companyId, sourceIssueId: issue.id, kind: 'COMMENT', recordId: id, texts: [body], former: [] });
  if (by.kind === 'user') await supersedeByComment(tx, by, issue, comment);
  return comment;
}

/** What a person says on finished work reopens it, and the agent whose work it is hears of it. */
async function followComment(tx: Tx, by: Principal, issue: Issue, comment: Comment, reopen: boolean): Promise<void> {
  const reopened = isTerminal(issue.status) && reopen;
  if (isTerminal(issue.status) && !reopen) return;
  if (reopened) {
    await tx.issue.update({ where: { id: issue.id }, data: { status: 'TODO', completedAt: null, cancelledAt: null } });
    await recordActivity(tx, by, { companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, details: { changed: ['status'], from: issue.status, to: 'TODO' } });
  }
  if (!issue.assigneeId) return;
  await enqueueWake(tx, by, {
    agentId: issue.assigneeId, issueId: issue.id, source: 'AUTOMATION', reason: reopened ? 'issue_reopened_via_comment' : 'issue_commented',
    payload: { commentId: comment.id, body: clip(comment.body, INLINE_MAX) },
  });
}
