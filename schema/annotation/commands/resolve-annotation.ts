import { now } from '../../../prisma/clock.ts';
import type { AnnotationThread } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { threadFor } from './reply-to-annotation.ts';

/** Closes a thread. One that is resolved stays as it is. */
export async function resolveAnnotation(tx: Tx, by: Principal, { threadId }: { threadId: string }): Promise<AnnotationThread> {
  return setStatus(tx, by, threadId, 'RESOLVED');
}

/** Opens a resolved thread again, where its passage stands now. */
export async function reopenAnnotation(tx: Tx, by: Principal, { threadId }: { threadId: string }): Promise<AnnotationThread> {
  return setStatus(tx, by, threadId, 'OPEN');
}

async function setStatus(tx: Tx, by: Principal, threadId: string, status: 'OPEN' | 'RESOLVED'): Promise<AnnotationThread> {
  const thread = await threadFor(tx, by, threadId);
  if (thread.status === status) return thread;
  const { actorType, actorId } = actorOf(by);
  const resolver = status === 'RESOLVED' ? { resolverType: actorType, resolverId: actorId, resolvedAt: now() } : { resolverType: null, resolverId: null, resolvedAt: null };
  const changed = await tx.annotationThread.update({ where: { id: threadId }, data: { status, ...resolver } });
  const { companyId, issueId } = thread;
  await recordActivity(tx, by, { companyId, action: status === 'RESOLVED' ? 'annotation.resolved' : 'annotation.reopened', entityType: 'annotation', entityId: threadId, issueId });
  return changed;
}
