import { type NotificationDelivery, type NotificationTarget, Prisma } from '../../prisma/generated/client.ts';
import type { DeliveryStatus, NotificationEvent } from '../../prisma/generated/enums.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { batchById } from '../shared/loading.ts';

const { events: _events, ...plainFields } = Prisma.NotificationTargetScalarFieldEnum;
/** The driver reads arrays of types that it knows, and an enum of ours is none of them. */
const targetColumns = sql`${columns(plainFields, 't')}, t.events::text[] AS events`;
const deliveryColumns = columns(Prisma.NotificationDeliveryScalarFieldEnum, 'd');

export const targetById = batchById<NotificationTarget>((db, ids) => db.query(sql`SELECT ${targetColumns} FROM notification_target t WHERE t.id = ANY(${ids}::uuid[])`));
export const deliveryById = batchById<NotificationDelivery>((db, ids) => db.query(sql`SELECT ${deliveryColumns} FROM notification_delivery d WHERE d.id = ANY(${ids}::uuid[])`));

export const targetsOfCompany: Listing<NotificationTarget> = {
  name: 'company.notificationTargets', columns: targetColumns, from: sql`notification_target t`, parent: sql`t.company_id`,
  order: [
    { column: 't.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 't.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

const newestFirst: Listing<NotificationDelivery>['order'] = [
  { column: 'd.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
  { column: 'd.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
];
export const deliveriesOf: Record<'company' | 'target', Listing<NotificationDelivery>> = {
  company: { name: 'company.notificationDeliveries', columns: deliveryColumns, from: sql`notification_delivery d`, parent: sql`d.company_id`, order: newestFirst },
  target: { name: 'notificationTarget.deliveries', columns: deliveryColumns, from: sql`notification_delivery d`, parent: sql`d.target_id`, order: newestFirst },
};

export interface DeliveryFilter {
  statuses?: readonly DeliveryStatus[] | null | undefined;
  events?: readonly NotificationEvent[] | null | undefined;
}

export function deliveryConditions(filter: DeliveryFilter | null | undefined): Sql[] {
  const { statuses, events } = filter ?? {};
  return [
    ...(statuses ? [sql`d.status = ANY(${statuses}::delivery_status[])`] : []),
    ...(events ? [sql`d.event = ANY(${events}::notification_event[])`] : []),
  ];
}
