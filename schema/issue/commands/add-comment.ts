import { now } from '../../../prisma/clock.ts';
import { newId } from '../../../prisma/id.ts';
import type { Comment, Issue } from '../../../prisma/generated/client.ts';
import { together, type Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { noteReferences } from '../../reference/note.ts';
import { once } from '../../shared/idempotency.ts';
import { supersedeByComment } from '../../interaction/commands/expire.ts';
import { clip, LIMITS, requiredText } from '../../shared/text.ts';
import { issueFor } from './access.ts';
import { commentDecides, type CommentWishes, followComment } from './follow-comment.ts';

export interface AddComment extends CommentWishes {
  issueId: string;
  body: string;
  idempotencyKey?: string | null | undefined;
}

/** A comment was to decide nothing, and its issue has changed since: it is to be written again in a serializable transaction. */
export class CommentDecides extends Error {
  override readonly name = 'CommentDecides';
}

/** Adds a comment to the thread. Where the transaction is not serializable (`isPlain`), one that decides something is not written. */
export async function addComment(tx: Tx, by: Principal, input: AddComment, isPlain = false): Promise<Comment> {
  const issue = await issueFor(tx, by, input.issueId);
  if (isPlain && commentDecides(by, issue, input)) throw new CommentDecides();
  const at = { companyId: issue.companyId, operation: 'addComment', key: input.idempotencyKey, input: { issueId: input.issueId, body: input.body } };
  let comment: Comment | null = null;
  const id = await once(tx, by, at, async () => {
    comment = await insertComment(tx, by, issue, input.body);
    if (commentDecides(by, issue, input)) await followComment(tx, by, issue, comment, input);
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
    tx.comment.create({ data: { id, companyId: issue.companyId, issueId: issue.id, authorType: actorType, authorId: actorId, runId: runOf(by), body, createdAt: now() } }),
    recordActivity(tx, by, {
      companyId: issue.companyId, action: 'comment.added', entityType: 'comment', entityId: id, issueId: issue.id, details: { preview: clip(body, 140) },
    }),
  ]);
  await noteReferences(tx, { companyId: issue.companyId, sourceIssueId: issue.id, kind: 'COMMENT', recordId: id, texts: [body], former: [] });
  if (by.kind === 'user') await supersedeByComment(tx, by, issue, comment);
  return comment;
}
