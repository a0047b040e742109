import { now } from '../../../prisma/clock.ts';
import type { SubtreeHold } from '../../../prisma/generated/client.ts';
import type { IssueStatus } from '../../../prisma/generated/enums.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal, SYSTEM, visible } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { requestOf, stagesOf } from '../../policy/commands/submit.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';

export interface ReleaseSubtree {
  holdId: string;
  /** Of a CANCEL: whether what it cancelled comes back. True when absent. */
  restore?: boolean | null | undefined;
}

/** Ends a hold: what it cancelled has its former status again, and each agent is woken for its work. Ending it again changes nothing. */
export async function releaseSubtree(tx: Tx, by: Principal, input: ReleaseSubtree): Promise<SubtreeHold> {
  const hold = visible(by, await tx.subtreeHold.findUnique({ where: { id: input.holdId } }), 'hold');
  mustBeBoard(by, 'release a hold');
  return hold.releasedAt ? hold : endHold(tx, by, hold, input.restore !== false);
}

async function endHold(tx: Tx, by: Principal, hold: SubtreeHold, restore: boolean): Promise<SubtreeHold> {
  const { actorType, actorId } = actorOf(by);
  const released = await tx.subtreeHold.update({ where: { id: hold.id }, data: { releasedAt: now(), releaserType: actorType, releaserId: actorId } });
  await tx.subtreeHoldMember.updateMany({ where: { holdId: hold.id }, data: { isActive: false } });
  if (hold.mode === 'CANCEL' && restore) await bringBack(tx, by, hold);
  await recordActivity(tx, by, {
    companyId: hold.companyId, action: 'subtree.released', entityType: 'subtreeHold', entityId: hold.id, issueId: hold.rootIssueId, details: { mode: hold.mode, restored: restore },
  });
  await wakeMembers(tx, by, hold);
  touch(tx, 'queue');
  return released;
}

/** Only what is still cancelled: what the board moved meanwhile stays as it is. Work in progress of nobody is todo. */
async function bringBack(tx: Tx, by: Principal, hold: SubtreeHold): Promise<void> {
  const restored = await tx.$queryRaw<{ id: string; to: IssueStatus }[]>`
    UPDATE issue i SET cancelled_at = NULL, updated_at = ${now()}::timestamptz,
      status = CASE WHEN m.previous_status = 'IN_PROGRESS' AND i.assignee_id IS NULL AND i.assignee_user_id IS NULL THEN 'TODO' ELSE m.previous_status END
    FROM subtree_hold_member m WHERE m.hold_id = ${hold.id}::uuid AND m.issue_id = i.id AND i.status = 'CANCELLED' AND m.previous_status <> 'CANCELLED'
    RETURNING i.id, i.status AS to`;
  for (const { id, to } of restored) {
    await recordActivity(tx, by, { companyId: hold.companyId, action: 'issue.updated', entityType: 'issue', entityId: id, details: { changed: ['status'], from: 'CANCELLED', to } });
  }
}

async function wakeMembers(tx: Tx, by: Principal, hold: SubtreeHold): Promise<void> {
  const waiting = await tx.issue.findMany({
    where: { heldIn: { some: { holdId: hold.id } }, assigneeId: { not: null }, status: { in: ['TODO', 'IN_PROGRESS'] } },
    orderBy: { number: 'asc' }, select: { id: true, assigneeId: true },
  });
  for (const { id, assigneeId } of waiting) {
    await enqueueWake(tx, by, {
      agentId: assigneeId as string, issueId: id, source: 'AUTOMATION', reason: 'issue_tree_restored', payload: { holdId: hold.id, mode: hold.mode },
      idempotencyKey: `hold:${hold.id}:${id}`,
    });
  }
  await askReviewers(tx, by, hold);
}

/** Whom a review waits for is asked again: the hold ended the run in which it was given, or kept it from being heard of. */
async function askReviewers(tx: Tx, by: Principal, hold: SubtreeHold): Promise<void> {
  const waiting = await tx.issuePolicy.findMany({
    where: { stageId: { not: null }, participantType: 'AGENT', issue: { status: 'IN_REVIEW', heldIn: { some: { holdId: hold.id } } } },
  });
  for (const policy of waiting) {
    const stage = stagesOf(policy).find(({ id }) => id === policy.stageId);
    if (!stage || !policy.participantId) continue;
    await enqueueWake(tx, by, { agentId: policy.participantId, issueId: policy.issueId, ...requestOf(stage, policy.executorId), idempotencyKey: `hold:${hold.id}:${policy.issueId}:${stage.id}` });
  }
}

/** Ends the holds over an issue that were to last until what ran there has finished, once nothing runs any more. */
export async function releaseFinishedHolds(tx: Tx, issueId: string): Promise<void> {
  const holds = await tx.subtreeHold.findMany({ where: { releasedAt: null, release: 'AFTER_ACTIVE_RUNS_FINISH', members: { some: { issueId, isActive: true } } } });
  for (const hold of holds) {
    const running = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM subtree_hold_member m JOIN run r ON r.issue_id = m.issue_id WHERE m.hold_id = ${hold.id}::uuid AND r.status = 'RUNNING' LIMIT 1`;
    if (running.length === 0) await endHold(tx, SYSTEM, hold, true);
  }
}
