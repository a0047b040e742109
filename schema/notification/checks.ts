import type { NotificationChannel, NotificationEvent } from '../../prisma/generated/enums.ts';
import { badInput } from '../shared/refusal.ts';
import { requiredText } from '../shared/text.ts';

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
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw badInput('address', 'must be an https or http address such as https://example.com/hook');
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
