import type { Budget } from '../../prisma/generated/client.ts';
import type { CostDimension } from '../../prisma/generated/enums.ts';
import { sql } from '../../prisma/sql.ts';
import { together, type Tx } from '../../prisma/transaction.ts';
import { usedSince } from '../cost/sums.ts';
import { windowAt } from './rules.ts';
import { isOver } from './stops.ts';

const dimensions: Record<Budget['scope'], CostDimension> = { COMPANY: 'COMPANY', AGENT: 'AGENT', PROJECT: 'PROJECT', GOAL: 'GOAL', ISSUE_SUBTREE: 'ISSUE' };

/** What was used of a budget in its present window: what is recorded, and what running runs have used so far. */
export async function usageOf(tx: Tx, budget: Budget, at: Date): Promise<bigint> {
  const { start } = windowAt(budget, at);
  if (budget.metric === 'RUNS') return runsSince(tx, budget, start);
  const keys = await keysOf(tx, budget);
  const [used, live] = await together([usedSince(tx, budget.companyId, dimensions[budget.scope], keys, start), usedByRunning(tx, budget)]);
  return { BILLED_COST: used.costMicros, IMPUTED_COST: used.imputedMicros, TOKENS: used.tokens }[budget.metric] + live;
}

/** The keys of the rollups under a budget: goals and issues are summed over all below them. */
async function keysOf(tx: Tx, { scope, scopeId }: Budget): Promise<string[]> {
  if (scope !== 'GOAL' && scope !== 'ISSUE_SUBTREE') return [scopeId];
  const table = scope === 'GOAL' ? sql`goal` : sql`issue`;
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    WITH RECURSIVE tree(id) AS (SELECT ${scopeId}::uuid UNION SELECT x.id FROM ${table} x JOIN tree ON x.parent_id = tree.id) SELECT id FROM tree`);
  return rows.map((row) => row.id);
}

const here = { company: sql`r.company_id`, agent: sql`r.agent_id`, issue: sql`r.issue_id` };

/** Becomes events when these runs end, in the same transaction: nothing is missing or counted twice in between. */
async function usedByRunning(tx: Tx, budget: Budget): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ used: bigint }[]>(sql`
    SELECT coalesce(sum(CASE b.metric WHEN 'BILLED_COST' THEN r.cost_micros WHEN 'IMPUTED_COST' THEN r.imputed_micros
      WHEN 'TOKENS' THEN coalesce(r.input_tokens, 0) + coalesce(r.cached_input_tokens, 0) + coalesce(r.output_tokens, 0) END), 0)::bigint AS used
    FROM budget b JOIN run r ON r.company_id = b.company_id AND r.status = 'RUNNING' WHERE b.id = ${budget.id}::uuid AND ${isOver(here)}`);
  return row?.used ?? 0n;
}

/** Runs of one agent and issue are counted together first, so that a long past costs one look at each of these. */
async function runsSince(tx: Tx, budget: Budget, start: Date | null): Promise<bigint> {
  const since = start ? sql`x.started_at >= ${start}::timestamptz` : sql`x.started_at IS NOT NULL`;
  const ofAgent = budget.scope === 'AGENT' ? sql`AND x.agent_id = ${budget.scopeId}::uuid` : sql``;
  const [row] = await tx.$queryRaw<{ used: bigint }[]>(sql`
    SELECT coalesce(sum(r.count), 0)::bigint AS used
    FROM (SELECT x.company_id, x.agent_id, x.issue_id, count(*) AS count FROM run x WHERE x.company_id = ${budget.companyId}::uuid AND ${since} ${ofAgent} GROUP BY 1, 2, 3) r
      JOIN budget b ON b.id = ${budget.id}::uuid WHERE ${isOver(here)}`);
  return row?.used ?? 0n;
}
