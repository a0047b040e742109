import { Prisma, type Wakeup } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import { batchById } from '../shared/loading.ts';
import type { Listing } from '../shared/listing.ts';
import { checkedFilter } from '../shared/lookup.ts';

const wakeupColumns = columns(Prisma.WakeupScalarFieldEnum, 'w');

export const wakeupById = batchById<Wakeup>((db, ids) => db.query(sql`SELECT ${wakeupColumns} FROM wakeup w WHERE w.id = ANY(${ids}::uuid[])`));

export interface WakeupFilter {
  issueId?: string | null | undefined;
  statuses?: string[] | null | undefined;
}

export function wakeupConditions(filter: WakeupFilter | null | undefined): Sql[] {
  if (!filter) return [];
  checkedFilter(filter);
  return [
    ...(filter.issueId ? [sql`w.issue_id = ${filter.issueId}::uuid`] : []),
    ...(filter.statuses ? [sql`w.status = ANY(${filter.statuses}::wake_status[])`] : []),
  ];
}

export const wakeupsOfAgent: Listing<Wakeup> = {
  name: 'agent.wakeups', columns: wakeupColumns, from: sql`wakeup w`, parent: sql`w.agent_id`,
  order: [
    { column: 'w.requested_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.requestedAt },
    { column: 'w.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};
