import { type CostEvent, Prisma } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import { type Batch, batch, batchById } from '../shared/loading.ts';
import { counted } from '../shared/listing.ts';

export const costEventById = batchById<CostEvent>((db, ids) => db.query(sql`SELECT ${columns(Prisma.CostEventScalarFieldEnum, 'e')} FROM cost_event e WHERE e.id = ANY(${ids}::uuid[])`));

export interface CostSummary {
  costMicros: bigint;
  inputTokens: bigint;
  cachedInputTokens: bigint;
  outputTokens: bigint;
  eventCount: number;
  unpricedCount: number;
  /** To tell runs apart costs as much as all the sums together: they are counted only when asked for. */
  runCount: number | { runs: Batch<string, number>; id: string };
}

const NOTHING: CostSummary = { costMicros: 0n, inputTokens: 0n, cachedInputTokens: 0n, outputTokens: 0n, eventCount: 0, unpricedCount: 0, runCount: 0 };

const plainSums = sql`
  coalesce(sum(e.cost_micros), 0)::bigint AS "costMicros", coalesce(sum(e.input_tokens), 0)::bigint AS "inputTokens",
  coalesce(sum(e.cached_input_tokens), 0)::bigint AS "cachedInputTokens", coalesce(sum(e.output_tokens), 0)::bigint AS "outputTokens",
  count(*)::int AS "eventCount", (count(*) FILTER (WHERE e.cost_status = 'UNPRICED'))::int AS "unpricedCount"`;
const sums = sql`${plainSums}, count(DISTINCT e.run_id)::int AS "runCount"`;

/** Sums of the events under each value of a column (company, agent, project, run), since a time. */
export function costBy(column: Sql, since: Date | null) {
  const those = (ids: string[]) => sql`FROM cost_event e WHERE ${column} = ANY(${ids}::uuid[]) ${since ? sql`AND e.occurred_at >= ${since}` : sql``} GROUP BY 1`;
  const runs = counted((ids) => sql`SELECT ${column} AS id, count(DISTINCT e.run_id)::int AS count ${those(ids)}`);
  return batch<string, CostSummary>(NOTHING, async (db, ids) => {
    const rows = await db.query<Omit<CostSummary, 'runCount'> & { id: string }>(sql`SELECT ${column} AS id, ${plainSums} ${those(ids)}`);
    return new Map(rows.map((row) => [row.id, { ...row, runCount: { runs, id: row.id } }]));
  });
}

export const costOfIssue = costBy(sql`e.issue_id`, null);
export const costOfRun = costBy(sql`e.run_id`, null);

/** Sums over each issue and everything below it. */
export const costOfSubtree = batch<string, CostSummary>(NOTHING, async (db, ids) => {
  const rows = await db.query<CostSummary & { id: string }>(sql`
    WITH RECURSIVE tree(root, id) AS (
      SELECT x, x FROM unnest(${ids}::uuid[]) AS x UNION ALL SELECT t.root, i.id FROM issue i JOIN tree t ON i.parent_id = t.id)
    SELECT t.root AS id, ${sums} FROM tree t JOIN cost_event e ON e.issue_id = t.id GROUP BY t.root`);
  return new Map(rows.map((row) => [row.id, row]));
});

/** Sums of a company by agent, dearest first. */
export const costByAgent = (since: Date | null) =>
  batch<string, (CostSummary & { agentId: string })[]>([], async (db, ids) => {
    const when = since ? sql`AND e.occurred_at >= ${since}` : sql``;
    const rows = await db.query<CostSummary & { id: string; agentId: string }>(sql`
      SELECT e.company_id AS id, e.agent_id AS "agentId", ${sums} FROM cost_event e
      WHERE e.company_id = ANY(${ids}::uuid[]) ${when} GROUP BY 1, 2 ORDER BY sum(e.cost_micros) DESC NULLS LAST LIMIT 500`);
    const found = new Map<string, (CostSummary & { agentId: string })[]>();
    for (const row of rows) found.set(row.id, [...(found.get(row.id) ?? []), row]);
    return found;
  });
