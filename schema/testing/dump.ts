import { rawSql, sql } from '../../prisma/sql.ts';
import type { Database } from '../../prisma/client.ts';

/** A fingerprint of every table: two that are equal mean that nothing has changed between them, and a difference names the table. */
export async function dump(db: Database): Promise<Record<string, string>> {
  const tables = await db.query<{ name: string }>(sql`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_%' ORDER BY 1`);
  const parts = tables.map(({ name }) =>
    `SELECT '${name}' AS name, count(*) || ' rows ' || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) AS print FROM "${name}" t`);
  const rows = await db.query<{ name: string; print: string }>(sql`${rawSql(parts.join(' UNION ALL '))}`);
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}

/** The tables that differ. */
export function changes(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}
