import type { SearchKind } from '../../prisma/generated/enums.ts';
import { type Sql, sql } from '../../prisma/sql.ts';
import type { Context } from '../context.ts';
import { parseIdentifier } from '../issue/rules.ts';
import { batch } from '../shared/loading.ts';
import { storableText } from '../shared/text.ts';
import { keyset, type OrderKey, type Page, type PageArgs } from '../shared/paging.ts';
import { searchQuery } from './rules.ts';

export const SEARCH_TEXT_MAX = 500;

/** A text that was found. */
export interface SearchHit {
  /** Of the issue, comment or document. */
  recordId: string;
  issueId: string;
  kind: SearchKind;
  score: number;
}

const order: OrderKey<SearchHit>[] = [
  { column: 'x.score', type: 'int', direction: 'DESC', of: (row) => row.score },
  { column: 'x.record_id', type: 'uuid', direction: 'DESC', of: (row) => row.recordId },
];

export interface SearchArgs extends PageArgs {
  text: string;
  kinds?: SearchKind[] | null | undefined;
}

const NOTHING: Page<SearchHit> = { rows: [], hasNextPage: false, hasPreviousPage: false, cursorOf: () => '' };

/**
 * Ranking reads each text that matches, so it is done for a bounded number of them: all, where there are no more than this, else
 * the newest among the latest texts of the company. What many texts say is best found by saying more.
 */
const RANKED_MAX = 600;
const LATEST = 20_000;
/** Titles that only resemble the text are sought where few hold its words. */
const FEW = 5;
const RESEMBLING_MAX = 50;

/** The texts of a company that hold all words, best first; an issue whose identifier it is comes before all others. */
export async function searchPage(ctx: Context, companyId: string, args: SearchArgs): Promise<Page<SearchHit>> {
  const text = storableText('text', args.text, SEARCH_TEXT_MAX).trim();
  const { where, tail, page } = keyset(args, order);
  const query = searchQuery(text);
  if (query === null) return NOTHING;
  const kinds = args.kinds ?? ['ISSUE', 'COMMENT', 'DOCUMENT'];
  const words = sql`to_tsquery('simple', ${query})`;
  const within = sql`s.company_id = ${companyId}::uuid AND s.kind = ANY(${kinds}::search_kind[])`;
  // The function and not the operator: it cannot be answered by the index of words, whose answer is in no order.
  const latest = sql`
    SELECT s.record_id, s.issue_id, s.kind, s.words FROM (
      SELECT * FROM search_entry s WHERE s.company_id = ${companyId}::uuid AND (SELECT count(*) FROM found) > ${RANKED_MAX}
      ORDER BY s.updated_at DESC, s.record_id DESC LIMIT ${LATEST}) s
    WHERE ${within} AND ts_match_vq(s.words, ${words}) LIMIT ${RANKED_MAX}`;
  const rows = await ctx.db.query<SearchHit>(sql`
    WITH found AS MATERIALIZED (
      SELECT s.record_id, s.issue_id, s.kind, s.words FROM search_entry s WHERE ${within} AND s.words @@ ${words} LIMIT ${RANKED_MAX + 1}
    ), matching AS (
      SELECT * FROM found UNION ALL SELECT * FROM (${latest}) newer WHERE NOT EXISTS (SELECT 1 FROM found WHERE found.record_id = newer.record_id)
    ), named AS (
      SELECT i.id AS record_id, i.id AS issue_id, 'ISSUE'::search_kind AS kind, 900000000 AS score
      FROM issue i JOIN company c ON c.id = i.company_id WHERE i.company_id = ${companyId}::uuid AND ${identifierCondition(text)} AND 'ISSUE' = ANY(${kinds}::text[])
    ), ranked AS (
      SELECT record_id, issue_id, kind, 200000000 + round(ts_rank(words, ${words}) * 100000000)::int AS score FROM matching
      WHERE record_id NOT IN (SELECT record_id FROM named)
    ), resembling AS (
      SELECT i.id AS record_id, i.id AS issue_id, 'ISSUE'::search_kind AS kind, round(word_similarity(${text}, i.title) * 100000000)::int AS score
      FROM (SELECT id, title FROM issue
            WHERE company_id = ${companyId}::uuid AND ${text} <% title AND (SELECT count(*) FROM found) < ${FEW} AND 'ISSUE' = ANY(${kinds}::text[])
            LIMIT ${RESEMBLING_MAX}) i
      WHERE i.id NOT IN (SELECT record_id FROM found) AND i.id NOT IN (SELECT record_id FROM named)
    )
    SELECT x.record_id AS "recordId", x.issue_id AS "issueId", x.kind, x.score
    FROM (SELECT * FROM named UNION ALL SELECT * FROM ranked UNION ALL SELECT * FROM resembling) x WHERE ${where} ${tail}`);
  return page(rows);
}

function identifierCondition(text: string): Sql {
  const identifier = parseIdentifier(text);
  if (identifier) return sql`i.number = ${identifier.number} AND c.prefix = ${identifier.prefix}`;
  return /^[1-9]\d{0,8}$/.test(text) ? sql`i.number = ${Number(text)}` : sql`false`;
}

/** What is shown of a found text: no more of it than is searched. */
export interface FoundText {
  title: string | null;
  body: string | null;
}

const SHOWN = 200_000;

export const textOfHit = batch<string, FoundText | null>(null, async (db, ids) => {
  const rows = await db.query<FoundText & { id: string }>(sql`
    SELECT i.id, i.title, left(i.description, ${SHOWN}) AS body FROM issue i WHERE i.id = ANY(${ids}::uuid[])
    UNION ALL SELECT c.id, NULL, left(c.body, ${SHOWN}) FROM comment c WHERE c.id = ANY(${ids}::uuid[])
    UNION ALL SELECT d.id, coalesce(d.title, d.key), left(d.body, ${SHOWN}) FROM document d WHERE d.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map(({ id, ...found }) => [id, found]));
});
