import type { Prisma, Run } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { enqueueWake } from './enqueue-wake.ts';
import { WAKES_MAX } from './payload.ts';
import { requesterOf } from './promote.ts';
import type { WakeReason } from './reasons.ts';

/**
 * Asks again for what a run was woken for that was interrupted, so that its agent goes on at the next start: as often as that
 * happens, since a stop of Boardroom says nothing about the work. The gates are asked again, too.
 */
export async function wakeAgain(tx: Tx, run: Run): Promise<void> {
  const { agentId, issueId } = run;
  const answered = await tx.wakeup.findMany({ where: { runId: run.id, status: 'FAILED' }, orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }], take: WAKES_MAX });
  for (const wakeup of answered.reverse()) {
    const { source, reason } = wakeup;
    const again = await enqueueWake(tx, requesterOf(wakeup), { agentId, issueId, source, reason: reason as WakeReason, payload: wakeup.payload as Prisma.InputJsonObject });
    if (again.status === 'QUEUED' && again.runId) await tx.run.update({ where: { id: again.runId }, data: { retryOfId: run.id } });
  }
  // A retry that was set for a time answers no wake.
  if (answered.length === 0 && run.reason) await enqueueWake(tx, SYSTEM, { agentId, issueId, source: run.source, reason: run.reason as WakeReason });
}
