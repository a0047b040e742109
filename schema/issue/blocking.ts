import type { Tx } from '../../prisma/transaction.ts';
import { satisfied } from '../workspace/gate.ts';

/**
 * Blockers that are not done, or whose work is not yet safely in its workspace. A cancelled blocker still blocks until it is
 * removed: nobody did that work.
 */
export async function openBlockerIds(tx: Tx, issueId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT x.id FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id
    WHERE b.issue_id = ${issueId}::uuid AND NOT ${satisfied('x')} ORDER BY x.number`;
  return rows.map((row) => row.id);
}

/** True when `from` can be reached from `start` by following blockers: adding the edge would close a circle. */
export async function isBlockedBy(tx: Tx, start: string, from: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ found: boolean }[]>`
    WITH RECURSIVE up(id) AS (
      SELECT ${start}::uuid UNION SELECT b.blocker_id FROM issue_blocker b JOIN up ON b.issue_id = up.id)
    SELECT EXISTS (SELECT 1 FROM up WHERE id = ${from}::uuid) AS found`;
  return rows[0]?.found ?? false;
}
