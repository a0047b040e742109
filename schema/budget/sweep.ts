import { now } from '../../prisma/clock.ts';
import type { Database } from '../../prisma/client.ts';
import { sql } from '../../prisma/sql.ts';
import { type Tx, write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { endIncident } from './end-stop.ts';
import { isPast, windowAt } from './rules.ts';
import { usageOf } from './usage.ts';

/** As many as are looked at in one round; the rest has its turn in the next. */
const BATCH = 500;

/**
 * Ends warnings and stops whose time has passed: a new month has begun, or what was used has left a rolling window. Each is
 * decided in a transaction of its own, so that it is safe to run twice, by several workers, and to be killed in between.
 */
export async function sweepBudgets(db: Database): Promise<void> {
  const month = windowAt({ window: 'MONTH', windowHours: 0 }, now()).start as Date;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const found: { id: string }[] = await db.query(sql`
      SELECT bi.id FROM budget_incident bi JOIN budget b ON b.id = bi.budget_id
      WHERE bi.status IN ('OPEN', 'KEPT_PAUSED') AND bi.id > ${after}::uuid AND ((b."window" = 'MONTH' AND bi.window_start < ${month}::timestamptz) OR b."window" = 'ROLLING')
      ORDER BY bi.id LIMIT ${BATCH}::int`);
    for (const { id } of found) await write(db, (tx) => endIfPast(tx, id));
    const last = found.at(-1);
    if (!last || found.length < BATCH) return;
    after = last.id;
  }
}

async function endIfPast(tx: Tx, incidentId: string): Promise<void> {
  const found = await tx.budgetIncident.findUnique({ where: { id: incidentId }, include: { budget: true } });
  if (!found || (found.status !== 'OPEN' && found.status !== 'KEPT_PAUSED')) return;
  const { budget, ...incident } = found;
  const at = now();
  const used = budget.window === 'ROLLING' ? await usageOf(tx, budget, at) : 0n;
  if (isPast(incident, budget, at, used)) await endIncident(tx, SYSTEM, budget, incident, 'WINDOW_ENDED');
}
