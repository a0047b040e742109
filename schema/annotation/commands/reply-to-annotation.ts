import type { AnnotationComment, AnnotationThread } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, visible } from '../../access/principal.ts';
import { once } from '../../shared/idempotency.ts';
import { requiredText } from '../../shared/text.ts';
import { ANNOTATION_LIMITS } from '../rules.ts';
import { insertAnnotationComment } from './insert-comment.ts';

export interface ReplyToAnnotation {
  threadId: string;
  body: string;
  idempotencyKey?: string | null | undefined;
}

/** Adds to a thread, open or resolved, and changes nothing else of it. */
export async function replyToAnnotation(tx: Tx, by: Principal, input: ReplyToAnnotation): Promise<AnnotationComment> {
  const thread = await threadFor(tx, by, input.threadId);
  const at = { companyId: thread.companyId, operation: 'replyToAnnotation', key: input.idempotencyKey, input: { threadId: input.threadId, body: input.body } };
  let comment: AnnotationComment | null = null;
  const id = await once(tx, by, at, async () => {
    comment = await insertAnnotationComment(tx, by, thread, requiredText('body', input.body, ANNOTATION_LIMITS.body));
    return comment.id;
  });
  return comment ?? tx.annotationComment.findUniqueOrThrow({ where: { id } });
}

/** The thread, where this principal may see it. */
export async function threadFor(tx: Tx, by: Principal, threadId: string): Promise<AnnotationThread> {
  return visible(by, await tx.annotationThread.findUnique({ where: { id: threadId } }), 'annotation thread');
}
