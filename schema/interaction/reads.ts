import { type Interaction, Prisma } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { batchById } from '../shared/loading.ts';

const interactionColumns = columns(Prisma.InteractionScalarFieldEnum, 'n');

export const interactionById = batchById<Interaction>((db, ids) => db.query(sql`SELECT ${interactionColumns} FROM interaction n WHERE n.id = ANY(${ids}::uuid[])`));

export const interactionsOfIssue: Listing<Interaction> = {
  name: 'issue.interactions', columns: interactionColumns, from: sql`interaction n`, parent: sql`n.issue_id`,
  order: [
    { column: 'n.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'n.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

export const interactionsOfCompany: Listing<Interaction> = {
  ...interactionsOfIssue, name: 'company.pendingInteractions', parent: sql`n.company_id`,
  order: interactionsOfIssue.order.map((key) => ({ ...key, direction: 'DESC' as const })),
};

export const isPending = sql`n.status = 'PENDING'`;

export interface InteractionFilter {
  statuses?: string[] | null | undefined;
  kinds?: string[] | null | undefined;
}

export function interactionConditions(filter: InteractionFilter | null | undefined): Sql[] {
  return [
    ...(filter?.statuses ? [sql`n.status = ANY(${filter.statuses}::interaction_status[])`] : []),
    ...(filter?.kinds ? [sql`n.kind = ANY(${filter.kinds}::interaction_kind[])`] : []),
  ];
}
