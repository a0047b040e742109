import type { BudgetMetric, BudgetScope, BudgetWindow } from '../../prisma/generated/enums.ts';
import { type Sql, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { stopSentence } from './rules.ts';

/** A hard stop that is in force: the budget, and what was used of it when it was reached. */
export interface BudgetStop {
  incidentId: string;
  budgetId: string;
  scope: BudgetScope;
  scopeId: string;
  subject: string;
  metric: BudgetMetric;
  window: BudgetWindow;
  windowHours: number;
  spent: bigint;
  limit: bigint;
  message: string;
}

/** An incident that stops its scope now; spelled as in the partial index, which holds nothing else. */
export const isStopping = sql`bi.threshold = 'HARD' AND bi.status IN ('OPEN', 'KEPT_PAUSED')`;

/**
 * The goals over an issue: its own, else that of the nearest issue above it, else its project's; and all above that. The depth
 * is bounded, as that of issues is.
 */
const goalsOver = (issue: Sql): Sql => sql`
  WITH RECURSIVE bup(parent_id, goal_id, depth) AS (
      SELECT x.parent_id, x.goal_id, 0 FROM issue x WHERE x.id = ${issue}
      UNION ALL SELECT x.parent_id, x.goal_id, bup.depth + 1 FROM issue x JOIN bup ON x.id = bup.parent_id WHERE bup.goal_id IS NULL AND bup.depth < 1024),
    bgoal(id) AS (
      SELECT coalesce((SELECT bup.goal_id FROM bup WHERE bup.goal_id IS NOT NULL), (SELECT p.goal_id FROM issue x JOIN project p ON p.id = x.project_id WHERE x.id = ${issue}))
      UNION SELECT g.parent_id FROM goal g JOIN bgoal ON g.id = bgoal.id)
  SELECT bgoal.id FROM bgoal`;

const goalsUp = (goal: Sql): Sql => sql`
  WITH RECURSIVE bgoal(id) AS (SELECT ${goal} UNION SELECT g.parent_id FROM goal g JOIN bgoal ON g.id = bgoal.id) SELECT bgoal.id FROM bgoal`;

const issuesOver = (issue: Sql): Sql => sql`
  WITH RECURSIVE bup(id) AS (SELECT ${issue} UNION SELECT x.parent_id FROM issue x JOIN bup ON x.id = bup.id) SELECT bup.id FROM bup`;

/** A place in a company, as expressions: any of them may be null. */
export interface At { company: Sql; agent: Sql; issue: Sql; project?: Sql; goal?: Sql }

/** Whether the budget `b` is over a place. What an issue tells is looked up only for budgets that ask for it. */
export function isOver({ company, agent, issue, project = sql`NULL::uuid`, goal = sql`NULL::uuid` }: At): Sql {
  return sql`CASE b.scope WHEN 'COMPANY' THEN b.scope_id = ${company} WHEN 'AGENT' THEN b.scope_id = ${agent}
    WHEN 'PROJECT' THEN b.scope_id = coalesce((SELECT x.project_id FROM issue x WHERE x.id = ${issue}), ${project})
    WHEN 'GOAL' THEN b.scope_id IN (${goalsOver(issue)}) OR b.scope_id IN (${goalsUp(goal)})
    WHEN 'ISSUE_SUBTREE' THEN b.scope_id IN (${issuesOver(issue)}) END`;
}

/** Whether a stop is in force over a place, as a condition: the one mark that wakes, claims and checkouts ask for. */
export function isBudgetStopped(at: At): Sql {
  return sql`EXISTS (SELECT 1 FROM budget_incident bi JOIN budget b ON b.id = bi.budget_id WHERE bi.company_id = ${at.company} AND ${isStopping} AND ${isOver(at)})`;
}

/** What a budget is of, by the name that people know. */
export const subjectOf = sql`
  CASE b.scope WHEN 'COMPANY' THEN (SELECT x.name FROM company x WHERE x.id = b.scope_id) WHEN 'AGENT' THEN (SELECT x.name FROM agent x WHERE x.id = b.scope_id)
    WHEN 'PROJECT' THEN (SELECT x.name FROM project x WHERE x.id = b.scope_id) WHEN 'GOAL' THEN (SELECT x.title FROM goal x WHERE x.id = b.scope_id)
    WHEN 'ISSUE_SUBTREE' THEN (SELECT c.prefix || '-' || x.number FROM issue x JOIN company c ON c.id = x.company_id WHERE x.id = b.scope_id) END`;

export const stopColumns = sql`
  bi.id AS "incidentId", bi.budget_id AS "budgetId", b.scope, b.scope_id AS "scopeId", coalesce(${subjectOf}, '') AS subject, b.metric, b."window", b.window_hours AS "windowHours",
  bi.observed AS spent, bi."limit"`;

export function told<Row extends Omit<BudgetStop, 'message'>>(row: Row): Row & BudgetStop {
  return { ...row, message: stopSentence(row, row.spent, row.limit) };
}

/** The stop over a place: the widest scope first, then the oldest. Null where work may go on. */
export async function stopOver(tx: Tx, place: { companyId: string; agentId: string | null; issueId: string | null }): Promise<BudgetStop | null> {
  const at = { company: sql`${place.companyId}::uuid`, agent: sql`${place.agentId}::uuid`, issue: sql`${place.issueId}::uuid` };
  const [row] = await tx.$queryRaw<Omit<BudgetStop, 'message'>[]>(sql`
    SELECT ${stopColumns} FROM budget_incident bi JOIN budget b ON b.id = bi.budget_id
    WHERE bi.company_id = ${at.company} AND ${isStopping} AND ${isOver(at)} ORDER BY b.scope, bi.created_at, bi.id LIMIT 1`);
  return row ? told(row) : null;
}

/** Why a budget keeps an agent paused, in a sentence that names policy, spent and limit; null where none does. */
export async function describeStop(tx: Tx, agent: { id: string; companyId: string }): Promise<string | null> {
  const [row] = await tx.$queryRaw<Omit<BudgetStop, 'message'>[]>(sql`
    SELECT ${stopColumns} FROM budget_incident bi JOIN budget b ON b.id = bi.budget_id
    WHERE bi.company_id = ${agent.companyId}::uuid AND ${isStopping} AND b.scope = 'AGENT' AND b.scope_id = ${agent.id}::uuid ORDER BY bi.created_at, bi.id LIMIT 1`);
  return row ? told(row).message : null;
}
