import type { Database } from '../../prisma/client.ts';
import type { Budget } from '../../prisma/generated/client.ts';
import type { CostDimension } from '../../prisma/generated/enums.ts';
import { type Sql, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Ask, asksOf, pieces, total } from '../cost/sums.ts';
import { AMOUNT_MAX, windowAt } from './rules.ts';
import { isOver } from './stops.ts';

/** Reads one statement: in a transaction that decides by it, or outside for a page. */
export type Read = <Row>(statement: Sql) => Promise<Row[]>;
export const within = (tx: Tx): Read => (statement) => tx.$queryRaw(statement);
export const outside = (db: Database): Read => (statement) => db.query(statement);

const dimensions: Record<Budget['scope'], CostDimension> = { COMPANY: 'COMPANY', AGENT: 'AGENT', PROJECT: 'PROJECT', GOAL: 'GOAL', ISSUE_SUBTREE: 'ISSUE' };

/**
 * What was used of each budget in its present window: what is recorded, and what running runs have used so far. The number of
 * statements depends on the kinds of budgets, and not on how many there are. Runs are counted up to the amount unless it is to be
 * known exactly: whoever starts one more asks no more than that.
 */
export async function usagesOf(read: Read, budgets: Budget[], at: Date, { exactly = true } = {}): Promise<Map<string, bigint>> {
  const used = new Map(budgets.map((budget) => [budget.id, 0n]));
  const add = (rows: { id: string; used: bigint }[]) => {
    for (const row of rows) used.set(row.id, (used.get(row.id) ?? 0n) + row.used);
  };
  const runs = budgets.filter((budget) => budget.metric === 'RUNS');
  const amounts = budgets.filter((budget) => budget.metric !== 'RUNS');
  if (runs.length > 0) add(await read(startedRuns(runs, at, runs.map(({ amount }) => (exactly ? AMOUNT_MAX : amount)))));
  if (amounts.length > 0) add(await read(usedByRunning(amounts)));
  for (const scope of new Set(amounts.map((budget) => budget.scope))) add(await recorded(read, amounts.filter((budget) => budget.scope === scope), at));
  return used;
}

export async function usageOf(tx: Tx, budget: Budget, at: Date): Promise<bigint> {
  return (await usagesOf(within(tx), [budget], at)).get(budget.id) ?? 0n;
}

/**
 * Recorded uses in the present window whose cost nobody knows, so that a budget of a cost does not hold them: without a bill for
 * what is billed, without a price for what is imputed. None for tokens and runs, of which everything is known.
 */
export async function unpricedOf(read: Read, budgets: Budget[], at: Date): Promise<Map<string, number>> {
  const costs = budgets.filter(({ metric }) => metric === 'BILLED_COST' || metric === 'IMPUTED_COST');
  const found = new Map<string, number>();
  for (const scope of new Set(costs.map((budget) => budget.scope))) {
    for (const { id, unpriced } of await recorded(read, costs.filter((budget) => budget.scope === scope), at)) found.set(id, unpriced);
  }
  return found;
}

interface Sums { n: number; costMicros: bigint; imputedMicros: bigint; tokens: bigint; unpriced: number; unimputed: number }

/** Of budgets of one scope. Goals and issues are summed over all below them, by the keys under which events were recorded. */
async function recorded(read: Read, budgets: Budget[], at: Date): Promise<{ id: string; used: bigint; unpriced: number }[]> {
  const [first] = budgets as [Budget];
  const keys = await keysOf(read, first.scope, budgets.map((budget) => budget.scopeId));
  const asks: Ask[] = budgets.flatMap((budget, number) =>
    (keys.get(budget.scopeId) ?? []).map((key) => ({ number, companyId: budget.companyId, key, since: windowAt(budget, at).start, until: null })));
  const rows = await read<Sums>(sql`
    WITH a AS (${asksOf(asks)})
    SELECT x.n, ${total('x.cost_micros')} AS "costMicros", ${total('x.imputed_micros')} AS "imputedMicros",
      least(coalesce(sum(x.input_tokens + x.cached_input_tokens + x.output_tokens), 0), 9223372036854775807)::bigint AS tokens,
      coalesce(sum(x.unpriced_count), 0)::int AS unpriced, coalesce(sum(x.unimputed_count), 0)::int AS unimputed
    FROM (${pieces(dimensions[first.scope])}) x GROUP BY x.n`);
  return rows.map((row) => {
    const budget = budgets[row.n] as Budget;
    return { id: budget.id, unpriced: budget.metric === 'IMPUTED_COST' ? row.unimputed : row.unpriced, used: budget.metric === 'BILLED_COST' ? row.costMicros : budget.metric === 'IMPUTED_COST' ? row.imputedMicros : row.tokens };
  });
}

async function keysOf(read: Read, scope: Budget['scope'], ids: string[]): Promise<Map<string, string[]>> {
  if (scope !== 'GOAL' && scope !== 'ISSUE_SUBTREE') return new Map(ids.map((id) => [id, [id]]));
  const table = scope === 'GOAL' ? sql`goal` : sql`issue`;
  const rows = await read<{ root: string; id: string }>(sql`
    WITH RECURSIVE tree(root, id) AS (
      SELECT id, id FROM unnest(${[...new Set(ids)]}::uuid[]) AS id UNION SELECT tree.root, x.id FROM ${table} x JOIN tree ON x.parent_id = tree.id)
    SELECT root, id FROM tree`);
  const keys = new Map<string, string[]>();
  for (const { root, id } of rows) keys.set(root, [...(keys.get(root) ?? []), id]);
  return keys;
}

const here = { company: sql`r.company_id`, agent: sql`r.agent_id`, issue: sql`coalesce(r.issue_id, r.worked_issue_id)` };

/** Becomes events when these runs end, in the same transaction: nothing is missing or counted twice in between. */
function usedByRunning(budgets: Budget[]): Sql {
  return sql`
    SELECT b.id, coalesce(sum(CASE b.metric WHEN 'BILLED_COST' THEN r.cost_micros WHEN 'IMPUTED_COST' THEN r.imputed_micros
      WHEN 'TOKENS' THEN coalesce(r.input_tokens, 0) + coalesce(r.cached_input_tokens, 0) + coalesce(r.output_tokens, 0) END), 0)::bigint AS used
    FROM budget b JOIN run r ON r.company_id = b.company_id AND r.status = 'RUNNING' WHERE b.id = ANY(${budgets.map(({ id }) => id)}::uuid[]) AND ${isOver(here)} GROUP BY b.id`;
}

/**
 * Runs that were started, each scope by an index of its own: a claim reads no more than what it limits. Only for goals all runs
 * of the company are looked through, those of one issue together. `most`: counting ends there, where more makes no difference.
 */
function startedRuns(budgets: Budget[], at: Date, most: bigint[]): Sql {
  const since = budgets.map((budget) => (windowAt(budget, at).start ?? new Date(0)).toISOString());
  const started = sql`x.started_at >= asked.since`;
  return sql`
    SELECT b.id, coalesce(sum(r.count), 0)::bigint AS used
    FROM unnest(${budgets.map(({ id }) => id)}::uuid[], ${since}::timestamptz[], ${most}::bigint[]) AS asked(id, since, most) JOIN budget b ON b.id = asked.id
      CROSS JOIN LATERAL (
        SELECT count(*) AS count FROM (SELECT 1 FROM run x WHERE b.scope = 'COMPANY' AND x.company_id = b.scope_id AND ${started} LIMIT asked.most) s
        UNION ALL SELECT count(*) FROM (SELECT 1 FROM run x WHERE b.scope = 'AGENT' AND x.agent_id = b.scope_id AND ${started} LIMIT asked.most) s
        UNION ALL SELECT count(*) FROM (SELECT 1 FROM issue i JOIN run x ON x.issue_id = i.id WHERE b.scope = 'PROJECT' AND i.project_id = b.scope_id AND ${started} LIMIT asked.most) s
        UNION ALL SELECT count(*) FROM (
          WITH RECURSIVE tree(id) AS (SELECT b.scope_id UNION SELECT i.id FROM issue i JOIN tree ON i.parent_id = tree.id)
          SELECT 1 FROM tree JOIN run x ON x.issue_id = tree.id WHERE b.scope = 'ISSUE_SUBTREE' AND ${started} LIMIT asked.most) s
        UNION ALL SELECT sum(g.count) FROM (
          SELECT x.issue_id, count(*) AS count FROM run x WHERE b.scope = 'GOAL' AND x.company_id = b.company_id AND x.issue_id IS NOT NULL AND ${started} GROUP BY 1) g
          WHERE ${isOver({ company: sql`b.company_id`, agent: sql`NULL::uuid`, issue: sql`g.issue_id` })}) r
    GROUP BY b.id`;
}
