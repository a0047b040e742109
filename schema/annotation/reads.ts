import { type AnnotationComment, type AnnotationSnapshot, type AnnotationThread, Prisma } from '../../prisma/generated/client.ts';
import type { ThreadStatus } from '../../prisma/generated/enums.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import { batch, batchById } from '../shared/loading.ts';
import type { Listing } from '../shared/listing.ts';

const threadColumns = columns(Prisma.AnnotationThreadScalarFieldEnum, 't');
const commentColumns = columns(Prisma.AnnotationCommentScalarFieldEnum, 'c');
const snapshotColumns = columns(Prisma.AnnotationSnapshotScalarFieldEnum, 's');

export const threadById = batchById<AnnotationThread>((db, ids) => db.query(sql`SELECT ${threadColumns} FROM annotation_thread t WHERE t.id = ANY(${ids}::uuid[])`));
export const annotationCommentById = batchById<AnnotationComment>((db, ids) => db.query(sql`SELECT ${commentColumns} FROM annotation_comment c WHERE c.id = ANY(${ids}::uuid[])`));

export const threadsOfDocument: Listing<AnnotationThread> = {
  name: 'document.threads', columns: threadColumns, from: sql`annotation_thread t`, parent: sql`t.document_id`,
  order: [
    { column: 't.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 't.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

export const commentsOfThread: Listing<AnnotationComment> = {
  name: 'thread.comments', columns: commentColumns, from: sql`annotation_comment c`, parent: sql`c.thread_id`,
  order: [
    { column: 'c.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'c.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

export const snapshotsOfThread: Listing<AnnotationSnapshot> = {
  name: 'thread.snapshots', columns: snapshotColumns, from: sql`annotation_snapshot s`, parent: sql`s.thread_id`,
  order: [{ column: 's.to_number', type: 'int', direction: 'DESC', of: (row) => row.toNumber }],
};

export function threadConditions(status: ThreadStatus | null | undefined): Sql[] {
  return status ? [sql`t.status = ${status}::thread_status`] : [];
}

export interface Summary {
  open: number;
  resolved: number;
  stale: number;
  orphaned: number;
}

/** How the threads of documents stand; the anchors counted are those of open threads. */
export const annotationSummary = batch<string, Summary>({ open: 0, resolved: 0, stale: 0, orphaned: 0 }, async (db, ids) => {
  const rows = await db.query<Summary & { id: string }>(sql`
    SELECT t.document_id AS id, count(*) FILTER (WHERE t.status = 'OPEN')::int AS open, count(*) FILTER (WHERE t.status = 'RESOLVED')::int AS resolved,
           count(*) FILTER (WHERE t.status = 'OPEN' AND t.anchor_state = 'STALE')::int AS stale, count(*) FILTER (WHERE t.status = 'OPEN' AND t.anchor_state = 'ORPHANED')::int AS orphaned
    FROM annotation_thread t WHERE t.document_id = ANY(${ids}::uuid[]) GROUP BY t.document_id`);
  return new Map(rows.map((row) => [row.id, row]));
});
