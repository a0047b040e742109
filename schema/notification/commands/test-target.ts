import { now } from '../../../prisma/clock.ts';
import { newId } from '../../../prisma/id.ts';
import type { NotificationDelivery } from '../../../prisma/generated/client.ts';
import { type Tx, touch } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { NOTIFICATIONS } from '../rules.ts';
import { targetFor } from './target.ts';

/** Sends a message of no meaning, also to a target that is disabled: whoever put it right wants to see that first. */
export async function testNotificationTarget(tx: Tx, by: Principal, input: { targetId: string }): Promise<NotificationDelivery> {
  const target = await targetFor(tx, by, input.targetId);
  const { companyId, name } = target;
  const id = newId();
  const at = now();
  const delivery = await tx.notificationDelivery.create({
    data: { id, companyId, targetId: target.id, event: 'TEST', subject: id, payload: { title: `A test of ${name}` }, nextAttemptAt: at, createdAt: at },
  });
  await recordActivity(tx, by, { companyId, action: 'notificationTarget.tested', entityType: 'notificationTarget', entityId: target.id, details: { name, deliveryId: id } });
  touch(tx, NOTIFICATIONS);
  return delivery;
}
