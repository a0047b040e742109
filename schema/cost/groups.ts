import type { CostDimension } from '../../prisma/generated/enums.ts';
import { type Sql, sql } from '../../prisma/sql.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../shared/listing.ts';
import { type Batch, batch } from '../shared/loading.ts';
import { keyset, type OrderKey, type PageArgs } from '../shared/paging.ts';
import { askKey, askOf, type CostSummary, runsOf, type Span, type Sums } from './reads.ts';
import { eventsOf, isRolledUp, rolledUpBy, shapeOf, type Slice, withAsks } from './slice.ts';
import { eventKey, ofEvent, pieces, totals } from './sums.ts';

/** How the costs of a slice are told apart. UNPRICED_MODEL: models, of the uses that no price is known for. */
export type GroupBy = Exclude<CostDimension, 'COMPANY' | 'AGENT_MODEL' | 'ISSUE'> | 'DAY' | 'UNPRICED_MODEL';

interface GroupRow extends Sums { n: number; key: string; tie: string; day: Date | null }

export interface CostGroup extends CostSummary { by: GroupBy; key: string; tie: string; day: Date | null }

const dearest: OrderKey<GroupRow>[] = [
  { column: 'g."costMicros"', type: 'bigint', direction: 'DESC', of: (row) => row.costMicros },
  { column: 'g."imputedMicros"', type: 'bigint', direction: 'DESC', of: (row) => row.imputedMicros },
  { column: 'g.tie', type: 'uuid', direction: 'DESC', of: (row) => row.tie },
];
const latest: OrderKey<GroupRow>[] = [
  { column: 'g.day', type: 'timestamptz', direction: 'DESC', of: (row) => row.day },
  { column: 'g.tie', type: 'uuid', direction: 'DESC', of: (row) => row.tie },
];

/** The parts of what a slice cost, dearest first, days latest first: one statement for the pages of all slices of a shape. */
export async function costGroups(ctx: Context, slice: Slice, span: Span, by: GroupBy, args: PageArgs): Promise<Connection<CostGroup>> {
  const { where, tail, page } = keyset(args, by === 'DAY' ? latest : dearest);
  const pages = ctx.loading.keyed(`costs ${shapeOf(slice)} by ${by} ${JSON.stringify([args.first, args.after])}`, () => pagesOf(slice, by, where, tail));
  const found = page(await ctx.loading.load(pages, askKey(slice, span)));
  const groups = found.rows.map((row) => asGroup(slice, span, by, row));
  return { ...found, rows: groups, cursorOf: (group) => found.cursorOf(group as unknown as GroupRow), total: () => groups.length };
}

/** Agents of a company by what they cost, dearest first. */
export async function costByAgent(ctx: Context, companyId: string, since: Date | null): Promise<CostGroup[]> {
  const slice: Slice = { of: 'COMPANY', id: companyId, companyId };
  const tail = sql`ORDER BY g."costMicros" DESC, g."imputedMicros" DESC, g.tie DESC LIMIT 500`;
  const rows = await ctx.loading.load(ctx.loading.keyed('costByAgent', () => pagesOf(slice, 'AGENT', sql`true`, tail)), askKey(slice, { since, until: null }));
  return rows.map((row) => asGroup(slice, { since, until: null }, 'AGENT', row));
}

function asGroup(slice: Slice, span: Span, by: GroupBy, row: GroupRow): CostGroup {
  const runs = (ctx: Context) => ctx.loading.load(ctx.loading.keyed(`cost runs ${shapeOf(slice)} by ${by}`, () => runsOf(slice, keyOf(by))), askKey(slice, span, row.key));
  return { ...row, by, runs };
}

function pagesOf(shape: Slice, by: GroupBy, where: Sql, tail: Sql): Batch<string, GroupRow[]> {
  return batch<string, GroupRow[]>([], async (db, keys) => {
    const asks = keys.map(askOf);
    const rows = await db.query<GroupRow>(sql`
      ${withAsks(shape, asks)}, x AS (${rowsOf(shape, by)}),
      g AS (SELECT x.n, x.key, md5(x.key)::uuid AS tie, min(x.day) AS day, ${totals} FROM x GROUP BY x.n, x.key)
      SELECT p.* FROM unnest(${asks.map(({ number }) => number)}::int[]) AS parent(n) CROSS JOIN LATERAL (SELECT * FROM g WHERE g.n = parent.n AND ${where} ${tail}) p`);
    const found = new Map<string, GroupRow[]>();
    for (const row of rows) {
      const key = keys[row.n] as string;
      found.set(key, [...(found.get(key) ?? []), row]);
    }
    return found;
  });
}

const DAY_OF = (at: Sql) => sql`date_trunc('day', ${at}, 'UTC')`;
const keyOfDay = (at: Sql) => sql`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

/** The part that an event belongs to. */
function keyOf(by: GroupBy): Sql {
  if (by === 'DAY') return keyOfDay(sql`e.occurred_at`);
  return eventKey[by === 'UNPRICED_MODEL' ? 'MODEL' : by];
}

/** What adds to the parts of the asks: `n, key, day` and the columns that are summed. */
function rowsOf(shape: Slice, by: GroupBy): Sql {
  const x = (rows: Sql, key: Sql, day: Sql) => sql`
    SELECT x.n, ${key} AS key, ${day} AS day, x.cost_micros, x.imputed_micros, x.input_tokens, x.cached_input_tokens, x.output_tokens, x.event_count, x.unpriced_count, x.unimputed_count FROM (${rows}) x`;
  if (by === 'DAY' && isRolledUp(shape)) return x(pieces(shape.of), keyOfDay(sql`x.at`), DAY_OF(sql`x.at`));
  const rolled = by === 'DAY' || by === 'UNPRICED_MODEL' ? null : rolledUpBy(shape, by);
  if (rolled) {
    // The keys of AGENT_MODEL are agent, provider and model, joined by line feeds.
    const key = rolled.match === 'all' ? sql`x.key` : by === 'PROVIDER' ? sql`split_part(x.key, E'\\n', 2)` : sql`substr(x.key, strpos(x.key, E'\\n') + 1)`;
    return x(pieces(rolled.dimension, rolled.match), key, sql`NULL::timestamptz`);
  }
  const day = by === 'DAY' ? DAY_OF(sql`e.occurred_at`) : sql`NULL::timestamptz`;
  return sql`SELECT a.n, ${keyOf(by)} AS key, ${day} AS day, ${ofEvent} FROM ${eventsOf(shape)} WHERE ${by === 'UNPRICED_MODEL' ? sql`e.imputed_micros IS NULL` : sql`true`}`;
}
