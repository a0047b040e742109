import type { CostDimension } from '../../prisma/generated/enums.ts';
import { rawSql, type Sql, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { spanOf } from './rules.ts';

export interface Used { costMicros: bigint; imputedMicros: bigint; tokens: bigint }

/** What is asked for: what was used under a key of a dimension in a span of time. Asks of one number are added up. */
export interface Ask { number: number; companyId: string; key: string; since: Date | null; until: Date | null }

/**
 * An event's key in each dimension; null where it has none, and no sum. What belongs to no project, goal or billing code has
 * the empty key, so that the parts of a list add up to the whole.
 */
export const eventKey: Record<CostDimension, Sql> = {
  COMPANY: sql`e.company_id::text`,
  AGENT: sql`e.agent_id::text`,
  AGENT_MODEL: sql`e.agent_id::text || E'\\n' || e.provider || E'\\n' || e.model`,
  MODEL: sql`e.provider || E'\\n' || e.model`,
  PROVIDER: sql`e.provider`,
  BILLER: sql`e.biller`,
  BILLING_TYPE: sql`e.billing_type::text`,
  PROJECT: sql`coalesce(e.project_id::text, '')`,
  GOAL: sql`coalesce(e.goal_id::text, '')`,
  ISSUE: sql`e.issue_id::text`,
  BILLING_CODE: sql`coalesce(e.billing_code, '')`,
};

/** What a row of the rollups adds. */
const ofRollup = sql`r.cost_micros, r.imputed_micros, r.input_tokens, r.cached_input_tokens, r.output_tokens, r.event_count, r.unpriced_count, r.unimputed_count`;
/** What one event adds, in the same columns. */
export const ofEvent = sql`
  coalesce(e.cost_micros, 0) AS cost_micros, coalesce(e.imputed_micros, 0) AS imputed_micros, e.input_tokens, e.cached_input_tokens, e.output_tokens,
  1 AS event_count, (e.cost_micros IS NULL)::int AS unpriced_count, (e.imputed_micros IS NULL)::int AS unimputed_count`;

/** A sum as a bigint. What is beyond it stands at its end: absurd reports must not make honest ones unreadable. */
export function total(column: string): Sql {
  return sql`least(coalesce(sum(${rawSql(column)}), 0), 9223372036854775807)::bigint`;
}

/** The columns of CostSummary, over rows that `pieces` gives. */
export const totals = sql`
  ${total('x.cost_micros')} AS "costMicros", ${total('x.imputed_micros')} AS "imputedMicros", ${total('x.input_tokens')} AS "inputTokens",
  ${total('x.cached_input_tokens')} AS "cachedInputTokens", ${total('x.output_tokens')} AS "outputTokens",
  coalesce(sum(x.event_count), 0)::int AS "eventCount", coalesce(sum(x.unpriced_count), 0)::int AS "unpricedCount", coalesce(sum(x.unimputed_count), 0)::int AS "unimputedCount"`;

/** The asks as a relation: `(n, company_id, key, since, hour_from, day_from, day_to, hour_to, until)`. */
export function asksOf(asks: readonly Ask[]): Sql {
  const spans = asks.map(({ since, until }) => spanOf(since, until));
  const times = (name: keyof (typeof spans)[number]) => spans.map((span) => span[name].toISOString());
  return sql`SELECT * FROM unnest(
    ${asks.map(({ number }) => number)}::int[], ${asks.map(({ companyId }) => companyId)}::uuid[], ${asks.map(({ key }) => key)}::text[],
    ${times('since')}::timestamptz[], ${times('hourFrom')}::timestamptz[], ${times('dayFrom')}::timestamptz[],
    ${times('dayTo')}::timestamptz[], ${times('hourTo')}::timestamptz[], ${times('until')}::timestamptz[]
  ) AS a(n, company_id, key, since, hour_from, day_from, day_to, hour_to, until)`;
}

/** Which keys of a dimension belong to an ask: the one it names, all of its company, or those that begin with it and go on. */
export type Match = 'key' | 'all' | 'prefix';

/**
 * All rows that add to the asks of a relation `a`, each with its key and a time of its day: folded days and hours, events that
 * no rollup holds yet, and the events of the hours that the span cuts. Exact at any moment, because an event is either folded or
 * in cost_unfolded, in one snapshot.
 */
export function pieces(dimension: CostDimension, match: Match = 'key'): Sql {
  const key = eventKey[dimension];
  const matches = (column: Sql) => ({ key: sql`${column} = a.key`, all: sql`${column} IS NOT NULL`, prefix: sql`starts_with(${column}, a.key || E'\\n')` })[match];
  const rollups = (grain: string, from: string, to: string) => sql`
    SELECT a.n, r.key, r.bucket AS at, ${ofRollup} FROM a JOIN cost_rollup r ON r.company_id = a.company_id AND r.dimension = ${rawSql(`'${dimension}'`)}::cost_dimension
      AND r.grain = ${rawSql(`'${grain}'`)}::cost_grain AND ${matches(sql`r.key`)} AND r.bucket >= a.${rawSql(from)} AND r.bucket < a.${rawSql(to)}`;
  const events = (from: string, to: string) => sql`
    SELECT a.n, ${key} AS key, e.occurred_at AS at, ${ofEvent}
    FROM a JOIN cost_event e ON e.company_id = a.company_id AND ${matches(key)} AND e.occurred_at >= a.${rawSql(from)} AND e.occurred_at < a.${rawSql(to)}`;
  return sql`
    ${rollups('DAY', 'day_from', 'day_to')} UNION ALL ${rollups('HOUR', 'hour_from', 'day_from')} UNION ALL ${rollups('HOUR', 'day_to', 'hour_to')}
    UNION ALL SELECT a.n, ${key} AS key, e.occurred_at AS at, ${ofEvent}
      FROM a JOIN cost_unfolded u ON u.company_id = a.company_id AND u.occurred_at >= a.hour_from AND u.occurred_at < a.hour_to
      JOIN cost_event e ON e.id = u.event_id AND ${matches(key)}
    UNION ALL ${events('since', 'hour_from')} UNION ALL ${events('hour_to', 'until')}`;
}

/**
 * What was used under any of the keys of one dimension since a time (null: ever): rollups, what is not folded yet, and the
 * first part of an hour from the events themselves, in one statement.
 */
export async function usedSince(tx: Tx, companyId: string, dimension: CostDimension, keys: string[], since: Date | null): Promise<Used> {
  const asks = [...new Set(keys)].map((key) => ({ number: 0, companyId, key, since, until: null }));
  const [used] = await tx.$queryRaw<Used[]>(sql`
    WITH a AS (${asksOf(asks)})
    SELECT ${total('x.cost_micros')} AS "costMicros", ${total('x.imputed_micros')} AS "imputedMicros",
      least(coalesce(sum(x.input_tokens + x.cached_input_tokens + x.output_tokens), 0), 9223372036854775807)::bigint AS tokens
    FROM (${pieces(dimension)}) x`);
  return used ?? { costMicros: 0n, imputedMicros: 0n, tokens: 0n };
}
