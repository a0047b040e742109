import type { Tx } from '../../prisma/transaction.ts';

/** True when `agentId` reports to `managerId`, directly or through others, or is that agent itself. */
export async function reportsTo(tx: Tx, agentId: string, managerId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ found: boolean }[]>`
    WITH RECURSIVE up(id, manager_id) AS (
      SELECT id, manager_id FROM agent WHERE id = ${agentId}::uuid
      UNION SELECT a.id, a.manager_id FROM agent a JOIN up ON a.id = up.manager_id)
    SELECT EXISTS (SELECT 1 FROM up WHERE id = ${managerId}::uuid) AS found`;
  return rows[0]?.found ?? false;
}
