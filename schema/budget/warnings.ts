import { type Sql, sql } from '../../prisma/sql.ts';
import { type Told, warnSentence, windowAt } from './rules.ts';
import { type At, isOver, subjectOf } from './stops.ts';

/** A budget that has reached its warning, and stops nothing: how much is left is for whoever spends to see. */
export interface BudgetWarning {
  budgetId: string;
  spent: bigint;
  limit: bigint;
  message: string;
}

/** What is told of a place at most: the widest scopes first. */
export const WARNINGS_MAX = 20;

export function warningOf(budget: Told & { id: string }, spent: bigint, limit: bigint): BudgetWarning {
  return { budgetId: budget.id, spent, limit, message: warnSentence(budget, spent, limit) };
}

/** An incident that warns of the budget `b` now: of its present window and amount. */
export function isWarning(at: Date): Sql {
  const { start } = windowAt({ window: 'MONTH', windowHours: 0 }, at);
  return sql`bi.threshold = 'SOFT' AND bi.status = 'OPEN' AND bi."limit" = b.amount AND (b."window" <> 'MONTH' OR bi.window_start >= ${start}::timestamptz)`;
}

/** The warnings over each of many places `it`. */
export function warningsOver(table: Sql, place: At, ids: readonly string[], at: Date): Sql {
  return sql`
    SELECT x.place AS "__parent", x.id, x.scope, x.subject, x.metric, x."window", x."windowHours", x.spent, x."limit" FROM (
      SELECT it.id AS place, b.id, b.scope, coalesce(${subjectOf}, '') AS subject, b.metric, b."window", b.window_hours AS "windowHours", bi.observed AS spent, bi."limit",
        row_number() OVER (PARTITION BY it.id ORDER BY b.scope, bi.created_at, bi.id) AS place_in_list
      FROM ${table} it JOIN budget_incident bi ON bi.company_id = ${place.company} JOIN budget b ON b.id = bi.budget_id
      WHERE it.id = ANY(${[...ids]}::uuid[]) AND ${isWarning(at)}
        AND NOT EXISTS (SELECT 1 FROM budget_incident bs WHERE bs.budget_id = b.id AND bs.threshold = 'HARD' AND bs.status IN ('OPEN', 'KEPT_PAUSED')) AND ${isOver(place)}) x
    WHERE x.place_in_list <= ${WARNINGS_MAX} ORDER BY x.place, x.place_in_list`;
}
