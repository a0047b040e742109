import { Prisma, type SubtreeHold } from '../../prisma/generated/client.ts';
import type { IssueStatus } from '../../prisma/generated/enums.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { type ListedIssue, listedIssueColumns } from '../issue/reads.ts';
import { counted, type Listing } from '../shared/listing.ts';
import { batch, batchById } from '../shared/loading.ts';

const holdColumns = columns(Prisma.SubtreeHoldScalarFieldEnum, 'h');

export const holdById = batchById<SubtreeHold>((db, ids) => db.query(sql`SELECT ${holdColumns} FROM subtree_hold h WHERE h.id = ANY(${ids}::uuid[])`));

/** The hold that an issue is under, the oldest where several overlap. */
export const holdOfIssue = batch<string, SubtreeHold | null>(null, async (db, ids) => {
  const rows = await db.query<SubtreeHold & { __issue: string }>(sql`
    SELECT DISTINCT ON (m.issue_id) m.issue_id AS "__issue", ${holdColumns} FROM subtree_hold_member m JOIN subtree_hold h ON h.id = m.hold_id
    WHERE m.issue_id = ANY(${ids}::uuid[]) AND m.is_active ORDER BY m.issue_id, h.created_at, h.id`);
  return new Map(rows.map((row) => [row.__issue, row]));
});

export const memberCount = counted((ids) => sql`SELECT m.hold_id AS id, count(*)::int AS count FROM subtree_hold_member m WHERE m.hold_id = ANY(${ids}::uuid[]) GROUP BY m.hold_id`);

export const membersOfHold: Listing<ListedIssue> = {
  name: 'subtreeHold.issues', columns: listedIssueColumns, from: sql`subtree_hold_member m JOIN issue i ON i.id = m.issue_id`, parent: sql`m.hold_id`,
  order: [
    { column: 'i.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'i.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

/** What a hold on an issue would do now. */
export interface HoldPreview {
  statuses: Partial<Record<IssueStatus, number>>;
  runningCount: number;
  queuedCount: number;
  agentIds: string[];
  /** Issues elsewhere that wait for one of these. */
  waitingIds: string[];
}

const WAITING_MAX = 100;
const NOTHING: HoldPreview = { statuses: {}, runningCount: 0, queuedCount: 0, agentIds: [], waitingIds: [] };

export const holdPreview = batch<string, HoldPreview>(NOTHING, async (db, ids) => {
  const rows = await db.query<HoldPreview & { id: string }>(sql`
    WITH RECURSIVE tree(root, id) AS (
      SELECT i.id, i.id FROM issue i WHERE i.id = ANY(${ids}::uuid[]) UNION SELECT tree.root, k.id FROM issue k JOIN tree ON k.parent_id = tree.id),
    member AS (SELECT tree.root, i.id, i.status, i.assignee_id FROM tree JOIN issue i ON i.id = tree.id WHERE i.status NOT IN ('DONE', 'CANCELLED'))
    SELECT parent.id,
      (SELECT coalesce(jsonb_object_agg(s.status, s.count), '{}') FROM (SELECT m.status, count(*)::int AS count FROM member m WHERE m.root = parent.id GROUP BY m.status) s) AS statuses,
      (SELECT count(*)::int FROM member m JOIN run r ON r.issue_id = m.id WHERE m.root = parent.id AND r.status = 'RUNNING') AS "runningCount",
      (SELECT count(*)::int FROM member m JOIN run r ON r.issue_id = m.id WHERE m.root = parent.id AND r.status IN ('QUEUED', 'SCHEDULED_RETRY')) AS "queuedCount",
      ARRAY(SELECT DISTINCT m.assignee_id::text FROM member m WHERE m.root = parent.id AND m.assignee_id IS NOT NULL LIMIT ${WAITING_MAX}) AS "agentIds",
      ARRAY(SELECT DISTINCT b.issue_id::text FROM member m JOIN issue_blocker b ON b.blocker_id = m.id JOIN issue w ON w.id = b.issue_id
            WHERE m.root = parent.id AND w.status NOT IN ('DONE', 'CANCELLED') AND NOT EXISTS (SELECT 1 FROM member o WHERE o.root = parent.id AND o.id = w.id) LIMIT ${WAITING_MAX}) AS "waitingIds"
    FROM unnest(${ids}::uuid[]) AS parent(id)`);
  return new Map(rows.map((row) => [row.id, row]));
});
