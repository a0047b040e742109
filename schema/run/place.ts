import type { Tx } from '../../prisma/transaction.ts';
import type { Place } from '../budget/enforce.ts';

/** Where a run uses what it uses: its issue's project, and the issue's goal, else that of the nearest issue above it, else the project's. */
export async function placeOfRun(tx: Tx, run: { companyId: string; agentId: string; issueId: string | null }): Promise<Place> {
  const { companyId, agentId, issueId } = run;
  if (!issueId) return { companyId, agentId, issueId, projectId: null, goalId: null };
  const [row] = await tx.$queryRaw<{ projectId: string | null; goalId: string | null }[]>`
    WITH RECURSIVE up(id, parent_id, goal_id, depth) AS (
      SELECT id, parent_id, goal_id, 0 FROM issue WHERE id = ${issueId}::uuid
      UNION ALL SELECT i.id, i.parent_id, i.goal_id, up.depth + 1 FROM issue i JOIN up ON i.id = up.parent_id WHERE up.goal_id IS NULL)
    SELECT i.project_id AS "projectId", coalesce((SELECT up.goal_id FROM up WHERE up.goal_id IS NOT NULL ORDER BY up.depth LIMIT 1), p.goal_id) AS "goalId"
    FROM issue i LEFT JOIN project p ON p.id = i.project_id WHERE i.id = ${issueId}::uuid`;
  return { companyId, agentId, issueId, projectId: row?.projectId ?? null, goalId: row?.goalId ?? null };
}
