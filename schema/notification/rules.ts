import type { NotificationEvent } from '../../prisma/generated/enums.ts';

/** The topic that is poked when there is a message to send. */
export const NOTIFICATIONS = 'notifications';
/** A target that gave up so many messages in a row is disabled: nobody listens there. */
export const FAILED_IN_ROW_MAX = 20;
export const TARGETS_MAX = 50;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** How long after the start of each attempt the next one is due: twelve attempts within twenty hours. */
const DELAYS_MS = [30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 6 * HOUR];
/** An attempt takes twenty seconds at most; one that has not been heard of for so long was cut off with its worker. */
export const CUT_OFF_MS = 30 * SECOND;

export const ATTEMPTS_MAX = DELAYS_MS.length + 1;

/** Whoever asks for a test wants to know at once, so it is tried once. */
export function attemptsMax(event: NotificationEvent): number {
  return event === 'TEST' ? 1 : ATTEMPTS_MAX;
}

/** When to look at a message again whose n-th attempt starts now: for the next attempt, or, after the last, for whether that was cut off. */
export function delayAfter(attempt: number): number {
  return DELAYS_MS[attempt - 1] ?? CUT_OFF_MS;
}

/** What became of one attempt. */
export type Outcome =
  | { readonly arrived: true; readonly status: number | null }
  | { readonly arrived: false; readonly status: number | null; readonly error: string };
