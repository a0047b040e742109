import type { IssueStatus } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';

export interface SubtreeIssue { id: string; status: IssueStatus; parentId: string | null }

/** An issue and all below it that is not finished. */
export function openSubtree(tx: Tx, rootIssueId: string): Promise<SubtreeIssue[]> {
  return tx.$queryRaw<SubtreeIssue[]>`
    WITH RECURSIVE tree(id) AS (
      SELECT ${rootIssueId}::uuid UNION SELECT k.id FROM issue k JOIN tree ON k.parent_id = tree.id)
    SELECT i.id, i.status, i.parent_id AS "parentId" FROM tree JOIN issue i ON i.id = tree.id
    WHERE i.status NOT IN ('DONE', 'CANCELLED') ORDER BY i.number`;
}
