import { now } from '../../../prisma/clock.ts';
import { newId } from '../../../prisma/id.ts';
import type { NotificationChannel, NotificationEvent } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { openCompanyOf } from '../../company/commands.ts';
import { Refusal } from '../../shared/refusal.ts';
import { LIMITS, requiredText } from '../../shared/text.ts';
import type { NotificationChannels } from '../channels.ts';
import { checkedEvents, hostOf } from '../checks.ts';
import { TARGETS_MAX } from '../rules.ts';
import { currentKey, mustBeNew, sendableAddress, type TargetWithKey } from './target.ts';

export interface CreateNotificationTarget {
  companyId: string;
  name: string;
  channel: NotificationChannel;
  address: string;
  events: readonly NotificationEvent[];
}

/** Adds somebody outside who is told. The same address again is a CONFLICT, so that a repeated request makes no second one. */
export async function createNotificationTarget(tx: Tx, by: Principal, channels: NotificationChannels, input: CreateNotificationTarget): Promise<TargetWithKey> {
  const { companyId, channel } = input;
  await openCompanyOf(tx, by, companyId);
  mustBeBoard(by, 'say who is notified');
  const name = requiredText('name', input.name, LIMITS.name);
  const address = sendableAddress(channels, channel, input.address);
  const events = checkedEvents(input.events);
  await mustBeNew(tx, { companyId, channel, address });
  if ((await tx.notificationTarget.count({ where: { companyId } })) >= TARGETS_MAX) throw new Refusal('RULE_VIOLATION', `a company has at most ${TARGETS_MAX} notification targets`);
  const target = await tx.notificationTarget.create({ data: { id: newId(), companyId, name, channel, address, events, createdAt: now() } });
  await recordActivity(tx, by, {
    companyId, action: 'notificationTarget.created', entityType: 'notificationTarget', entityId: target.id, details: { name, channel, host: hostOf(channel, address), events },
  });
  return { target, signingKey: await currentKey(tx, target) };
}
