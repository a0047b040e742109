import { isId } from '../../prisma/id.ts';
import { type Sql, sql } from '../../prisma/sql.ts';
import type { Context } from '../context.ts';
import { keyset, type OrderKey, type Page, type PageArgs } from '../shared/paging.ts';

export type InboxReason = 'INTERACTION' | 'REVIEW' | 'FAILED_RUN' | 'RECOVERY' | 'COMMENT' | 'MENTION' | 'APPROVAL';

export interface InboxEvent {
  reason: InboxReason;
  /** The interaction, run, recovery action, comment or approval; the issue itself for a review. */
  recordId: string;
  at: Date;
}

/** An issue that asks for a look, with the newest event of each reason; or an approval, which is about itself alone. */
export interface InboxItem {
  /** The issue, or the approval. */
  subjectId: string;
  at: Date;
  isUnread: boolean;
  isArchived: boolean;
  events: InboxEvent[];
}

export interface InboxFilter {
  unread?: boolean | null | undefined;
  reasons?: InboxReason[] | null | undefined;
  archived?: boolean | null | undefined;
}

const order: OrderKey<InboxItem>[] = [
  { column: 'x.at', type: 'timestamptz', direction: 'DESC', of: (row) => row.at },
  { column: 'x.subject_id', type: 'uuid', direction: 'DESC', of: (row) => row.subjectId },
];

/** What an inbox looks back over, of each kind: older than these is for the lists, and the cost does not grow with the company. */
const RECENT = 1_000;

/** What may want a look of this person, of all kinds. Each part is read newest first by an index. */
function eventsFor(companyId: string, userId: string): Sql {
  return sql`
    (SELECT n.issue_id AS subject_id, 'INTERACTION' AS reason, n.id AS record_id, n.created_at AS at
     FROM interaction n WHERE n.company_id = ${companyId}::uuid AND n.status = 'PENDING' ORDER BY n.created_at DESC, n.id DESC LIMIT ${RECENT})
    UNION ALL
    (SELECT p.id, 'APPROVAL', p.id, p.updated_at
     FROM approval p WHERE p.company_id = ${companyId}::uuid AND p.status = 'PENDING' ORDER BY p.created_at DESC, p.id DESC LIMIT ${RECENT})
    UNION ALL
    SELECT i.id, 'REVIEW', i.id, i.updated_at
    FROM (SELECT id, updated_at FROM issue WHERE company_id = ${companyId}::uuid AND status = 'IN_REVIEW' ORDER BY created_at DESC, id DESC LIMIT ${RECENT}) i
    LEFT JOIN issue_policy p ON p.issue_id = i.id
    WHERE p.participant_type IS NULL OR (p.participant_type = 'USER' AND p.participant_id = ${userId}::uuid)
    UNION ALL
    SELECT r.issue_id, 'FAILED_RUN', r.id, coalesce(r.finished_at, r.created_at)
    FROM (SELECT id, issue_id, created_at, finished_at FROM run WHERE company_id = ${companyId}::uuid AND status IN ('FAILED', 'TIMED_OUT') ORDER BY created_at DESC, id DESC LIMIT ${RECENT}) r
    JOIN issue i ON i.id = r.issue_id AND i.status NOT IN ('DONE', 'CANCELLED')
    WHERE NOT EXISTS (SELECT 1 FROM run later WHERE later.issue_id = r.issue_id AND (later.created_at, later.id) > (r.created_at, r.id))
    UNION ALL
    (SELECT v.issue_id, 'RECOVERY', v.id, v.created_at
     FROM recovery_action v WHERE v.company_id = ${companyId}::uuid AND v.status IN ('ACTIVE', 'ESCALATED')
       AND (v.status = 'ESCALATED' OR v.owner_type = 'BOARD' OR (v.owner_type = 'USER' AND v.owner_id = ${userId}::uuid))
     ORDER BY v.created_at DESC, v.id DESC LIMIT ${RECENT})
    UNION ALL
    SELECT c.issue_id, CASE WHEN c.mentioned THEN 'MENTION' ELSE 'COMMENT' END, c.id, c.created_at
    FROM (SELECT id, issue_id, author_type, created_at, strpos(body, ${`](user:${userId})`}) > 0 AS mentioned
          FROM comment WHERE company_id = ${companyId}::uuid AND NOT (author_type = 'USER' AND author_id = ${userId}::uuid)
          ORDER BY created_at DESC, id DESC LIMIT ${RECENT}) c
    JOIN issue i ON i.id = c.issue_id
    WHERE c.mentioned OR (c.author_type = 'AGENT' AND ((i.creator_type = 'USER' AND i.creator_id = ${userId}::uuid) OR i.assignee_user_id = ${userId}::uuid))`;
}

/** One page of a person's inbox, newest event first. What was archived comes back when something newer happens. */
export async function inboxPage(ctx: Context, companyId: string, userId: string, filter: InboxFilter, args: PageArgs): Promise<Page<InboxItem>> {
  const { where, tail, page } = keyset(args, order);
  const reasons = filter.reasons ? sql`WHERE e.reason = ANY(${filter.reasons}::text[])` : sql``;
  const rows = await ctx.db.query<Omit<InboxItem, 'events'> & { events: (Omit<InboxEvent, 'at'> & { at: string })[] }>(sql`
    WITH newest AS (
      SELECT DISTINCT ON (e.subject_id, e.reason) e.subject_id, e.reason, e.record_id, e.at
      FROM (${eventsFor(companyId, userId)}) e ${reasons} ORDER BY e.subject_id, e.reason, e.at DESC, e.record_id DESC
    ), item AS (
      SELECT subject_id, max(at) AS at, jsonb_agg(jsonb_build_object('reason', reason, 'recordId', record_id, 'at', at) ORDER BY at DESC) AS events
      FROM newest GROUP BY subject_id
    )
    SELECT x.subject_id AS "subjectId", x.at, x.events, x.unread AS "isUnread", x.archived AS "isArchived"
    FROM (SELECT item.*, coalesce(coalesce(s.read_at, q.read_at) < item.at, true) AS unread, coalesce(coalesce(s.archived_at, q.archived_at) >= item.at, false) AS archived
          FROM item LEFT JOIN inbox_state s ON s.user_id = ${userId}::uuid AND s.issue_id = item.subject_id
            LEFT JOIN approval_inbox_state q ON q.user_id = ${userId}::uuid AND q.approval_id = item.subject_id) x
    WHERE x.archived = ${filter.archived ?? false} AND (${!filter.unread} OR x.unread) AND ${where} ${tail}`);
  return page(rows.map((row) => ({ ...row, events: row.events.map((event) => ({ ...event, at: new Date(event.at) })) })));
}

/** Whose inbox an answer is about: a person's in a company that is there. */
export function inboxOwner(ctx: Context, companyId: string): string | null {
  return ctx.principal.kind === 'user' && isId(companyId) ? ctx.principal.userId : null;
}
