import { type Company, Prisma } from '../../prisma/generated/client.ts';
import { allOf, columns, type Sql, sql } from '../../prisma/sql.ts';
import type { Context } from '../context.ts';
import { batchById } from '../shared/loading.ts';
import type { Connection } from '../shared/listing.ts';
import { keyset, type OrderKey, type PageArgs } from '../shared/paging.ts';

export const companyColumns = columns(Prisma.CompanyScalarFieldEnum, 'c');

export const companyById = batchById<Company>((db, ids) => db.query(sql`SELECT ${companyColumns} FROM company c WHERE c.id = ANY(${ids}::uuid[])`));

const order: OrderKey<Company>[] = [
  { column: 'c.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
  { column: 'c.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
];

/** Companies that this principal may see, oldest first. */
export async function companiesOf(ctx: Context, args: PageArgs, conditions: Sql[]): Promise<Connection<Company>> {
  const { where, tail, page } = keyset(args, order);
  const by = ctx.principal;
  const own = by.kind === 'run' || by.kind === 'agentKey' ? [sql`c.id = ${by.companyId}::uuid`] : [];
  const filter = allOf([...own, ...conditions]);
  const rows = await ctx.db.query<Company>(sql`SELECT ${companyColumns} FROM company c WHERE ${filter} AND ${where} ${tail}`);
  return {
    ...page(rows),
    total: async () => (await ctx.db.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM company c WHERE ${filter}`))[0]?.count ?? 0,
  };
}

/** A company by id or prefix; null where there is none. */
export async function companyByRef(ctx: Context, ref: string, isId: boolean): Promise<Company | null> {
  if (isId) return ctx.loading.load(companyById, ref);
  const rows = await ctx.db.query<Company>(sql`SELECT ${companyColumns} FROM company c WHERE c.prefix = ${ref.toUpperCase()}`);
  ctx.loading.prime(companyById, rows);
  return rows[0] ?? null;
}
