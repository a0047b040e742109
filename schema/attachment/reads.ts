import { type Attachment, Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { batchById } from '../shared/loading.ts';

const attachmentColumns = columns(Prisma.AttachmentScalarFieldEnum, 'a');

export const attachmentById = batchById<Attachment>((db, ids) => db.query(sql`SELECT ${attachmentColumns} FROM attachment a WHERE a.id = ANY(${ids}::uuid[])`));

export const attachmentsOfIssue: Listing<Attachment> = {
  name: 'issue.attachments', columns: attachmentColumns, from: sql`attachment a`, parent: sql`a.issue_id`,
  order: [
    { column: 'a.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'a.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};
