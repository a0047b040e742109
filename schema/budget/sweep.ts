import { now } from '../../prisma/clock.ts';
import type { Database } from '../../prisma/client.ts';
import { type Budget, Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { type Tx, write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { endIncident } from './end-stop.ts';
import { enforceEach } from './enforce.ts';
import { cancelRuns, isToEnd } from './open-stop.ts';
import { isPast, reached, stopSentence, windowAt } from './rules.ts';
import { isStopping } from './stops.ts';
import { outside, usageOf, usagesOf } from './usage.ts';
import { toldOf } from './words.ts';

/** As many as are looked at in one statement. */
const BATCH = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * What budgets need beyond the moment in which something is used: what time has ended goes on, what was reached without any use
 * is warned of or stopped, and what a stop did not end at once is ended. Each is decided in a transaction of its own, so that it is safe to run twice, by several workers,
 * and to be killed in between.
 */
export async function sweepBudgets(db: Database): Promise<void> {
  await endWhatIsPast(db);
  await judgeAll(db);
  await endRuns(db);
}

/** Ends warnings and stops whose time has passed: a new month has begun, or what was used has left a rolling window. */
async function endWhatIsPast(db: Database): Promise<void> {
  const month = windowAt({ window: 'MONTH', windowHours: 0 }, now()).start as Date;
  for (let after = FIRST; ; ) {
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
  if (!isPast(incident, budget, at, used)) return;
  await endIncident(tx, SYSTEM, budget, incident, 'WINDOW_ENDED');
  // What is used while the stop of the last month is still in force opens none of this month.
  if (incident.threshold === 'HARD') await enforceEach(tx, [budget]);
}

/**
 * Judges budgets that nobody used anything of just now: events were priced anew, or issues moved into what they limit. Usages are
 * read for many budgets at once; only those that have reached something new are decided about.
 */
async function judgeAll(db: Database): Promise<void> {
  for (let after = FIRST; ; ) {
    const budgets = await db.query<Budget & { isWarned: boolean }>(sql`
      SELECT ${columns(Prisma.BudgetScalarFieldEnum, 'b')},
        EXISTS (SELECT 1 FROM budget_incident bi WHERE bi.budget_id = b.id AND bi.threshold = 'SOFT' AND bi.status = 'OPEN' AND bi."limit" = b.amount) AS "isWarned"
      FROM budget b JOIN company c ON c.id = b.company_id
      WHERE b.id > ${after}::uuid AND b.amount > 0 AND c.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM budget_incident bi WHERE bi.budget_id = b.id AND ${isStopping})
      ORDER BY b.id LIMIT ${BATCH}::int`);
    const used = await usagesOf(outside(db), budgets, now(), { exactly: false });
    for (const budget of budgets) {
      const threshold = reached(used.get(budget.id) ?? 0n, budget);
      if (threshold === 'HARD' || (threshold === 'SOFT' && !budget.isWarned)) await write(db, (tx) => judge(tx, budget.id));
    }
    const last = budgets.at(-1);
    if (!last || budgets.length < BATCH) return;
    after = last.id;
  }
}

async function judge(tx: Tx, budgetId: string): Promise<void> {
  const budget = await tx.budget.findUnique({ where: { id: budgetId } });
  const stops = await tx.budgetIncident.count({ where: { budgetId, threshold: 'HARD', status: { in: ['OPEN', 'KEPT_PAUSED'] } } });
  if (budget && stops === 0) await enforceEach(tx, [budget]);
}

/** Ends what is in the scope of a stop and was not ended with it: there was too much at once, or it came there later. */
async function endRuns(db: Database): Promise<void> {
  const stops = await db.query<{ id: string }>(sql`
    SELECT bi.id FROM budget_incident bi JOIN budget b ON b.id = bi.budget_id
    WHERE ${isStopping} AND EXISTS (SELECT 1 FROM run r WHERE r.company_id = bi.company_id AND ${isToEnd}) ORDER BY bi.id`);
  for (const { id } of stops) {
    while (await write(db, (tx) => endSome(tx, id)));
  }
}

async function endSome(tx: Tx, incidentId: string): Promise<boolean> {
  const stop = await tx.budgetIncident.findUnique({ where: { id: incidentId }, include: { budget: true } });
  if (!stop || (stop.status !== 'OPEN' && stop.status !== 'KEPT_PAUSED')) return false;
  return cancelRuns(tx, stop.budget, stopSentence(await toldOf(tx, stop.budget), stop.observed, stop.limit));
}
