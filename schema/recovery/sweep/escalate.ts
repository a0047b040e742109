import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { write } from '../../../prisma/transaction.ts';
import { giveToBoard } from '../actions.ts';

const BATCH = 200;

/** Actions whose agent let its time pass, or takes no work any more, go to the board. */
export async function escalateActions(db: Database): Promise<void> {
  const at = now();
  const due = await db.query<{ id: string }>(sql`
    SELECT v.id FROM recovery_action v LEFT JOIN agent a ON a.id = v.owner_id
    WHERE v.status = 'ACTIVE' AND v.owner_type = 'AGENT' AND (v.timeout_at <= ${at}::timestamptz OR a.id IS NULL OR a.status IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL'))
    ORDER BY v.created_at LIMIT ${BATCH}::int`);
  for (const { id } of due) {
    await write(db, async (tx) => {
      const action = await tx.recoveryAction.findUnique({ where: { id } });
      if (action?.status === 'ACTIVE' && action.ownerType === 'AGENT') await giveToBoard(tx, action);
    });
  }
}
