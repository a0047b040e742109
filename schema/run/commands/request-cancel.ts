import type { Run } from '../../../prisma/generated/client.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { type Principal, visible } from '../../access/principal.ts';
import { recordActivities } from '../../activity/record.ts';
import { clip, LIMITS, optionalText } from '../../shared/text.ts';
import { isRunOver } from '../rules.ts';
import { dropRuns, type DroppedRun } from './drop-run.ts';
import { recordEventOfRuns } from './record-event.ts';

/**
 * Asks for the end of a run. One that waits is CANCELLED at once; one that runs is ended by its worker (SIGTERM, grace,
 * SIGKILL) and then CANCELLED. Asking again, or for a run that is over, changes nothing.
 */
export async function requestCancel(tx: Tx, by: Principal, input: { runId: string; reason?: string | null | undefined }): Promise<Run> {
  const run = visible(by, await tx.run.findUnique({ where: { id: input.runId } }), 'run');
  if (isRunOver(run.status) || run.cancelRequestedAt) return run;
  await cancelEach(tx, by, [run], optionalText('reason', input.reason, LIMITS.short) ?? 'cancelled by the board');
  return tx.run.findUniqueOrThrow({ where: { id: run.id } });
}

/**
 * The same for all these runs at once, in the order in which they are named: how many statements it takes does not depend on how
 * many there are. Whoever asks has looked up which runs are its to end.
 */
export async function requestCancels(tx: Tx, by: Principal, runIds: readonly string[], reason: string): Promise<void> {
  if (runIds.length === 0) return;
  const found = new Map((await tx.run.findMany({ where: { id: { in: [...runIds] } }, select: { id: true, companyId: true, agentId: true, issueId: true, number: true, status: true, cancelRequestedAt: true } })).map((run) => [run.id, run]));
  const open = runIds.flatMap((id) => found.get(id) ?? []).filter((run) => !isRunOver(run.status) && !run.cancelRequestedAt);
  await cancelEach(tx, by, open, clip(reason, LIMITS.short));
}

async function cancelEach(tx: Tx, by: Principal, open: readonly (DroppedRun & Pick<Run, 'status'>)[], reason: string): Promise<void> {
  // Those that run first: whoever drops a queued run asks whether its issue is free.
  await askToEnd(tx, by, open.filter(({ status }) => status === 'RUNNING'), reason);
  await dropRuns(tx, by, open.filter(({ status }) => status !== 'RUNNING'), 'CANCELLED', reason);
}

async function askToEnd(tx: Tx, by: Principal, running: readonly DroppedRun[], reason: string): Promise<void> {
  if (running.length === 0) return;
  const ids = running.map(({ id }) => id);
  await tx.run.updateMany({ where: { id: { in: ids } }, data: { cancelRequestedAt: new Date(), cancelReason: reason } });
  await recordEventOfRuns(tx, ids, { kind: 'cancel_requested', message: reason });
  await recordActivities(tx, by, running.map((run) => ({
    companyId: run.companyId, action: 'run.cancelRequested', entityType: 'run', entityId: run.id, agentId: run.agentId, issueId: run.issueId, details: { number: run.number, reason },
  })));
  touch(tx, 'queue'); // workers listen to it: the one that has the run looks
  for (const id of ids) touch(tx, `run:${id}`);
}
