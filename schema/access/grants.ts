import type { AgentPermission } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { reportsTo } from '../agent/org.ts';
import type { Principal } from './principal.ts';
import { type AssignScope, BY_ROLE, covers, type Handover } from './rules.ts';

/** Whether this principal may do what a permission names: the board always, an agent by its grants or its role. */
export async function isGranted(tx: Tx, by: Principal, permission: Exclude<AgentPermission, 'TASKS_ASSIGN_SCOPE'>): Promise<boolean> {
  if (by.kind === 'user' || by.kind === 'system') return true;
  const grant = await tx.agentGrant.findUnique({ where: { agentId_permission: { agentId: by.agentId, permission } }, select: { id: true } });
  if (grant) return true;
  const agent = await tx.agent.findUnique({ where: { id: by.agentId }, select: { role: true } });
  return agent !== null && (BY_ROLE[agent.role]?.includes(permission) ?? false);
}

/** Whether this principal may have an issue change hands: the board, who has TASKS_ASSIGN, and who has a scope that covers it. */
export async function mayAssign(tx: Tx, by: Principal, { projectIds, agentIds, concernsPerson }: Handover): Promise<boolean> {
  if (await isGranted(tx, by, 'TASKS_ASSIGN')) return true;
  const { agentId: own } = by as Extract<Principal, { agentId: string }>;
  const grant = await tx.agentGrant.findUnique({ where: { agentId_permission: { agentId: own, permission: 'TASKS_ASSIGN_SCOPE' } }, select: { scope: true } });
  if (!grant) return false;
  const others = [...new Set(agentIds)].filter((id) => id !== own);
  const managed = new Set<string>();
  for (const id of others) if (await reportsTo(tx, id, own)) managed.add(id); // the former and the new one: at most two
  return covers((grant.scope ?? {}) as AssignScope, { projectIds, agentIds: others, concernsPerson }, (id) => managed.has(id));
}
