import { now } from '../../prisma/clock.ts';
import type { NotificationEvent, Prisma } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { type Tx, touch } from '../../prisma/transaction.ts';
import { NOTIFICATIONS } from './rules.ts';
import { tellable } from './told.ts';

export interface Happening {
  companyId: string;
  event: NotificationEvent;
  /** Names the happening: with the same subject a target is told once. The id of an approval and its revision, an incident, a trip, a run. */
  subject: string;
  /** What is told. Never a secret; texts are clipped. Plain names: { title, agent, limit, spent … }; the message links to the page of its approvalId, runId or agentId. */
  payload: Prisma.InputJsonObject;
  /** Another event that tells the same happening in this very transaction, and more of it: who listens to that one is told once, by it. */
  unlessToldBy?: NotificationEvent;
}

/** Leaves a message for every target of the company that wants to hear of it; a job sends it after the commit. */
export async function notify(tx: Tx, { companyId, event, subject, payload, unlessToldBy }: Happening): Promise<void> {
  const targets = await tx.notificationTarget.findMany({ where: { companyId, enabled: true, events: { has: event }, ...(unlessToldBy ? { NOT: { events: { has: unlessToldBy } } } : {}) }, select: { id: true } });
  if (targets.length === 0) return;
  const at = now();
  const told = tellable(payload);
  // Whoever comes second with the same happening finds the message there: a target is told once.
  await tx.notificationDelivery.createMany({
    data: targets.map(({ id }) => ({ id: newId(), companyId, targetId: id, event, subject, payload: told, nextAttemptAt: at, createdAt: at })),
    skipDuplicates: true,
  });
  touch(tx, NOTIFICATIONS);
}
