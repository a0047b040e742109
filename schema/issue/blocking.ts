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

/**
 * Which of these issues wait for `issueId`, directly or through others, or are that issue itself: to block it by one of them would
 * close a circle. One walk from the issue to what it blocks, however many are asked about.
 */
export async function waitingFor(tx: Tx, issueId: string, among: readonly string[]): Promise<Set<string>> {
  if (among.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE down(id) AS (
      SELECT ${issueId}::uuid UNION SELECT b.issue_id FROM issue_blocker b JOIN down ON b.blocker_id = down.id)
    SELECT id FROM down WHERE id = ANY(${[...among]}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
}
