import { now } from '../../prisma/clock.ts';
import type { Sql } from '../../prisma/sql.ts';
import { sql } from '../../prisma/sql.ts';
import { batch } from '../shared/loading.ts';

/** By what runs of an agent it is told what a run would have used. */
export type IdlingBasis = 'TIMER_RUNS' | 'ALL_RUNS' | 'MIXED' | 'NONE';

export interface Idling {
  since: Date;
  due: number;
  skipped: number;
  run: number;
  /** Skipped heartbeats of agents that never told what a run uses: nothing is said of what these saved. */
  unknown: number;
  tokensSaved: bigint;
  savedImputedMicros: bigint | null;
  basis: IdlingBasis;
}

/** So many of an agent's last runs make its average. */
const SAMPLE = 50;

const sample = (agent: Sql, which: Sql) => sql`
  SELECT count(*)::int AS runs, avg(x.tokens) AS tokens, avg(x.imputed_micros) AS micros FROM (
    SELECT coalesce(r.input_tokens, 0) + coalesce(r.cached_input_tokens, 0) + coalesce(r.output_tokens, 0) AS tokens,
      (SELECT sum(e.imputed_micros) FROM cost_event e WHERE e.run_id = r.id) AS imputed_micros
    FROM run r WHERE r.agent_id = ${agent} AND r.started_at IS NOT NULL AND r.finished_at IS NOT NULL AND (r.input_tokens IS NOT NULL OR r.output_tokens IS NOT NULL) AND ${which}
    ORDER BY r.started_at DESC LIMIT ${SAMPLE}) x`;

/**
 * Heartbeats of the agents under each parent since a time, and what those saved that were answered from the database: each as
 * much as the agent's own heartbeats use on average, or its runs where it has had no heartbeat that told. One statement.
 */
function idlingOf(parent: Sql, since: Date) {
  const nothing: Idling = { since, due: 0, skipped: 0, run: 0, unknown: 0, tokensSaved: 0n, savedImputedMicros: null, basis: 'NONE' };
  return batch<string, Idling>(nothing, async (db, ids) => {
    const rows = await db.query<Omit<Idling, 'since'> & { id: string }>(sql`
      WITH beats AS (
        SELECT ${parent} AS parent, a.id AS agent_id, count(*)::int AS due,
          (count(*) FILTER (WHERE w.status = 'SKIPPED' AND w.skip_reason = 'nothing_to_do'))::int AS skipped, (count(*) FILTER (WHERE w.run_id IS NOT NULL))::int AS run
        FROM agent a JOIN wakeup w ON w.agent_id = a.id AND w.source = 'TIMER' AND w.requested_at >= ${since}::timestamptz AND w.requested_at <= ${now()}::timestamptz
        WHERE ${parent} = ANY(${ids}::uuid[]) GROUP BY 1, 2),
      told AS (
        SELECT b.*, CASE WHEN b.skipped = 0 THEN NULL WHEN t.runs > 0 THEN 'TIMER_RUNS' WHEN o.runs > 0 THEN 'ALL_RUNS' END AS basis,
          CASE WHEN t.runs > 0 THEN t.tokens ELSE o.tokens END AS tokens, CASE WHEN t.runs > 0 THEN t.micros ELSE o.micros END AS micros
        FROM beats b LEFT JOIN LATERAL (${sample(sql`b.agent_id`, sql`r.source = 'TIMER'`)}) t ON b.skipped > 0
          LEFT JOIN LATERAL (${sample(sql`b.agent_id`, sql`true`)}) o ON b.skipped > 0 AND t.runs = 0)
      SELECT parent AS id, sum(due)::int AS due, sum(skipped)::int AS skipped, sum(run)::int AS run, coalesce(sum(skipped) FILTER (WHERE basis IS NULL), 0)::int AS unknown,
        coalesce(round(sum(skipped * tokens)), 0)::bigint AS "tokensSaved", round(sum(skipped * micros))::bigint AS "savedImputedMicros",
        CASE count(DISTINCT basis) WHEN 0 THEN 'NONE' WHEN 1 THEN min(basis) ELSE 'MIXED' END AS basis
      FROM told GROUP BY parent`);
    return new Map(rows.map(({ id, ...row }) => [id, { since, ...row }]));
  });
}

export const idlingOfAgents = (since: Date) => idlingOf(sql`a.id`, since);
export const idlingOfCompanies = (since: Date) => idlingOf(sql`a.company_id`, since);
