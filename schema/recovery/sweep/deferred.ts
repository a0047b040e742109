import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { write } from '../../../prisma/transaction.ts';
import { promoteDeferred } from '../../wake/promote.ts';

const BATCH = 200;

/** Wakes that wait for the end of a run which nobody saw end: a row changed by hand, a company that was restored. */
export async function resumeDeferred(db: Database): Promise<void> {
  const left = await db.query<{ issueId: string }>(sql`
    SELECT DISTINCT w.issue_id AS "issueId" FROM wakeup w
    WHERE w.status = 'DEFERRED' AND NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = w.issue_id AND r.status IN ('RUNNING', 'QUEUED', 'SCHEDULED_RETRY'))
    LIMIT ${BATCH}::int`);
  for (const { issueId } of left) await write(db, (tx) => promoteDeferred(tx, issueId));
}
