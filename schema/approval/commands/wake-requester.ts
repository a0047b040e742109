import type { Approval, Prisma } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal } from '../../access/principal.ts';
import { isHeld } from '../../hold/holds.ts';
import { clip } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { INLINE } from '../../wake/payload.ts';

export type ApprovalNews = 'approval_approved' | 'approval_rejected' | 'approval_revision_requested' | 'approval_commented';

/**
 * Tells the agent that asked. It hears of it on the first linked issue that is its own work; without one the run is about the
 * approval alone, so that the news gets through also where the issues are finished, parked, held or somebody else's.
 */
export async function wakeRequester(tx: Tx, by: Principal, approval: Approval, reason: ApprovalNews, comment?: { id: string; body: string }): Promise<void> {
  const { id, type, status, title, decisionNote, revision, requesterType, requesterId } = approval;
  if (requesterType !== 'AGENT' || !requesterId || requesterId === agentOf(by)) return;
  const told: Prisma.InputJsonObject = {
    approval: {
      id, type, status, title, revision, ...(approval.agentId ? { agentId: approval.agentId } : {}), ...(decisionNote ? { note: decisionNote } : {}),
      ...(comment ? { comment: { id: comment.id, body: clip(comment.body, INLINE.perComment) } } : {}),
    },
  };
  await enqueueWake(tx, by, { agentId: requesterId, issueId: await issueOf(tx, id, requesterId), source: 'AUTOMATION', reason, payload: told });
}

async function issueOf(tx: Tx, approvalId: string, agentId: string): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT i.id FROM approval_issue p JOIN issue i ON i.id = p.issue_id
    WHERE p.approval_id = ${approvalId}::uuid AND i.assignee_id = ${agentId}::uuid AND i.status IN ('TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED') AND NOT ${isHeld('i')}
    ORDER BY p.created_at, p.issue_id LIMIT 1`;
  return found?.id ?? null;
}
