import type { Issue } from '../../prisma/generated/client.ts';
import type { RecoveryOwner } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';

export interface Owner { ownerType: RecoveryOwner; ownerId: string | null }

export const THE_BOARD: Owner = { ownerType: 'BOARD', ownerId: null };

/**
 * Who is to look at an issue that does not move: the nearest agent above its assignee that can be woken, then one above who
 * filed it, then the head of the company, and the board where there is none.
 */
export async function ownerFor(tx: Tx, issue: Pick<Issue, 'companyId' | 'assigneeId' | 'creatorType' | 'creatorId'>): Promise<Owner> {
  const creator = issue.creatorType === 'AGENT' ? issue.creatorId : null;
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE above(id, manager_id, status, rank) AS (
      SELECT a.id, a.manager_id, a.status, 0 FROM agent a WHERE a.id = ${issue.assigneeId}::uuid
      UNION ALL SELECT m.id, m.manager_id, m.status, above.rank + 1 FROM agent m JOIN above ON m.id = above.manager_id WHERE above.rank < 32),
    beyond(id, manager_id, status, rank) AS (
      SELECT a.id, a.manager_id, a.status, 100 FROM agent a WHERE a.id = ${creator}::uuid
      UNION ALL SELECT m.id, m.manager_id, m.status, beyond.rank + 1 FROM agent m JOIN beyond ON m.id = beyond.manager_id WHERE beyond.rank < 132)
    SELECT id FROM (
      SELECT id, status, rank FROM above UNION ALL SELECT id, status, rank FROM beyond
      UNION ALL SELECT a.id, a.status, 200 FROM agent a WHERE a.company_id = ${issue.companyId}::uuid AND a.manager_id IS NULL AND a.role = 'CEO') ranked
    WHERE id IS DISTINCT FROM ${issue.assigneeId}::uuid AND status NOT IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL') ORDER BY rank, id LIMIT 1`;
  return found ? { ownerType: 'AGENT', ownerId: found.id } : THE_BOARD;
}
