import type { Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { isTerminal } from '../../issue/rules.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { closeAction } from '../actions.ts';

/** Where mending was an issue of its own, its end is the end of the action: done, the work goes on; cancelled, nobody mends it. */
export async function settleRecoveryIssue(tx: Tx, by: Principal, mending: Pick<Issue, 'id' | 'origin' | 'originId' | 'status'>): Promise<void> {
  if (mending.origin !== 'RECOVERY' || !mending.originId || !isTerminal(mending.status)) return;
  const action = await tx.recoveryAction.findFirst({ where: { issueId: mending.originId, recoveryIssueId: mending.id, status: { in: ['ACTIVE', 'ESCALATED'] } } });
  if (!action) return;
  const isMended = mending.status === 'DONE';
  await closeAction(tx, by, action, isMended ? 'RESTORED' : 'CANCELLED', null);
  const source = await tx.issue.findUniqueOrThrow({ where: { id: action.issueId }, select: { assigneeId: true, status: true } });
  if (!isMended || !source.assigneeId || isTerminal(source.status)) return;
  await enqueueWake(tx, by, {
    agentId: source.assigneeId, issueId: action.issueId, source: 'AUTOMATION', reason: 'issue_recovery_action_restored', payload: { recoveryId: action.id, cause: action.cause },
  });
}
