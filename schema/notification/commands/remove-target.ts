import type { NotificationTarget } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { hostOf } from '../checks.ts';
import { targetFor } from './target.ts';

/** Forgets a target with the log of its messages; that there was one stays in the activity. Returns it as it was. */
export async function removeNotificationTarget(tx: Tx, by: Principal, input: { targetId: string }): Promise<NotificationTarget> {
  const target = await targetFor(tx, by, input.targetId);
  const { id, companyId, name, channel, address } = target;
  await tx.notificationTarget.delete({ where: { id } });
  await recordActivity(tx, by, { companyId, action: 'notificationTarget.removed', entityType: 'notificationTarget', entityId: id, details: { name, channel, host: hostOf(channel, address) } });
  return target;
}
