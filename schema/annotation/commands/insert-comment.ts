import { newId } from '../../../prisma/id.ts';
import type { AnnotationComment, AnnotationThread } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { wakeMentioned } from '../../issue/commands/follow-comment.ts';
import { clip } from '../../shared/text.ts';

/** A comment in a thread, whose text was checked, with its activity. It wakes nobody but the agents that it names. */
export async function insertAnnotationComment(tx: Tx, by: Principal, thread: Pick<AnnotationThread, 'id' | 'companyId' | 'issueId'>, body: string): Promise<AnnotationComment> {
  const { actorType, actorId } = actorOf(by);
  const { companyId, issueId } = thread;
  const comment = await tx.annotationComment.create({ data: { id: newId(), companyId, threadId: thread.id, body, authorType: actorType, authorId: actorId, runId: runOf(by) } });
  await recordActivity(tx, by, {
    companyId, action: 'annotation.commented', entityType: 'annotationComment', entityId: comment.id, issueId, details: { threadId: thread.id, preview: clip(body, 140) },
  });
  await wakeMentioned(tx, by, { id: issueId, companyId }, comment, null);
  return comment;
}
