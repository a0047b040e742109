import type { NotificationEvent, Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';

export interface Happening {
  companyId: string;
  event: NotificationEvent;
  /** Names the happening: with the same subject a target is told once. The id of an approval and its revision, an incident, a trip, a run. */
  subject: string;
  /** What is told. Never a secret; texts are clipped. Plain names: { title, agent, issue, limit, spent, url path … }. */
  payload: Prisma.InputJsonObject;
}

/** Leaves a message for every target of the company that wants to hear of it; a job sends it after the commit. */
export async function notify(_tx: Tx, _happening: Happening): Promise<void> {}
