import { now } from '../../../prisma/clock.ts';
import type { NotificationDelivery, NotificationTarget } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import type { Action } from '../../activity/rules.ts';
import { attemptsMax, FAILED_IN_ROW_MAX, type Outcome } from '../rules.ts';
import { keptError } from '../told.ts';
import { cancelWaiting } from './update-target.ts';

export interface SettleDelivery {
  deliveryId: string;
  /** The attempt that this is about. */
  attempt: number;
  outcome: Outcome;
}

/**
 * Stores what became of an attempt. What arrived has arrived, whatever was thought of it meanwhile; a failure counts only where
 * nobody has tried again since. A target that gives up too many messages in a row is disabled.
 */
export async function settleDelivery(tx: Tx, { deliveryId, attempt, outcome }: SettleDelivery): Promise<void> {
  const found = await tx.notificationDelivery.findUnique({ where: { id: deliveryId }, include: { target: true } });
  if (!found) return; // its target was removed
  const { target, ...delivery } = found;
  if (outcome.arrived) await arrived(tx, delivery, target, outcome.status);
  else if (delivery.status === 'PENDING' && delivery.attempts === attempt) await failed(tx, delivery, target, outcome);
}

async function arrived(tx: Tx, delivery: NotificationDelivery, target: NotificationTarget, lastStatus: number | null): Promise<void> {
  if (delivery.status === 'DELIVERED') return;
  await tx.notificationDelivery.update({ where: { id: delivery.id }, data: { status: 'DELIVERED', deliveredAt: now(), nextAttemptAt: null, lastStatus, lastError: null } });
  if (target.failedInRow > 0) await tx.notificationTarget.update({ where: { id: target.id }, data: { failedInRow: 0 } });
  await record(tx, 'notification.delivered', delivery, target);
}

async function failed(tx: Tx, delivery: NotificationDelivery, target: NotificationTarget, { status, error }: { status: number | null; error: string }): Promise<void> {
  const lastError = keptError(error);
  const isLast = delivery.attempts >= attemptsMax(delivery.event);
  await tx.notificationDelivery.update({
    where: { id: delivery.id }, data: { lastStatus: status, lastError, ...(isLast ? { status: 'FAILED' as const, nextAttemptAt: null } : {}) },
  });
  if (!isLast) return;
  await record(tx, 'notification.failed', delivery, target, { status });
  if (delivery.event === 'TEST') return;
  const failedInRow = target.failedInRow + 1;
  const isGivenUp = target.enabled && failedInRow >= FAILED_IN_ROW_MAX;
  await tx.notificationTarget.update({ where: { id: target.id }, data: { failedInRow, ...(isGivenUp ? { enabled: false } : {}) } });
  if (!isGivenUp) return;
  const cancelled = await cancelWaiting(tx, target.id);
  await recordActivity(tx, SYSTEM, {
    companyId: target.companyId, action: 'notificationTarget.disabled', entityType: 'notificationTarget', entityId: target.id, details: { name: target.name, failedInRow, cancelled },
  });
}

/** The error itself stays in the log of messages, which is for the board's eyes: it may repeat what the receiver said. */
function record(tx: Tx, action: Action, { id, companyId, event, attempts }: NotificationDelivery, { name }: NotificationTarget, more: Record<string, unknown> = {}): Promise<void> {
  return recordActivity(tx, SYSTEM, { companyId, action, entityType: 'notificationDelivery', entityId: id, details: { target: name, event, attempts, ...more } });
}
