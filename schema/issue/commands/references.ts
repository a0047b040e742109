import type { Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { notFound, Refusal } from '../../shared/refusal.ts';

/** The parent to be: of this company, and not the issue itself or below it. */
export async function checkedParent(tx: Tx, companyId: string, issueId: string | null, parentId: string | null | undefined): Promise<Issue | null> {
  if (!parentId) return null;
  const parent = await tx.issue.findUnique({ where: { id: parentId } });
  if (!parent || parent.companyId !== companyId) throw notFound('parent issue');
  if (issueId) {
    const above = await tx.$queryRaw<unknown[]>`
      WITH RECURSIVE up(id, parent_id) AS (
        SELECT id, parent_id FROM issue WHERE id = ${parentId}::uuid
        UNION SELECT i.id, i.parent_id FROM issue i JOIN up ON i.id = up.parent_id)
      SELECT 1 FROM up WHERE id = ${issueId}::uuid`;
    if (above.length > 0) throw new Refusal('RULE_VIOLATION', 'an issue cannot stand under itself', { field: 'parentId' });
  }
  return parent;
}

export async function checkedProject(tx: Tx, companyId: string, projectId: string | null | undefined): Promise<string | null> {
  if (!projectId) return null;
  const project = await tx.project.findUnique({ where: { id: projectId }, select: { companyId: true } });
  if (project?.companyId !== companyId) throw notFound('project');
  return projectId;
}

export async function checkedGoal(tx: Tx, companyId: string, goalId: string | null | undefined): Promise<string | null> {
  if (!goalId) return null;
  const goal = await tx.goal.findUnique({ where: { id: goalId }, select: { companyId: true } });
  if (goal?.companyId !== companyId) throw notFound('goal');
  return goalId;
}

export async function checkedUser(tx: Tx, userId: string | null | undefined): Promise<string | null> {
  if (!userId) return null;
  if (!(await tx.user.findUnique({ where: { id: userId }, select: { id: true } }))) throw notFound('user');
  return userId;
}
