import { now } from '../../prisma/clock.ts';
import { type Budget, type BudgetIncident, Prisma } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { batch, batchById } from '../shared/loading.ts';
import { type At, type BudgetStop, isOver, isStopping, stopColumns, told } from './stops.ts';
import type { Told } from './rules.ts';
import { outside, unpricedOf, usagesOf } from './usage.ts';
import { type BudgetWarning, warningOf, warningsOver } from './warnings.ts';

const budgetColumns = columns(Prisma.BudgetScalarFieldEnum, 'b');
const incidentColumns = columns(Prisma.BudgetIncidentScalarFieldEnum, 'bi');

export const budgetById = batchById<Budget>((db, ids) => db.query(sql`SELECT ${budgetColumns} FROM budget b WHERE b.id = ANY(${ids}::uuid[])`));
export const incidentById = batchById<BudgetIncident>((db, ids) => db.query(sql`SELECT ${incidentColumns} FROM budget_incident bi WHERE bi.id = ANY(${ids}::uuid[])`));

const order: Listing<Budget>['order'] = [
  { column: 'b.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
  { column: 'b.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
];

/** All budgets of a company, whatever part of it they are for. */
export const budgetsOfCompany: Listing<Budget> = { name: 'company.budgets', columns: budgetColumns, from: sql`budget b`, parent: sql`b.company_id`, order };
/** The budgets of one agent, project, goal or issue: no two kinds share an id. */
export const budgetsOfScope: Listing<Budget> = { name: 'scope.budgets', columns: budgetColumns, from: sql`budget b`, parent: sql`b.scope_id`, order };

export const incidentsOfBudget: Listing<BudgetIncident> = {
  name: 'budget.incidents', columns: incidentColumns, from: sql`budget_incident bi`, parent: sql`bi.budget_id`,
  order: [
    { column: 'bi.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
    { column: 'bi.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};

type StopRow = Omit<BudgetStop, 'message'> & { id: string };

/** The stop over each of many places, in one statement; the widest scope first, then the oldest. */
function stopsOver(table: Sql, at: At) {
  return batch<string, BudgetStop | null>(null, async (db, ids) => {
    const rows = await db.query<StopRow>(sql`
      SELECT DISTINCT ON (it.id) it.id, ${stopColumns} FROM ${table} it JOIN budget_incident bi ON bi.company_id = ${at.company} JOIN budget b ON b.id = bi.budget_id
      WHERE it.id = ANY(${ids}::uuid[]) AND ${isStopping} AND ${isOver(at)} ORDER BY it.id, b.scope, bi.created_at, bi.id`);
    return new Map(rows.map(({ id, ...row }) => [id, told(row)]));
  });
}

const none = sql`NULL::uuid`;
export const stopOfCompany = stopsOver(sql`company`, { company: sql`it.id`, agent: none, issue: none });
export const stopOfAgent = stopsOver(sql`agent`, { company: sql`it.company_id`, agent: sql`it.id`, issue: none });
export const stopOfProject = stopsOver(sql`project`, { company: sql`it.company_id`, agent: none, issue: none, project: sql`it.id`, goal: sql`it.goal_id` });
export const stopOfGoal = stopsOver(sql`goal`, { company: sql`it.company_id`, agent: none, issue: none, goal: sql`it.id` });
/** Also by a budget of the agent whose work it is. */
export const stopOfIssue = stopsOver(sql`issue`, { company: sql`it.company_id`, agent: sql`it.assignee_id`, issue: sql`it.id` });

/** Where something was spent. */
const whereSpent = { company: sql`it.company_id`, agent: sql`it.agent_id`, issue: sql`it.issue_id`, project: sql`it.project_id`, goal: sql`it.goal_id` };
export const stopOfEvent = stopsOver(sql`cost_event`, whereSpent);

/** The warnings there. */
export const warningsOfEvent = batch<string, BudgetWarning[]>([], async (db, ids) => {
  const rows = await db.query<Told & { __parent: string; id: string; spent: bigint; limit: bigint }>(warningsOver(sql`cost_event`, whereSpent, ids, now()));
  const found = new Map<string, BudgetWarning[]>();
  for (const { __parent, spent, limit, ...budget } of rows) found.set(__parent, [...(found.get(__parent) ?? []), warningOf(budget, spent, limit)]);
  return found;
});

/** What stops what was asked for, now. */
export const stopOfWakeup = stopsOver(sql`wakeup`, { company: sql`it.company_id`, agent: sql`it.agent_id`, issue: sql`it.issue_id` });

/** The stop that each budget itself makes. */
export const stopOfBudget = batch<string, BudgetStop | null>(null, async (db, ids) => {
  const rows = await db.query<Omit<BudgetStop, 'message'>>(sql`
    SELECT ${stopColumns} FROM budget_incident bi JOIN budget b ON b.id = bi.budget_id WHERE b.id = ANY(${ids}::uuid[]) AND ${isStopping}`);
  return new Map(rows.map((row) => [row.budgetId, told(row)]));
});

/** What was used of each budget in its present window. */
export const usedOfBudget = batch<string, bigint>(0n, async (db, ids) => {
  const budgets = await db.query<Budget>(sql`SELECT ${budgetColumns} FROM budget b WHERE b.id = ANY(${ids}::uuid[])`);
  return usagesOf(outside(db), budgets, now());
});

/** Uses in its present window whose cost nobody knows. */
export const unpricedOfBudget = batch<string, number>(0, async (db, ids) => {
  const budgets = await db.query<Budget>(sql`SELECT ${budgetColumns} FROM budget b WHERE b.id = ANY(${ids}::uuid[])`);
  return unpricedOf(outside(db), budgets, now());
});
