import type { NotificationDelivery, NotificationTarget } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const NotificationTargetRef = builder.objectRef<NotificationTarget>('NotificationTarget');
export const NotificationDeliveryRef = builder.objectRef<NotificationDelivery>('NotificationDelivery');
