import type { AgentPermission } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from './principal.ts';
import { BY_ROLE } from './rules.ts';

/** Whether this principal may do what a permission names: the board always, an agent by its grants or its role. */
export async function isGranted(tx: Tx, by: Principal, permission: AgentPermission): Promise<boolean> {
  if (by.kind === 'user' || by.kind === 'system') return true;
  const grant = await tx.agentGrant.findUnique({ where: { agentId_permission: { agentId: by.agentId, permission } }, select: { id: true } });
  if (grant) return true;
  const agent = await tx.agent.findUnique({ where: { id: by.agentId }, select: { role: true } });
  return agent !== null && (BY_ROLE[agent.role]?.includes(permission) ?? false);
}
