import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { Refusal } from '../../shared/refusal.ts';
import { currentKey, targetFor, type TargetWithKey } from './target.ts';

/** Replaces the key that signs; the former ends at once. What a receiver refuses for that is tried again, signed with the new one. */
export async function rotateNotificationKey(tx: Tx, by: Principal, input: { targetId: string }): Promise<TargetWithKey> {
  const before = await targetFor(tx, by, input.targetId);
  if (before.channel === 'EMAIL') throw new Refusal('RULE_VIOLATION', 'mail is not signed; only webhooks have a key');
  const target = await tx.notificationTarget.update({ where: { id: before.id }, data: { keyVersion: { increment: 1 } } });
  await recordActivity(tx, by, {
    companyId: target.companyId, action: 'notificationTarget.keyRotated', entityType: 'notificationTarget', entityId: target.id, details: { name: target.name, keyVersion: target.keyVersion },
  });
  return { target, signingKey: await currentKey(tx, target) };
}
