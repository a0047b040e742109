import { Prisma } from './generated/client.ts';

/** A piece of SQL with its values apart: `sql\`… ${value}\`` nests, and a value can never become text. */
export type Sql = Prisma.Sql;
export const sql = Prisma.sql;
export const joinSql = Prisma.join;
/** Text taken as it stands: only for names that the program itself wrote. */
export const rawSql = Prisma.raw;
export const emptySql = Prisma.empty;

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * The columns of a model as its Prisma row has them: `i.company_id AS "companyId", …`. Column names are the snake case of
 * field names throughout prisma/schema.
 */
export function columns(fields: Record<string, string>, alias: string): Sql {
  return rawSql(Object.values(fields).map((field) => `${alias}.${JSON.stringify(snake(field))} AS ${JSON.stringify(field)}`).join(', '));
}

/** WHERE of all given conditions; none is true. */
export function allOf(conditions: Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : joinSql(conditions, ' AND ');
}
