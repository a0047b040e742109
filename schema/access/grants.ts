import type { AgentPermission } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from './principal.ts';

/** Whether this principal may do what a permission names: the board always, an agent by its grants. */
export async function isGranted(tx: Tx, by: Principal, permission: AgentPermission): Promise<boolean> {
  if (by.kind === 'user' || by.kind === 'system') return true;
  return (await tx.agentGrant.count({ where: { agentId: by.agentId, permission } })) > 0;
}
