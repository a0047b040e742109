import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { write } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { QUEUE_LIMIT_HOURS } from '../rules.ts';
import { dropRun } from './drop-run.ts';

const BATCH = 100;

/** Cancels runs that nothing could start for a day: what they were asked for is no longer news. */
export async function dropExpired(db: Database): Promise<void> {
  const expired = await db.query<{ id: string }>(sql`
    SELECT id FROM run WHERE status IN ('QUEUED', 'SCHEDULED_RETRY') AND available_at < ${now()}::timestamptz - make_interval(hours => ${QUEUE_LIMIT_HOURS}) LIMIT ${BATCH}`);
  for (const { id } of expired) {
    await write(db, async (tx) => {
      const run = await tx.run.findUnique({ where: { id } });
      if (run?.status !== 'QUEUED' && run?.status !== 'SCHEDULED_RETRY') return;
      await dropRun(tx, SYSTEM, run, 'EXPIRED', `Nothing could start it for ${QUEUE_LIMIT_HOURS} hours.`);
    });
  }
}
