import type { Database } from '../../prisma/client.ts';
import { CostDimension } from '../../prisma/generated/enums.ts';
import { joinSql, rawSql, type Sql, sql } from '../../prisma/sql.ts';
import { type Tx, write } from '../../prisma/transaction.ts';
import { eventKey, ofEvent } from './sums.ts';

/** Events that one transaction folds: some 20 rows of sums each at worst, a fraction of a second. */
const BATCH = 2_000;

/** Who changes sums holds this; whoever finds it held leaves the work to the holder. */
const LOCK = 'boardroom.cost_rollup';

/** True where this transaction is now the only one that changes rollups. */
export async function mayFold(tx: Tx): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ taken: boolean }[]>(sql`SELECT pg_try_advisory_xact_lock(hashtext(${LOCK})) AS taken`);
  return lock?.taken ?? false;
}

const dimensions = joinSql(
  Object.values(CostDimension).map((dimension) => sql`(${rawSql(`'${dimension}'`)}::cost_dimension, ${eventKey[dimension]})`), ', ',
);

/** The rows that events `e` add to the rollups, one for each dimension and grain: `company_id, dimension, grain, key, bucket` and what is summed. */
export function additions(events: Sql, added: Sql = ofEvent): Sql {
  return sql`
    SELECT e.company_id, d.dimension, g.grain, d.key, g.bucket, ${added} FROM ${events}
    CROSS JOIN LATERAL (VALUES ${dimensions}) AS d(dimension, key)
    CROSS JOIN LATERAL (VALUES ('HOUR'::cost_grain, date_trunc('hour', e.occurred_at, 'UTC')), ('DAY'::cost_grain, date_trunc('day', e.occurred_at, 'UTC'))) AS g(grain, bucket)
    WHERE d.key IS NOT NULL`;
}

const bounded = (sum: string) => rawSql(`greatest(-9223372036854775807, least(${sum}, 9223372036854775807))::bigint`);
const BIG = ['cost_micros', 'imputed_micros', 'input_tokens', 'cached_input_tokens', 'output_tokens'];
const SMALL = ['event_count', 'unpriced_count', 'unimputed_count'];
export const rollupColumns = rawSql(`company_id, dimension, grain, key, bucket, ${[...BIG, ...SMALL].join(', ')}`);

/** Rows of additions summed to rows of cost_rollup. */
export function summed(rows: Sql): Sql {
  const sums = [...BIG.map((name) => sql`${bounded(`sum(x.${name})`)} AS ${rawSql(name)}`), ...SMALL.map((name) => rawSql(`sum(x.${name})::int AS ${name}`))];
  return sql`SELECT x.company_id, x.dimension, x.grain, x.key, x.bucket, ${joinSql(sums, ', ')} FROM (${rows}) x GROUP BY 1, 2, 3, 4, 5`;
}

/** Adds summed rows to what the rollups hold. */
export function addToRollups(rows: Sql): Sql {
  const sums = [
    ...BIG.map((name) => sql`${rawSql(name)} = ${bounded(`cost_rollup.${name}::numeric + excluded.${name}`)}`),
    ...SMALL.map((name) => rawSql(`${name} = cost_rollup.${name} + excluded.${name}`)),
  ];
  return sql`INSERT INTO cost_rollup (${rollupColumns}) ${summed(rows)} ON CONFLICT (company_id, dimension, grain, key, bucket) DO UPDATE SET ${joinSql(sums, ', ')}`;
}

/**
 * Moves events that wait into the rollups, in one statement: an event leaves cost_unfolded in the very moment in which the sums
 * hold it, so no reader misses it or sees it twice. Returns how many were moved; null where another process is at it.
 */
export async function foldSome(tx: Tx, most: number = BATCH): Promise<number | null> {
  if (!(await mayFold(tx))) return null;
  const [folded] = await tx.$queryRaw<{ count: number }[]>(sql`
    WITH taken AS (DELETE FROM cost_unfolded u WHERE u.event_id IN (SELECT w.event_id FROM cost_unfolded w ORDER BY w.event_id LIMIT ${most}) RETURNING u.event_id),
    added AS (${addToRollups(additions(sql`taken JOIN cost_event e ON e.id = taken.event_id`))})
    SELECT count(*)::int AS count FROM taken`);
  return folded?.count ?? 0;
}

const FOLDS = { decidesNothing: 'it moves rows from one table to another in one statement, and is alone at it' };

/**
 * Folds what waits, batch by batch: some seconds of work at most, so that other jobs get their turn, unless told otherwise. A
 * batch that fails stays as it was and is folded the next time.
 */
export async function foldCosts(db: Database, most: number = BATCH, batches = 10): Promise<number> {
  let count = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const folded = await write(db, (tx) => foldSome(tx, most), FOLDS);
    count += folded ?? 0;
    if (folded === null || folded < most) break;
  }
  return count;
}

/** Where so many events had gathered, the next fold is not left to the next minute: readers add up what waits. */
export const WAITING_MANY = 1_000;
