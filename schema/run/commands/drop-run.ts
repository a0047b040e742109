import { now as clock } from '../../../prisma/clock.ts';
import type { Run } from '../../../prisma/generated/client.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { promoteDeferred } from '../../wake/promote.ts';
import { recordRunEvents } from './record-event.ts';

export type DroppedRun = Pick<Run, 'id' | 'companyId' | 'agentId' | 'issueId' | 'number'>;

/** Cancels a run that never started, with the wakes it would have answered. The caller holds the row and knows it is queued. */
export async function dropRun(tx: Tx, by: Principal, run: DroppedRun, code: string, reason: string): Promise<void> {
  const now = clock();
  await tx.run.update({
    where: { id: run.id },
    data: { status: 'CANCELLED', finishedAt: now, cancelRequestedAt: now, cancelReason: reason, errorCode: code, errorMessage: reason },
  });
  await tx.wakeup.updateMany({ where: { runId: run.id, status: { in: ['QUEUED', 'COALESCED'] } }, data: { status: 'CANCELLED', finishedAt: now } });
  await recordRunEvents(tx, run.id, [{ kind: 'cancelled', message: reason, data: { code } }]);
  await recordActivity(tx, by, {
    companyId: run.companyId, action: 'run.finished', entityType: 'run', entityId: run.id, agentId: run.agentId, issueId: run.issueId,
    details: { number: run.number, status: 'CANCELLED', errorCode: code },
  });
  if (run.issueId) await promoteDeferred(tx, run.issueId);
  touch(tx, `run:${run.id}`);
}
