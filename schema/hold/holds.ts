import type { HoldMode } from '../../prisma/generated/enums.ts';
import { rawSql, type Sql, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';

export interface ActiveHold { holdId: string; rootIssueId: string; mode: HoldMode }

/** The hold that an issue is under, be it the root or a member; the oldest where several overlap. */
export async function activeHoldOn(tx: Tx, issueId: string): Promise<ActiveHold | null> {
  const [hold] = await tx.$queryRaw<ActiveHold[]>`
    SELECT h.id AS "holdId", h.root_issue_id AS "rootIssueId", h.mode FROM subtree_hold_member m JOIN subtree_hold h ON h.id = m.hold_id
    WHERE m.issue_id = ${issueId}::uuid AND m.is_active ORDER BY h.created_at, h.id LIMIT 1`;
  return hold ?? null;
}

/** Whether the issue of that alias is held, as a condition. */
export function isHeld(alias: string): Sql {
  return sql`EXISTS (SELECT 1 FROM subtree_hold_member shm WHERE shm.issue_id = ${rawSql(alias)}.id AND shm.is_active)`;
}
