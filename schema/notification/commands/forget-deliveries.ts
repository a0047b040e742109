import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { write } from '../../../prisma/transaction.ts';

const KEPT_DAYS = 90;
const BATCH = 1_000;

/** Drops messages that are long done with. What is left of a batch comes with the next sweep. */
export async function forgetOldDeliveries(db: Database): Promise<void> {
  const before = new Date(now().getTime() - KEPT_DAYS * 86_400_000);
  await write(db, (tx) => tx.$executeRaw(sql`
    DELETE FROM notification_delivery WHERE id IN (
      SELECT d.id FROM notification_delivery d WHERE d.status <> 'PENDING' AND d.created_at < ${before}::timestamptz LIMIT ${BATCH}::int)`), { decidesNothing: 'old rows are dropped' });
}
