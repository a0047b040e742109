import { now } from '../../../prisma/clock.ts';
import type { BreakerTrip } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';

/** Closes the open trip of an agent, if there is one: what was before counts no more. The caller sees to the agent itself. */
export async function resetTrip(tx: Tx, by: Principal, agentId: string, note: string | null = null): Promise<BreakerTrip | null> {
  const open = await tx.breakerTrip.findFirst({ where: { agentId, resetAt: null } });
  if (!open) return null;
  const { actorType, actorId } = actorOf(by);
  const reset = await tx.breakerTrip.update({ where: { id: open.id }, data: { resetAt: now(), resetType: actorType, resetId: actorId, resetNote: note } });
  await recordActivity(tx, by, { companyId: open.companyId, action: 'breaker.reset', entityType: 'breakerTrip', entityId: open.id, agentId, details: { kind: open.kind } });
  return reset;
}
