import type { NotificationTarget } from '../../../prisma/generated/client.ts';
import type { NotificationChannel } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../../access/principal.ts';
import { Refusal } from '../../shared/refusal.ts';
import type { NotificationChannels } from '../channels.ts';
import { checkedAddress } from '../checks.ts';
import { signingKeyOf } from '../signing.ts';

/** A target, and the key of its signatures where they were made or replaced: shown this once. */
export interface TargetWithKey {
  target: NotificationTarget;
  signingKey: string | null;
}

/** The target, where it may be seen, for one who may change it: addresses are for the board's eyes. */
export async function targetFor(tx: Tx, by: Principal, targetId: string): Promise<NotificationTarget> {
  const target = visible(by, await tx.notificationTarget.findUnique({ where: { id: targetId } }), 'notification target');
  mustBeBoard(by, 'see or change who is notified');
  return target;
}

/** An address that this installation could send to. What a name resolves to is asked at each attempt. */
export function sendableAddress(channels: NotificationChannels, channel: NotificationChannel, address: string): string {
  const checked = checkedAddress(channel, address);
  if (channel === 'EMAIL') {
    if (!channels.hasMail) throw new Refusal('RULE_VIOLATION', 'no mail can be sent: BOARDROOM_SMTP_URL and BOARDROOM_MAIL_FROM are not set', { field: 'channel' });
    return checked;
  }
  const barred = channels.barredIp(checked);
  if (barred) throw new Refusal('RULE_VIOLATION', `${barred} is no address of the public internet; BOARDROOM_NOTIFY_PRIVATE allows others`, { field: 'address' });
  return checked;
}

/** Of two targets at one address each message would come twice. */
export async function mustBeNew(tx: Tx, { companyId, channel, address }: Pick<NotificationTarget, 'companyId' | 'channel' | 'address'>): Promise<void> {
  const other = await tx.notificationTarget.findFirst({ where: { companyId, channel, address }, select: { name: true } });
  if (other) throw new Refusal('CONFLICT', `${other.name} has this address already`, { field: 'address' });
}

export async function currentKey(tx: Tx, target: NotificationTarget): Promise<string | null> {
  if (target.channel === 'EMAIL') return null;
  const { signingKey } = await tx.instance.findUniqueOrThrow({ where: { id: 1 }, select: { signingKey: true } });
  return signingKeyOf(signingKey, target);
}
