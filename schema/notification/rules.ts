import type { NotificationChannel, NotificationEvent } from '../../prisma/generated/enums.ts';
import { badInput } from '../shared/refusal.ts';
import { valueWithoutSecrets } from '../shared/secrets.ts';
import { clip, requiredText } from '../shared/text.ts';

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
/** An attempt takes ten seconds at most; one that has not been heard of for so long was cut off with its worker. */
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

const TEXT_MAX = 500;

type Plain = string | number | boolean | null | undefined | Plain[] | { [key: string]: Plain };

/** What is told: without what looks like a secret, and each text cut to what a message has room for. */
export function tellable<Payload extends object>(payload: Payload): Payload {
  return clipped(valueWithoutSecrets(payload) as Plain) as Payload;
}

function clipped(value: Plain): Plain {
  if (typeof value === 'string') return clip(value, TEXT_MAX);
  if (Array.isArray(value)) return value.map(clipped);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clipped(each)]));
}

const ADDRESS_MAX = 2_000;
const MAILBOX_MAX = 254;
/** One mailbox, without a name or a list: what is between quotes may hold anything, so quotes are not taken. */
const MAILBOX = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;

/** The address as it is stored, or a refusal that says what is wrong with it. */
export function checkedAddress(channel: NotificationChannel, address: string): string {
  if (channel === 'EMAIL') {
    const mailbox = requiredText('address', address, MAILBOX_MAX);
    if (!MAILBOX.test(mailbox)) throw badInput('address', 'must be one mailbox such as board@example.com');
    return mailbox;
  }
  const text = requiredText('address', address, ADDRESS_MAX);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw badInput('address', 'must be an address such as https://example.com/hook');
  if (url.username || url.password) throw badInput('address', 'must not carry a user or password; the receiver checks the signature');
  url.hash = '';
  return url.href;
}

/** What a target wants to hear of: at least one, each once, and no tests, which come when asked for. */
export function checkedEvents(events: readonly NotificationEvent[]): NotificationEvent[] {
  if (events.length === 0) throw badInput('events', 'must not be empty');
  if (events.includes('TEST')) throw badInput('events', 'a test comes when it is asked for');
  return [...new Set(events)];
}

/** An address for eyes that may not see it: webhooks often carry a secret in their path. */
export function hostOf(channel: NotificationChannel, address: string): string {
  return channel === 'EMAIL' ? (address.split('@')[1] ?? '') : new URL(address).host;
}

/** What became of one attempt. */
export type Outcome =
  | { readonly arrived: true; readonly status: number | null }
  | { readonly arrived: false; readonly status: number | null; readonly error: string };

export const ERROR_MAX = 300;

/** What of an error is kept: one line that Postgres can take. */
export function keptError(error: string): string {
  // oxlint-disable-next-line no-control-regex
  return clip(error.toWellFormed().replace(/[\u0000-\u001f\u007f]+/g, ' ').trim(), ERROR_MAX);
}
