import { now } from '../../../prisma/clock.ts';
import { newId } from '../../../prisma/id.ts';
import type { ApprovalComment } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { once } from '../../shared/idempotency.ts';
import { clip, LIMITS, requiredText } from '../../shared/text.ts';
import { approvalFor } from './access.ts';
import { wakeRequester } from './wake-requester.ts';

export interface AddApprovalComment {
  approvalId: string;
  body: string;
  idempotencyKey?: string | null | undefined;
}

/** A word on what the board is asked for, also after it was decided. One by a person wakes the agent that asked. */
export async function addApprovalComment(tx: Tx, by: Principal, input: AddApprovalComment): Promise<ApprovalComment> {
  const approval = await approvalFor(tx, by, input.approvalId);
  const { companyId } = approval;
  const at = { companyId, operation: 'addApprovalComment', key: input.idempotencyKey, input: { approvalId: approval.id, body: input.body } };
  const id = await once(tx, by, at, async () => {
    const { actorType, actorId } = actorOf(by);
    const comment = await tx.approvalComment.create({
      data: { id: newId(), companyId, approvalId: approval.id, authorType: actorType, authorId: actorId, runId: runOf(by), body: requiredText('body', input.body, LIMITS.body), createdAt: now() },
    });
    await recordActivity(tx, by, {
      companyId, action: 'approval.commented', entityType: 'approvalComment', entityId: comment.id, agentId: approval.agentId, details: { approvalId: approval.id, preview: clip(comment.body, 140) },
    });
    if (by.kind === 'user') await wakeRequester(tx, by, approval, 'approval_commented', comment);
    // An agent's answer brings it up again where the board had put it away.
    else await tx.approval.update({ where: { id: approval.id }, data: { updatedAt: comment.createdAt } });
    return comment.id;
  });
  return tx.approvalComment.findUniqueOrThrow({ where: { id } });
}
