import type { NotificationDeliveryStatus, NotificationEvent } from '../../graphql/generated/graphql.ts';
import type { Tone } from '../../ui/Chip.tsx';

/** What one can be told of; a test comes only when it is asked for. */
export const eventNames: readonly { event: NotificationEvent; name: string }[] = [
  { event: 'APPROVAL_WAITING', name: 'An approval waits' },
  { event: 'BUDGET_WARNING', name: 'A budget warns' },
  { event: 'BUDGET_STOPPED', name: 'A budget stops work' },
  { event: 'BREAKER_TRIPPED', name: 'A circuit breaker pauses an agent' },
  { event: 'RUN_FAILED', name: 'A run failed for good' },
];

export const eventWords = (event: NotificationEvent): string => eventNames.find((each) => each.event === event)?.name ?? 'Test';

const states: Record<NotificationDeliveryStatus, { word: string; tone: Tone }> = {
  PENDING: { word: 'waiting', tone: 'plain' },
  DELIVERED: { word: 'arrived', tone: 'ok' },
  FAILED: { word: 'failed', tone: 'bad' },
  CANCELLED: { word: 'cancelled', tone: 'plain' },
};
export const stateOf = (status: NotificationDeliveryStatus): { word: string; tone: Tone } => states[status];
