import { type Sql, sql } from '../../prisma/sql.ts';
import { searchQuery } from './rules.ts';

/** Issues that hold all words of a text in their title, identifier or description: for the filter of lists. */
export function holdsWords(text: string): Sql | null {
  const query = searchQuery(text);
  return query === null ? null : sql`i.id IN (
    SELECT s.record_id FROM search_entry s WHERE s.company_id = i.company_id AND s.kind = 'ISSUE' AND s.words @@ to_tsquery('simple', ${query}))`;
}
