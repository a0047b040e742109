import type { Run } from '../../../prisma/generated/client.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { type Principal, visible } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { optionalText, LIMITS } from '../../shared/text.ts';
import { isRunOver } from '../rules.ts';
import { dropRun } from './drop-run.ts';
import { recordRunEvents } from './record-event.ts';

/**
 * Asks for the end of a run. One that waits is CANCELLED at once; one that runs is ended by its worker (SIGTERM, grace,
 * SIGKILL) and then CANCELLED. Asking again, or for a run that is over, changes nothing.
 */
export async function requestCancel(tx: Tx, by: Principal, input: { runId: string; reason?: string | null | undefined }): Promise<Run> {
  const run = visible(by, await tx.run.findUnique({ where: { id: input.runId } }), 'run');
  if (isRunOver(run.status) || run.cancelRequestedAt) return run;
  const reason = optionalText('reason', input.reason, LIMITS.short) ?? 'cancelled by the board';
  if (run.status !== 'RUNNING') {
    await dropRun(tx, by, run, 'CANCELLED', reason);
    return tx.run.findUniqueOrThrow({ where: { id: run.id } });
  }
  const asked = await tx.run.update({ where: { id: run.id }, data: { cancelRequestedAt: new Date(), cancelReason: reason } });
  await recordRunEvents(tx, run.id, [{ kind: 'cancel_requested', message: reason }]);
  await recordActivity(tx, by, {
    companyId: run.companyId, action: 'run.cancelRequested', entityType: 'run', entityId: run.id, agentId: run.agentId, issueId: run.issueId,
    details: { number: run.number, reason },
  });
  touch(tx, 'queue'); // workers listen to it: the one that has the run looks
  touch(tx, `run:${run.id}`);
  return asked;
}
