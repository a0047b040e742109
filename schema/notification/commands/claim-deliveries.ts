import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import type { NotificationChannel, NotificationEvent } from '../../../prisma/generated/enums.ts';
import { sql } from '../../../prisma/sql.ts';
import { write } from '../../../prisma/transaction.ts';
import { ATTEMPTS_MAX, attemptsMax, delayAfter } from '../rules.ts';

/** A message to be sent now, with what that takes. */
export interface ClaimedDelivery {
  id: string;
  /** Which attempt this is: what became of it is told with this number. */
  attempts: number;
  event: NotificationEvent;
  subject: string;
  payload: Record<string, unknown>;
  createdAt: Date;
  targetId: string;
  keyVersion: number;
  channel: NotificationChannel;
  address: string;
  companyId: string;
  companyName: string;
  companyPrefix: string;
}

/** How many of the due are looked at to find some of each target. */
const LOOK = 500;
const DELAYS = Array.from({ length: ATTEMPTS_MAX }, (_, i) => delayAfter(i + 1));

/**
 * Takes up to `limit` due messages, at most `perTarget` of one target and none of those that are busy: a receiver that hangs
 * holds up nobody else. The attempt is counted and the next one set before anything is sent, so a worker that is killed in
 * between costs its receiver a delay, never a message; and whoever comes at the same moment skips what is locked.
 */
export async function claimDeliveries(db: Database, { limit, perTarget, busy }: { limit: number; perTarget: number; busy: string[] }): Promise<ClaimedDelivery[]> {
  const at = now();
  return write(db, (tx) => tx.$queryRaw<ClaimedDelivery[]>(sql`
    WITH waiting AS (
      SELECT d.id, d.target_id, d.next_attempt_at FROM notification_delivery d
      WHERE d.status = 'PENDING' AND d.next_attempt_at <= ${at}::timestamptz AND d.target_id <> ALL(${busy}::uuid[])
        AND d.attempts < CASE d.event WHEN 'TEST' THEN ${attemptsMax('TEST')}::int ELSE ${ATTEMPTS_MAX}::int END
      ORDER BY d.next_attempt_at LIMIT ${LOOK}::int),
    ranked AS (SELECT w.id, w.next_attempt_at, row_number() OVER (PARTITION BY w.target_id ORDER BY w.next_attempt_at, w.id) AS place FROM waiting w),
    due AS (
      SELECT d.id FROM ranked JOIN notification_delivery d ON d.id = ranked.id
      WHERE ranked.place <= ${perTarget}::int AND d.status = 'PENDING' AND d.next_attempt_at <= ${at}::timestamptz
      ORDER BY ranked.next_attempt_at LIMIT ${limit}::int FOR UPDATE OF d SKIP LOCKED)
    UPDATE notification_delivery d SET attempts = d.attempts + 1, last_attempt_at = ${at}::timestamptz,
      next_attempt_at = ${at}::timestamptz + (${DELAYS}::int[])[d.attempts + 1] * interval '1 millisecond'
    FROM due, notification_target t, company c WHERE d.id = due.id AND t.id = d.target_id AND c.id = d.company_id
    RETURNING d.id, d.attempts, d.event, d.subject, d.payload, d.created_at AS "createdAt", t.id AS "targetId", t.key_version AS "keyVersion", t.channel, t.address,
      c.id AS "companyId", c.name AS "companyName", c.prefix AS "companyPrefix"`), { decidesNothing: 'each message is locked as it is taken' });
}

/** Messages whose last attempt was cut off: nobody will tell what became of it. */
export function cutOffDeliveries(db: Database): Promise<{ id: string; attempts: number }[]> {
  return db.query(sql`
    SELECT d.id, d.attempts FROM notification_delivery d
    WHERE d.status = 'PENDING' AND d.next_attempt_at <= ${now()}::timestamptz AND d.attempts >= CASE d.event WHEN 'TEST' THEN ${attemptsMax('TEST')}::int ELSE ${ATTEMPTS_MAX}::int END
    ORDER BY d.next_attempt_at LIMIT 100`);
}

/** When the next message falls due; null when none waits. */
export async function nextDelivery(db: Database): Promise<Date | null> {
  const [next] = await db.query<{ at: Date | null }>(sql`SELECT min(d.next_attempt_at) AS at FROM notification_delivery d WHERE d.status = 'PENDING'`);
  return next?.at ?? null;
}
