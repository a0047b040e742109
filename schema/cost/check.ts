import type { Database } from '../../prisma/client.ts';
import type { CostDimension, CostGrain } from '../../prisma/generated/enums.ts';
import { rawSql, type Sql, sql } from '../../prisma/sql.ts';
import { type Tx, write } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { additions, mayFold, rollupColumns, summed } from './fold.ts';
import type { Sums } from './reads.ts';

/** A row of sums that differs from what the events say: `held` is what the rollups have, `right` what the events add up to. */
export interface CostDiscrepancy {
  dimension: CostDimension;
  grain: CostGrain;
  key: string;
  bucket: Date;
  held: Pick<Sums, 'costMicros' | 'imputedMicros' | 'eventCount'> | null;
  right: Pick<Sums, 'costMicros' | 'imputedMicros' | 'eventCount'> | null;
}

export interface CostCheck {
  companyId: string;
  /** Rows of sums that there should be. */
  sumCount: number;
  /** Events that they hold, and events that wait to be folded. */
  foldedCount: number;
  unfoldedCount: number;
  wrongCount: number;
  /** The first of them. */
  discrepancies: CostDiscrepancy[];
  /** The days, in UTC, on which they lie. */
  days: string[];
  repaired: boolean;
}

const SHOWN = 100;
const COLUMNS = ['cost_micros', 'imputed_micros', 'input_tokens', 'cached_input_tokens', 'output_tokens', 'event_count', 'unpriced_count', 'unimputed_count'];

/** What the rollups of a company should hold: its events without those that wait, in `right`; and where they differ, in `wrong`. */
function compared(companyId: string): Sql {
  const differs = rawSql(COLUMNS.map((name) => `r.${name} IS DISTINCT FROM h.${name}`).join(' OR '));
  return sql`
    folded AS MATERIALIZED (SELECT e.* FROM cost_event e WHERE e.company_id = ${companyId}::uuid AND NOT EXISTS (SELECT 1 FROM cost_unfolded u WHERE u.event_id = e.id)),
    right_sums AS MATERIALIZED (${summed(additions(sql`folded e`))}),
    held AS (SELECT * FROM cost_rollup WHERE company_id = ${companyId}::uuid),
    wrong AS MATERIALIZED (
      SELECT coalesce(r.dimension, h.dimension) AS dimension, coalesce(r.grain, h.grain) AS grain, coalesce(r.key, h.key) AS key, coalesce(r.bucket, h.bucket) AS bucket,
        r.cost_micros AS r_cost, r.imputed_micros AS r_imputed, r.event_count AS r_count, h.cost_micros AS h_cost, h.imputed_micros AS h_imputed, h.event_count AS h_count
      FROM right_sums r FULL JOIN held h USING (company_id, dimension, grain, key, bucket) WHERE ${differs})`;
}

interface WrongRow {
  dimension: CostDimension; grain: CostGrain; key: string; bucket: Date;
  rCost: bigint | null; rImputed: bigint | null; rCount: number | null; hCost: bigint | null; hImputed: bigint | null; hCount: number | null;
}

/** Recomputes the sums of a company from its events and compares them with what the rollups hold, in one snapshot. */
export async function checkCosts(db: Database, companyId: string): Promise<CostCheck> {
  const [found] = await db.query<{ sumCount: number; foldedCount: number; unfoldedCount: number; wrongCount: number; wrong: WrongRow[]; days: string[] }>(sql`
    WITH ${compared(companyId)}
    SELECT (SELECT count(*)::int FROM right_sums) AS "sumCount", (SELECT count(*)::int FROM folded) AS "foldedCount",
      (SELECT count(*)::int FROM cost_unfolded u WHERE u.company_id = ${companyId}::uuid) AS "unfoldedCount", (SELECT count(*)::int FROM wrong) AS "wrongCount",
      (SELECT coalesce(json_agg(w), '[]') FROM (
        SELECT dimension, grain, key, bucket, r_cost::text AS "rCost", r_imputed::text AS "rImputed", r_count AS "rCount", h_cost::text AS "hCost", h_imputed::text AS "hImputed", h_count AS "hCount"
        FROM wrong ORDER BY dimension, grain, bucket, key LIMIT ${SHOWN}) w) AS wrong,
      (SELECT coalesce(array_agg(DISTINCT to_char(bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD')), '{}') FROM wrong) AS days`);
  const { wrong, days, ...counts } = found as NonNullable<typeof found>;
  return { companyId, ...counts, discrepancies: wrong.map(discrepancy), days, repaired: false };
}

/**
 * Puts right what `checkCosts` finds wrong, a day at a time, so that no transaction is long. Events that wait are not touched:
 * they are added when their turn comes. `repaired` is false where another process is changing sums just now: ask again.
 */
export async function repairCosts(db: Database, by: Principal, companyId: string): Promise<CostCheck> {
  const found = await checkCosts(db, companyId);
  let isDone = found.days.length > 0;
  for (const day of found.days) {
    isDone &&= await write(db, (tx) => repairDay(tx, by, companyId, day), { decidesNothing: 'it computes sums from rows that nobody changes, and is alone at it' });
  }
  return { ...found, repaired: isDone };
}

async function repairDay(tx: Tx, by: Principal, companyId: string, day: string): Promise<boolean> {
  if (!(await mayFold(tx))) return false;
  const from = sql`${`${day}T00:00:00Z`}::timestamptz`;
  await tx.$executeRaw(sql`DELETE FROM cost_rollup r WHERE r.company_id = ${companyId}::uuid AND r.bucket >= ${from} AND r.bucket < ${from} + interval '24 hours'`);
  await tx.$executeRaw(sql`
    INSERT INTO cost_rollup (${rollupColumns}) ${summed(additions(sql`(
      SELECT e.* FROM cost_event e WHERE e.company_id = ${companyId}::uuid AND e.occurred_at >= ${from} AND e.occurred_at < ${from} + interval '24 hours'
        AND NOT EXISTS (SELECT 1 FROM cost_unfolded u WHERE u.event_id = e.id)) e`))}`);
  await recordActivity(tx, by, { companyId, action: 'cost.repaired', entityType: 'company', entityId: companyId, details: { day } });
  return true;
}

function discrepancy({ rCost, rImputed, rCount, hCost, hImputed, hCount, bucket, ...row }: WrongRow): CostDiscrepancy {
  const sums = (cost: bigint | null, imputed: bigint | null, count: number | null) =>
    count === null ? null : { costMicros: BigInt(cost ?? 0), imputedMicros: BigInt(imputed ?? 0), eventCount: count };
  return { ...row, bucket: new Date(bucket), held: sums(hCost, hImputed, hCount), right: sums(rCost, rImputed, rCount) };
}
