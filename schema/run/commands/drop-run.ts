import { now as clock } from '../../../prisma/clock.ts';
import type { Run } from '../../../prisma/generated/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { recordActivities } from '../../activity/record.ts';
import { promoteDeferred } from '../../wake/promote.ts';
import { recordEventOfRuns } from './record-event.ts';

export type DroppedRun = Pick<Run, 'id' | 'companyId' | 'agentId' | 'issueId' | 'number'>;

/** Cancels a run that never started, with the wakes it would have answered. The caller holds the row and knows it is queued. */
export function dropRun(tx: Tx, by: Principal, run: DroppedRun, code: string, reason: string): Promise<void> {
  return dropRuns(tx, by, [run], code, reason);
}

/** The same for many at once: a stop of a thousand queued runs takes as many statements as that of one. */
export async function dropRuns(tx: Tx, by: Principal, runs: readonly DroppedRun[], code: string, reason: string): Promise<void> {
  if (runs.length === 0) return;
  const now = clock();
  const ids = runs.map(({ id }) => id);
  await tx.run.updateMany({
    where: { id: { in: ids } },
    data: { status: 'CANCELLED', finishedAt: now, cancelRequestedAt: now, cancelReason: reason, errorCode: code, errorMessage: reason },
  });
  await tx.wakeup.updateMany({ where: { runId: { in: ids }, status: { in: ['QUEUED', 'COALESCED'] } }, data: { status: 'CANCELLED', finishedAt: now } });
  await recordEventOfRuns(tx, ids, { kind: 'cancelled', message: reason, data: { code } });
  await recordActivities(tx, by, runs.map((run) => ({
    companyId: run.companyId, action: 'run.finished', entityType: 'run', entityId: run.id, agentId: run.agentId, issueId: run.issueId,
    details: { number: run.number, status: 'CANCELLED', errorCode: code },
  })));
  for (const issueId of await waitedFor(tx, runs)) await promoteDeferred(tx, issueId);
  for (const id of ids) touch(tx, `run:${id}`);
}

/** Issues of these runs where something waits for the end of a run: a deferred wake, or a hold that is to last until then. Mostly none. */
async function waitedFor(tx: Tx, runs: readonly DroppedRun[]): Promise<string[]> {
  const issueIds = [...new Set(runs.flatMap(({ issueId }) => issueId ?? []))];
  if (issueIds.length === 0) return [];
  const waiting = await tx.$queryRaw<{ id: string }[]>(sql`
    SELECT asked.id FROM unnest(${issueIds}::uuid[]) WITH ORDINALITY AS asked(id, place)
    WHERE EXISTS (SELECT 1 FROM wakeup w WHERE w.issue_id = asked.id AND w.status = 'DEFERRED')
      OR EXISTS (SELECT 1 FROM subtree_hold_member m JOIN subtree_hold h ON h.id = m.hold_id
        WHERE m.issue_id = asked.id AND m.is_active AND h.released_at IS NULL AND h.release = 'AFTER_ACTIVE_RUNS_FINISH')
    ORDER BY asked.place`);
  return waiting.map(({ id }) => id);
}
