import type { NotificationTarget } from '../../../prisma/generated/client.ts';
import type { NotificationEvent } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { LIMITS, requiredText } from '../../shared/text.ts';
import type { NotificationChannels } from '../channels.ts';
import { checkedEvents, hostOf } from '../checks.ts';
import { mustBeNew, sendableAddress, targetFor } from './target.ts';

export interface UpdateNotificationTarget {
  targetId: string;
  name?: string | null | undefined;
  address?: string | null | undefined;
  events?: readonly NotificationEvent[] | null | undefined;
  enabled?: boolean | null | undefined;
}

/** Changes what is given. Disabled, it gets nothing, also of what waits; enabled again, it starts with a clean slate. */
export async function updateNotificationTarget(tx: Tx, by: Principal, channels: NotificationChannels, input: UpdateNotificationTarget): Promise<NotificationTarget> {
  const before = await targetFor(tx, by, input.targetId);
  const { companyId, channel } = before;
  const name = typeof input.name === 'string' ? requiredText('name', input.name, LIMITS.name) : before.name;
  const address = typeof input.address === 'string' ? sendableAddress(channels, channel, input.address) : before.address;
  const events = input.events ? checkedEvents(input.events) : before.events;
  const enabled = input.enabled ?? before.enabled;
  const changed = Object.entries({
    name: name !== before.name, address: address !== before.address, enabled: enabled !== before.enabled,
    events: events.toSorted().join() !== before.events.toSorted().join(),
  }).flatMap(([field, isChanged]) => (isChanged ? [field] : []));
  if (changed.length === 0) return before;
  if (address !== before.address) await mustBeNew(tx, { companyId, channel, address });
  const target = await tx.notificationTarget.update({
    where: { id: before.id }, data: { name, address, events, enabled, ...(enabled && !before.enabled ? { failedInRow: 0 } : {}) },
  });
  if (!enabled) await cancelWaiting(tx, target.id);
  await recordActivity(tx, by, {
    companyId, action: 'notificationTarget.updated', entityType: 'notificationTarget', entityId: target.id,
    details: { name, changed, enabled, ...(address === before.address ? {} : { host: hostOf(channel, address) }) },
  });
  return target;
}

/** What waits for a target that gets nothing any more. */
export async function cancelWaiting(tx: Tx, targetId: string): Promise<number> {
  const { count } = await tx.notificationDelivery.updateMany({ where: { targetId, status: 'PENDING' }, data: { status: 'CANCELLED', nextAttemptAt: null } });
  return count;
}
