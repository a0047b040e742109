import { Prisma, type WorkProduct } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { batchById } from '../shared/loading.ts';

const workProductColumns = columns(Prisma.WorkProductScalarFieldEnum, 'w');

export const workProductById = batchById<WorkProduct>((db, ids) => db.query(sql`SELECT ${workProductColumns} FROM work_product w WHERE w.id = ANY(${ids}::uuid[])`));

export const workProductsOfIssue: Listing<WorkProduct> = {
  name: 'issue.workProducts', columns: workProductColumns, from: sql`work_product w`, parent: sql`w.issue_id`,
  order: [
    { column: 'w.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'w.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};
