import { allOf, type Sql, sql } from '../../prisma/sql.ts';
import type { Context } from '../context.ts';
import { batch, type Batch, type Soon } from './loading.ts';
import { keyset, type OrderKey, type Page, type PageArgs } from './paging.ts';

/** A list of rows that belong to a parent: the issues of a company, the comments of an issue. */
export interface Listing<Row> {
  readonly name: string;
  /** From prisma/sql.ts: the columns of the row under its alias. */
  readonly columns: Sql;
  /** `issue i`, with joins if need be. */
  readonly from: Sql;
  /** The column that names the parent: `i.company_id`. */
  readonly parent: Sql;
  readonly order: OrderKey<Row>[];
}

export interface Connection<Row> extends Page<Row> {
  total(): Soon<number>;
}

/**
 * One page of a parent's list. Asked for many parents at once (a list in a list) it is still one statement: a lateral join
 * gives each parent its own page by the index, so the cost is that of the rows returned.
 */
export async function listOf<Row>(
  ctx: Context, listing: Listing<Row>, parentId: string, args: PageArgs, conditions: Sql[] = [], order = listing.order,
): Promise<Connection<Row>> {
  const { where, tail, page } = keyset(args, order);
  const filter = allOf(conditions);
  const key = JSON.stringify([listing.name, args.first, args.after, args.last, args.before, order.map((k) => [k.column, k.direction]), filter.text, filter.values], bigints);
  const rows = await ctx.loading.load(
    ctx.loading.keyed(`page ${key}`, () =>
      grouped<Row>((parents) => sql`
        SELECT parent.id AS "__parent", x.* FROM unnest(${parents}::uuid[]) AS parent(id)
        CROSS JOIN LATERAL (SELECT ${listing.columns} FROM ${listing.from} WHERE ${listing.parent} = parent.id AND ${filter} AND ${where} ${tail}) x`),
    ),
    parentId,
  );
  return {
    ...page(rows),
    total: () => ctx.loading.load(ctx.loading.keyed(`count ${key}`, () => counted((parents) => sql`
      SELECT parent.id AS id, (SELECT count(*)::int FROM ${listing.from} WHERE ${listing.parent} = parent.id AND ${filter}) AS count
      FROM unnest(${parents}::uuid[]) AS parent(id)`)), parentId),
  };
}

/** Rows of many parents, told apart by their `__parent` column. */
export function grouped<Row>(statement: (parents: string[]) => Sql): Batch<string, Row[]> {
  return batch<string, Row[]>([], async (db, parents) => {
    const found = new Map<string, Row[]>();
    for (const row of await db.query<Row & { __parent: string }>(statement(parents))) {
      const rows = found.get(row.__parent);
      if (rows) rows.push(row);
      else found.set(row.__parent, [row]);
    }
    return found;
  });
}

/** One number for each id: the statement gives `id` and `count`. */
export function counted(statement: (ids: string[]) => Sql): Batch<string, number> {
  return batch(0, async (db, ids) => new Map((await db.query<{ id: string; count: number }>(statement(ids))).map((row) => [row.id, row.count])));
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
