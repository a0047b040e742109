import { Prisma, type Wakeup } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { batchById } from '../shared/loading.ts';
import type { Listing } from '../shared/listing.ts';

const wakeupColumns = columns(Prisma.WakeupScalarFieldEnum, 'w');

export const wakeupById = batchById<Wakeup>((db, ids) => db.query(sql`SELECT ${wakeupColumns} FROM wakeup w WHERE w.id = ANY(${ids}::uuid[])`));

export const wakeupsOfAgent: Listing<Wakeup> = {
  name: 'agent.wakeups', columns: wakeupColumns, from: sql`wakeup w`, parent: sql`w.agent_id`,
  order: [
    { column: 'w.requested_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.requestedAt },
    { column: 'w.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};
