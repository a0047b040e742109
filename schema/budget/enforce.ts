import { now } from '../../prisma/clock.ts';
import { type Budget, Prisma } from '../../prisma/generated/client.ts';
import type { BudgetThreshold } from '../../prisma/generated/enums.ts';
import { columns, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { reached } from './rules.ts';
import { openStop } from './open-stop.ts';
import { type BudgetStop, isOver, isStopping, stopOver, subjectOf } from './stops.ts';
import { usagesOf, within } from './usage.ts';
import { warn } from './warn.ts';
import { type BudgetWarning, isWarning, warningOf, WARNINGS_MAX } from './warnings.ts';

/** Where something was just used: the budgets over it are looked at. Project and goal are needed only where there is no issue. */
export interface Place { companyId: string; agentId: string; issueId: string | null; projectId: string | null; goalId: string | null }

const budgetColumns = columns(Prisma.BudgetScalarFieldEnum, 'b');

/** What holds over a place: the stop that is in force, null where work may go on, and what is nearly used up. */
export interface Verdict { stop: BudgetStop | null; warnings: BudgetWarning[] }

/** `warned`: what was used when a warning was given that holds. */
type Over = Budget & { isStopped: boolean; subject: string; warned: bigint | null };

/**
 * Looks at every budget over a place after something was used there: warns, or stops the scope, in this transaction. It is
 * serializable, so of rivals one passes the limit, and all who come after it know. `what`: whether a run was started or something
 * else was used.
 */
export async function enforceBudgets(tx: Tx, place: Place, what: 'USAGE' | 'RUNS' = 'USAGE'): Promise<Verdict> {
  const budgets = await budgetsOver(tx, place);
  if (budgets.length === 0) return { stop: null, warnings: [] };
  const open = budgets.filter((budget) => !budget.isStopped && (budget.metric === 'RUNS') === (what === 'RUNS'));
  const found = await enforceEach(tx, open, { exactly: what !== 'RUNS' });
  const near = new Map(found.flatMap(({ budget, usage, threshold }) => (threshold === 'SOFT' ? [[budget.id, usage] as const] : [])));
  const warnings = budgets.flatMap((budget) => {
    // Of runs nothing was used just now: what was said of them when the last began holds.
    const used = open.includes(budget) ? near.get(budget.id) : budget.isStopped ? undefined : (budget.warned ?? undefined);
    return used === undefined ? [] : warningOf(budget, used, budget.amount);
  });
  const isStopped = budgets.some((budget) => budget.isStopped) || found.some(({ threshold }) => threshold === 'HARD');
  return { stop: isStopped ? await stopOver(tx, place) : null, warnings: warnings.slice(0, WARNINGS_MAX) };
}

export interface Judged<B> { budget: B; usage: bigint; threshold: BudgetThreshold }

/** Judges budgets by what was used of each now; gives back those that have reached something. */
export async function enforceEach<B extends Budget>(tx: Tx, budgets: readonly B[], how: { exactly?: boolean } = {}): Promise<Judged<B>[]> {
  const at = now();
  const used = await usagesOf(within(tx), [...budgets], at, how);
  const judged = budgets.flatMap((budget) => {
    const usage = used.get(budget.id) ?? 0n;
    const threshold = reached(usage, budget);
    return threshold ? [{ budget, usage, threshold }] : [];
  });
  for (const { budget, usage, threshold } of judged) {
    if (threshold === 'SOFT') await warn(tx, budget, usage, at);
    else await openStop(tx, budget, usage, at);
  }
  return judged;
}

function budgetsOver(tx: Tx, { companyId, agentId, issueId, projectId, goalId }: Place): Promise<Over[]> {
  const at = { company: sql`${companyId}::uuid`, agent: sql`${agentId}::uuid`, issue: sql`${issueId}::uuid`, project: sql`${projectId}::uuid`, goal: sql`${issueId ? null : goalId}::uuid` };
  return tx.$queryRaw(sql`
    SELECT ${budgetColumns}, coalesce(${subjectOf}, '') AS subject, EXISTS (SELECT 1 FROM budget_incident bi WHERE bi.budget_id = b.id AND ${isStopping}) AS "isStopped",
      (SELECT bi.observed FROM budget_incident bi WHERE bi.budget_id = b.id AND ${isWarning(now())} LIMIT 1) AS warned
    FROM budget b WHERE b.company_id = ${at.company} AND b.amount > 0 AND ${isOver(at)} ORDER BY b.scope, b.created_at, b.id`);
}
