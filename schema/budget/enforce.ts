import { now } from '../../prisma/clock.ts';
import { type Budget, Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { reached } from './rules.ts';
import { openStop } from './open-stop.ts';
import { type BudgetStop, isOver, isStopping, stopOver } from './stops.ts';
import { usagesOf, within } from './usage.ts';
import { warn } from './warn.ts';

/** Where something was just used: the budgets over it are looked at. Project and goal are needed only where there is no issue. */
export interface Place { companyId: string; agentId: string; issueId: string | null; projectId: string | null; goalId: string | null }

const budgetColumns = columns(Prisma.BudgetScalarFieldEnum, 'b');

/**
 * Looks at every budget over a place after something was used there: warns, or stops the scope, in this transaction. It is
 * serializable, so of rivals one passes the limit, and all who come after it know: what comes back is the stop that is now in
 * force over the place, null where work may go on. `what`: whether a run was started or something else was used.
 */
export async function enforceBudgets(tx: Tx, place: Place, what: 'USAGE' | 'RUNS' = 'USAGE'): Promise<BudgetStop | null> {
  const budgets = await budgetsOver(tx, place);
  if (budgets.length === 0) return null;
  const open = budgets.filter((budget) => !budget.isStopped && (budget.metric === 'RUNS') === (what === 'RUNS'));
  const stopped = await enforceEach(tx, open, { exactly: what !== 'RUNS' });
  return stopped || budgets.some((budget) => budget.isStopped) ? stopOver(tx, place) : null;
}

/** Judges budgets by what was used of each now; true where one of them stops its scope. */
export async function enforceEach(tx: Tx, budgets: Budget[], how: { exactly?: boolean } = {}): Promise<boolean> {
  const at = now();
  const used = await usagesOf(within(tx), budgets, at, how);
  let stopped = false;
  for (const budget of budgets) {
    const usage = used.get(budget.id) ?? 0n;
    const threshold = reached(usage, budget);
    if (threshold === 'SOFT') await warn(tx, budget, usage, at);
    if (threshold === 'HARD') {
      await openStop(tx, budget, usage, at);
      stopped = true;
    }
  }
  return stopped;
}

function budgetsOver(tx: Tx, { companyId, agentId, issueId, projectId, goalId }: Place): Promise<(Budget & { isStopped: boolean })[]> {
  const at = { company: sql`${companyId}::uuid`, agent: sql`${agentId}::uuid`, issue: sql`${issueId}::uuid`, project: sql`${projectId}::uuid`, goal: sql`${issueId ? null : goalId}::uuid` };
  return tx.$queryRaw(sql`
    SELECT ${budgetColumns}, EXISTS (SELECT 1 FROM budget_incident bi WHERE bi.budget_id = b.id AND ${isStopping}) AS "isStopped"
    FROM budget b WHERE b.company_id = ${at.company} AND b.amount > 0 AND ${isOver(at)} ORDER BY b.scope, b.created_at, b.id`);
}
