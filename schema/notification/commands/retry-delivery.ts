import { now } from '../../../prisma/clock.ts';
import type { NotificationDelivery } from '../../../prisma/generated/client.ts';
import { type Tx, touch } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { Refusal } from '../../shared/refusal.ts';
import { CUT_OFF_MS, NOTIFICATIONS } from '../rules.ts';

/** Sends a message now that was given up, called off or waits for its next attempt. One that is being sent at this moment is left alone. */
export async function retryNotificationDelivery(tx: Tx, by: Principal, input: { deliveryId: string }): Promise<NotificationDelivery> {
  const delivery = visible(by, await tx.notificationDelivery.findUnique({ where: { id: input.deliveryId }, include: { target: true } }), 'notification delivery');
  mustBeBoard(by, 'see or send notifications');
  const { target, ...before } = delivery;
  if (before.status === 'DELIVERED') throw new Refusal('RULE_VIOLATION', 'it has arrived already');
  if (!target.enabled && before.event !== 'TEST') throw new Refusal('RULE_VIOLATION', `${target.name} is disabled; enable it first`);
  const at = now();
  const isWaiting = before.status === 'PENDING';
  if (isWaiting && (before.nextAttemptAt === null || before.nextAttemptAt <= at || isBeingSent(before, at))) return before;
  const data = { status: 'PENDING' as const, nextAttemptAt: at, ...(isWaiting ? {} : { attempts: 0 }) };
  const retried = await tx.notificationDelivery.update({ where: { id: before.id }, data });
  await recordActivity(tx, by, {
    companyId: retried.companyId, action: 'notification.retried', entityType: 'notificationDelivery', entityId: retried.id, details: { target: target.name, event: retried.event },
  });
  touch(tx, NOTIFICATIONS);
  return retried;
}

function isBeingSent({ lastAttemptAt }: NotificationDelivery, at: Date): boolean {
  return lastAttemptAt !== null && at.getTime() - lastAttemptAt.getTime() < CUT_OFF_MS;
}
