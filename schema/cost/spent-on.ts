import type { Issue, Run } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { mayAssign } from '../access/grants.ts';
import { agentOf, type Principal } from '../access/principal.ts';
import { Refusal } from '../shared/refusal.ts';

/**
 * For which issues an agent may say that it used something: what it names burns the budgets over that issue, and those of others
 * are not its to burn. That of its run, its own, one that it had a run for, and all below those; who may give work to others may
 * name what it may give. The board books where it likes.
 */
export async function mustHaveWorkedOn(tx: Tx, by: Principal, issue: Issue | null, run: Pick<Run, 'issueId' | 'workedIssueId'> | null): Promise<void> {
  const agentId = agentOf(by);
  if (!agentId || !issue || issue.assigneeId === agentId || issue.id === run?.issueId || issue.id === run?.workedIssueId) return;
  if (await worksOn(tx, agentId, issue.id)) return;
  if (await mayAssign(tx, by, { projectIds: [issue.projectId], agentIds: issue.assigneeId ? [issue.assigneeId] : [], concernsPerson: issue.assigneeUserId !== null })) return;
  throw new Refusal('FORBIDDEN', 'an agent reports cost for issues that it works on, and those below them; for others by TASKS_ASSIGN', { field: 'issueId' });
}

/** Whether the issue, or one above it, is the agent's own or one that it had a run for. */
async function worksOn(tx: Tx, agentId: string, issueId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(sql`
    WITH RECURSIVE up(id, parent_id, assignee_id) AS (
      SELECT i.id, i.parent_id, i.assignee_id FROM issue i WHERE i.id = ${issueId}::uuid UNION SELECT i.id, i.parent_id, i.assignee_id FROM issue i JOIN up ON i.id = up.parent_id)
    SELECT 1 FROM up WHERE up.assignee_id = ${agentId}::uuid
      OR EXISTS (SELECT 1 FROM run r WHERE r.issue_id = up.id AND r.agent_id = ${agentId}::uuid AND r.started_at IS NOT NULL)
      OR EXISTS (SELECT 1 FROM run r WHERE r.agent_id = ${agentId}::uuid AND r.status = 'RUNNING' AND r.worked_issue_id = up.id) LIMIT 1`);
  return rows.length > 0;
}
