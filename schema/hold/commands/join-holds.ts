import type { Tx } from '../../../prisma/transaction.ts';

/** What comes to stand below held work is held with it: an issue that is made there, or one that is moved there with all below it. */
export async function joinHolds(tx: Tx, issueId: string, parentId: string | null): Promise<void> {
  if (!parentId) return;
  await tx.$executeRaw`
    WITH RECURSIVE tree(id) AS (
      SELECT ${issueId}::uuid UNION SELECT k.id FROM issue k JOIN tree ON k.parent_id = tree.id)
    INSERT INTO subtree_hold_member (hold_id, issue_id, company_id, previous_status)
    SELECT m.hold_id, i.id, i.company_id, i.status
    FROM subtree_hold_member m CROSS JOIN tree JOIN issue i ON i.id = tree.id
    WHERE m.issue_id = ${parentId}::uuid AND m.is_active AND i.status NOT IN ('DONE', 'CANCELLED')
    ON CONFLICT DO NOTHING`;
}
