import { type Sql, sql } from '../../prisma/sql.ts';
import type { Context } from '../context.ts';
import { batch } from '../shared/loading.ts';
import { searchQuery } from './rules.ts';

/** So many issues are named to the list that is filtered; what more of them hold is soon met on the way through it. */
const NAMED_MAX = 2_000;

/** The issues that answer a tsquery, or null where they are too many to be named. */
const issuesHolding = batch<string, string[] | null>(null, async (db, queries) => {
  const found = new Map<string, string[]>();
  for (const query of queries) {
    const rows = await db.query<{ id: string }>(sql`
      SELECT s.record_id AS id FROM search_entry s WHERE s.kind = 'ISSUE' AND s.words @@ to_tsquery('simple', ${query}) LIMIT ${NAMED_MAX + 1}`);
    if (rows.length <= NAMED_MAX) found.set(query, rows.map((row) => row.id));
  }
  return found;
});

/**
 * Issues that hold all words of a text in their title, identifier or description: for the filter of lists; null where there are no
 * words. Postgres cannot tell how many texts hold a word that begins so, and the wrong way through the list is slow: at 100,000
 * issues a word that none has took 165 ms by looking at each, one that all have 200 ms by gathering all. So they are counted first.
 */
export async function holdsWords(ctx: Context, text: string): Promise<Sql | null> {
  const query = searchQuery(text);
  if (query === null) return null;
  const ids = await ctx.loading.load(issuesHolding, query);
  if (ids) return sql`i.id = ANY(${ids}::uuid[])`;
  return sql`(SELECT ts_match_vq(s.words, to_tsquery('simple', ${query})) FROM search_entry s WHERE s.record_id = i.id)`;
}
