import { type ModelPrice, Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { batchById } from '../shared/loading.ts';

const priceColumns = columns(Prisma.ModelPriceScalarFieldEnum, 'p');

export const priceById = batchById<ModelPrice>((db, ids) => db.query(sql`SELECT ${priceColumns} FROM model_price p WHERE p.id = ANY(${ids}::uuid[])`));

export const pricesOfCompany: Listing<ModelPrice> = {
  name: 'pricesOfCompany', columns: priceColumns, from: sql`model_price p`, parent: sql`p.company_id`,
  order: [
    { column: 'p.effective_from', type: 'timestamptz', direction: 'DESC', of: (row) => row.effectiveFrom },
    { column: 'p.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};
