import { newId } from '../../prisma/id.ts';
import type { Goal } from '../../prisma/generated/client.ts';
import type { GoalLevel, GoalStatus } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { stayingWithin } from '../budget/leaving.ts';
import { openCompanyOf } from '../company/commands.ts';
import { once } from '../shared/idempotency.ts';
import { notFound, Refusal } from '../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../shared/text.ts';

export interface GoalFields {
  title?: string | null | undefined;
  description?: string | null | undefined;
  level?: GoalLevel | null | undefined;
  status?: GoalStatus | null | undefined;
  parentId?: string | null | undefined;
  ownerId?: string | null | undefined;
}

/** States a goal. Board and agents may: agents break goals down. */
export async function createGoal(tx: Tx, by: Principal, input: GoalFields & { companyId: string; title: string; idempotencyKey?: string | null | undefined }): Promise<Goal> {
  const { companyId, idempotencyKey, ...fields } = input;
  await openCompanyOf(tx, by, companyId);
  const id = await once(tx, by, { companyId, operation: 'createGoal', key: idempotencyKey, input: fields }, async () => {
    const goal = await tx.goal.create({
      data: {
        id: newId(), companyId, title: requiredText('title', input.title, LIMITS.title), description: optionalText('description', input.description, LIMITS.description),
        level: input.level ?? 'COMPANY', status: input.status ?? 'PLANNED', parentId: await checkedParent(tx, companyId, null, input.parentId),
        ownerId: await checkedAgent(tx, companyId, input.ownerId, 'owner'),
      },
    });
    await recordActivity(tx, by, { companyId, action: 'goal.created', entityType: 'goal', entityId: goal.id, details: { title: goal.title } });
    return goal.id;
  });
  return tx.goal.findUniqueOrThrow({ where: { id } });
}

/** Changes what is given; null empties parent, owner and description. */
export async function updateGoal(tx: Tx, by: Principal, input: GoalFields & { goalId: string }): Promise<Goal> {
  const before = visible(by, await tx.goal.findUnique({ where: { id: input.goalId } }), 'goal');
  const data = {
    ...(typeof input.title === 'string' ? { title: requiredText('title', input.title, LIMITS.title) } : {}),
    ...(input.description !== undefined ? { description: optionalText('description', input.description, LIMITS.description) } : {}),
    ...(input.level ? { level: input.level } : {}),
    ...(input.status ? { status: input.status } : {}),
    ...(input.parentId !== undefined ? { parentId: await checkedParent(tx, before.companyId, before.id, input.parentId) } : {}),
    ...(input.ownerId !== undefined ? { ownerId: await checkedAgent(tx, before.companyId, input.ownerId, 'owner') } : {}),
  };
  const goal = await stayingWithin(tx, by, input.parentId === undefined ? null : { companyId: before.companyId, goalId: before.id }, () => tx.goal.update({ where: { id: before.id }, data }));
  await recordActivity(tx, by, { companyId: goal.companyId, action: 'goal.updated', entityType: 'goal', entityId: goal.id, details: { changed: Object.keys(data) } });
  return goal;
}

async function checkedParent(tx: Tx, companyId: string, goalId: string | null, parentId: string | null | undefined): Promise<string | null> {
  if (!parentId) return null;
  const parent = await tx.goal.findUnique({ where: { id: parentId } });
  if (!parent || parent.companyId !== companyId) throw notFound('parent goal');
  if (goalId) {
    const above = await tx.$queryRaw<unknown[]>`
      WITH RECURSIVE up(id, parent_id) AS (
        SELECT id, parent_id FROM goal WHERE id = ${parentId}::uuid
        UNION SELECT g.id, g.parent_id FROM goal g JOIN up ON g.id = up.parent_id)
      SELECT 1 FROM up WHERE id = ${goalId}::uuid`;
    if (above.length > 0) throw new Refusal('RULE_VIOLATION', 'a goal cannot stand under itself', { field: 'parentId' });
  }
  return parentId;
}

/** An agent of this company by id; null stays null. */
export async function checkedAgent(tx: Tx, companyId: string, agentId: string | null | undefined, what: string): Promise<string | null> {
  if (!agentId) return null;
  const agent = await tx.agent.findUnique({ where: { id: agentId }, select: { companyId: true } });
  if (!agent || agent.companyId !== companyId) throw notFound(what);
  return agentId;
}
