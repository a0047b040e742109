import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import { patiently } from '../../../prisma/outage.ts';
import { write } from '../../../prisma/transaction.ts';
import { claimDeliveries, type ClaimedDelivery, cutOffDeliveries, nextDelivery } from '../../../schema/notification/commands/claim-deliveries.ts';
import { settleDelivery } from '../../../schema/notification/commands/settle-delivery.ts';
import type { Outcome } from '../../../schema/notification/rules.ts';
import { signatureOf, signingKeyOf } from '../../../schema/notification/signing.ts';
import { Nudge } from '../engine/nudge.ts';
import type { Log } from '../engine/resources.ts';
import { type MailSettings, sendMail } from './mail.ts';
import { bodyOf, mailOf } from './message.ts';
import { postWebhook } from './webhook.ts';

/** So many are on their way at once, and so many of them to one target. */
const ON_THE_WAY_MAX = 10;
const PER_TARGET = 2;
/** How often the messages are looked at where nobody said that there is one: a poke may be lost. */
const POLL_MS = 5_000;
const FAULT_PAUSE_MS = 1_000;
/** A stop waits so long for what is on its way; what is cut off is sent again by the next worker. */
const STOP_MS = 3_000;

export interface CourierParts {
  db: Database;
  log: Log;
  instanceKey: Uint8Array;
  /** Where the board is reached, without a trailing slash. */
  boardUrl: string;
  allowsPrivate: boolean;
  mail: MailSettings | null;
}

/**
 * Sends what is to be told to people outside, from the moment it is committed. A loop and no job of the scheduler's: that works one
 * job at a time, and a receiver may take ten seconds to answer. Any number of workers may do it at once.
 */
export class Courier {
  readonly #parts: CourierParts;
  readonly #nudge = new Nudge();
  readonly #onTheWay = new Map<string, { targetId: string; done: Promise<void> }>();
  #isClosed = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop = this.#work();
  }

  /** There may be something to send. */
  wake(): void {
    this.#nudge.poke();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#nudge.poke();
    await this.#loop;
    await Promise.race([Promise.all([...this.#onTheWay.values()].map(({ done }) => done)), sleep(STOP_MS, undefined, { ref: false })]);
  }

  async #work(): Promise<void> {
    while (!this.#isClosed) {
      try {
        const next = await nextDelivery(this.#parts.db);
        const waitMs = next ? next.getTime() - now().getTime() : POLL_MS;
        // What is due and cannot be taken goes to a target that is busy; its end wakes this.
        if (waitMs > 0 || !(await this.#take())) await this.#nudge.next(waitMs > 0 ? Math.min(waitMs, POLL_MS) : POLL_MS);
      } catch (error) {
        this.#parts.log.warn({ error }, 'notifications could not be read; trying again');
        await this.#nudge.next(FAULT_PAUSE_MS);
      }
    }
  }

  async #take(): Promise<boolean> {
    const { db } = this.#parts;
    const limit = ON_THE_WAY_MAX - this.#onTheWay.size;
    const taken = limit > 0 ? await claimDeliveries(db, { limit, perTarget: PER_TARGET, busy: this.#busyTargets() }) : [];
    for (const delivery of taken) this.#set(delivery);
    const lost = await cutOffDeliveries(db);
    for (const { id, attempts } of lost) await this.#settle(id, attempts, { arrived: false, status: null, error: 'the last attempt was cut off; whether it arrived is not known' });
    return taken.length + lost.length > 0;
  }

  /** A target gets nothing more until all that is on the way to it has ended, so what is taken at once is the most it has. */
  #busyTargets(): string[] {
    return [...new Set([...this.#onTheWay.values()].map(({ targetId }) => targetId))];
  }

  #set(delivery: ClaimedDelivery): void {
    const { id, attempts, targetId } = delivery;
    const done = this.#send(delivery)
      .then((outcome) => this.#settle(id, attempts, outcome))
      .catch((error: unknown) => this.#parts.log.warn({ error, deliveryId: id }, 'what became of a notification could not be stored; it will be sent again'))
      .finally(() => {
        this.#onTheWay.delete(id);
        this.#nudge.poke();
      });
    this.#onTheWay.set(id, { targetId, done });
  }

  async #send(delivery: ClaimedDelivery): Promise<Outcome> {
    const { boardUrl, allowsPrivate, instanceKey, mail } = this.#parts;
    const { id, event, channel, address, targetId, keyVersion } = delivery;
    if (channel === 'EMAIL') {
      if (!mail) return { arrived: false, status: null, error: 'no mail server is set (BOARDROOM_SMTP_URL, BOARDROOM_MAIL_FROM)' };
      return sendMail(mail, { id, to: address, ...mailOf(delivery, boardUrl) });
    }
    const body = bodyOf(delivery, boardUrl);
    const signature = signatureOf(signingKeyOf(instanceKey, { id: targetId, keyVersion }), body, new Date());
    return postWebhook({
      address, body, allowsPrivate,
      headers: { 'content-type': 'application/json', 'user-agent': 'Boardroom', 'boardroom-signature': signature, 'boardroom-delivery': id, 'boardroom-event': event },
    });
  }

  #settle(deliveryId: string, attempt: number, outcome: Outcome): Promise<void> {
    const { db } = this.#parts;
    return patiently(() => write(db, (tx) => settleDelivery(tx, { deliveryId, attempt, outcome })));
  }
}
