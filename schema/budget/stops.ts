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
      SELECT bx.parent_id, bx.goal_id, 0 FROM issue bx WHERE bx.id = ${issue}
      UNION ALL SELECT bx.parent_id, bx.goal_id, bup.depth + 1 FROM issue bx JOIN bup ON bx.id = bup.parent_id WHERE bup.goal_id IS NULL AND bup.depth < 1024),
    bgoal(id) AS (
      SELECT coalesce((SELECT bup.goal_id FROM bup WHERE bup.goal_id IS NOT NULL), (SELECT bp.goal_id FROM issue bx JOIN project bp ON bp.id = bx.project_id WHERE bx.id = ${issue}))
      UNION SELECT bg.parent_id FROM goal bg JOIN bgoal ON bg.id = bgoal.id)
  SELECT bgoal.id FROM bgoal`;

const goalsUp = (goal: Sql): Sql => sql`
  WITH RECURSIVE bgoal(id) AS (SELECT ${goal} UNION SELECT bg.parent_id FROM goal bg JOIN bgoal ON bg.id = bgoal.id) SELECT bgoal.id FROM bgoal`;

const issuesOver = (issue: Sql): Sql => sql`
  WITH RECURSIVE bup(id) AS (SELECT ${issue} UNION SELECT bx.parent_id FROM issue bx JOIN bup ON bx.id = bup.id) SELECT bup.id FROM bup`;

/** A place in a company, as expressions: any of them may be null. */
export interface At { company: Sql; agent: Sql; issue: Sql; project?: Sql; goal?: Sql }

/** Whether the budget `b` is over a place. Aliases here begin with b, since places are named by the aliases of whoever asks. What an issue tells is looked up only for budgets that ask for it. */
export function isOver({ company, agent, issue, project = sql`NULL::uuid`, goal = sql`NULL::uuid` }: At): Sql {
  return sql`CASE b.scope WHEN 'COMPANY' THEN b.scope_id = ${company} WHEN 'AGENT' THEN b.scope_id = ${agent}
    WHEN 'PROJECT' THEN b.scope_id = coalesce((SELECT bx.project_id FROM issue bx WHERE bx.id = ${issue}), ${project})
    WHEN 'GOAL' THEN b.scope_id IN (${goalsOver(issue)}) OR b.scope_id IN (${goalsUp(goal)})
    WHEN 'ISSUE_SUBTREE' THEN b.scope_id IN (${issuesOver(issue)}) END`;
}

/** Whether a stop is in force over a place, as a condition: the one mark that wakes, claims and checkouts ask for. */
export function isBudgetStopped(at: At): Sql {
  return sql`EXISTS (SELECT 1 FROM budget_incident bi JOIN budget b ON b.id = bi.budget_id WHERE bi.company_id = ${at.company} AND ${isStopping} AND ${isOver(at)})`;
}

/** What a budget is of, by the name that people know. */
export const subjectOf = sql`
  CASE b.scope WHEN 'COMPANY' THEN (SELECT bx.name FROM company bx WHERE bx.id = b.scope_id) WHEN 'AGENT' THEN (SELECT bx.name FROM agent bx WHERE bx.id = b.scope_id)
    WHEN 'PROJECT' THEN (SELECT bx.name FROM project bx WHERE bx.id = b.scope_id) WHEN 'GOAL' THEN (SELECT bx.title FROM goal bx WHERE bx.id = b.scope_id)
    WHEN 'ISSUE_SUBTREE' THEN (SELECT bc.prefix || '-' || bx.number FROM issue bx JOIN company bc ON bc.id = bx.company_id WHERE bx.id = b.scope_id) END`;

export const stopColumns = sql`
  bi.id AS "incidentId", bi.budget_id AS "budgetId", b.scope, b.scope_id AS "scopeId", coalesce(${subjectOf}, '') AS subject, b.metric, b."window", b.window_hours AS "windowHours",
  bi.observed AS spent, bi."limit"`;

/** The stop over a place whose turn it is some agent's, as one JSON value in `it`: a lateral that many issues are read with. */
export function stopOf(at: At): Sql {
  return sql`(
    SELECT jsonb_build_object('scope', b.scope, 'subject', coalesce(${subjectOf}, ''), 'metric', b.metric, 'window', b."window", 'windowHours', b.window_hours, 'spent', bi.observed::text, 'limit', bi."limit"::text) AS it
    FROM budget_incident bi JOIN budget b ON b.id = bi.budget_id
    WHERE bi.company_id = ${at.company} AND ${isStopping} AND ${at.agent} IS NOT NULL AND ${isOver(at)} ORDER BY b.scope, bi.created_at, bi.id LIMIT 1)`;
}

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
