import type { Bus } from '../../prisma/client.ts';
import type { Live, Wakes } from '../../schema/context.ts';

/** Carries pokes to other processes, and theirs here. */
export interface Transport {
  /** Sends topics to all other processes. Never throws: a lost poke costs its readers a moment, never data. */
  send(topics: string[]): void;
  close(): Promise<void>;
}

/** Topics go out at once, and then at most so often: one message for a burst, and no NOTIFY inside busy transactions. */
const GATHER_MS = 4;
/** A reader looks by itself this often, in case a poke was lost. */
const SLOW_POLL_MS = 10_000;

/** Tells readers in this process, and through a transport in all others, that something has happened on a topic. */
export class LiveBus implements Bus, Live {
  private readonly readers = new Map<string, Set<Reader>>();
  private readonly listeners = new Set<(topic: string) => void>();
  private readonly outgoing = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private sentAt = 0;
  private transport: Transport | null = null;
  private slowPoll: NodeJS.Timeout | null = null;

  attach(transport: Transport): void {
    this.transport = transport;
  }

  poke(topic: string): void {
    this.deliver(topic);
    this.outgoing.add(topic);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.sentAt = performance.now();
      const topics = [...this.outgoing];
      this.outgoing.clear();
      this.transport?.send(topics);
    }, Math.max(0, this.sentAt + GATHER_MS - performance.now()));
  }

  /** A poke that came from elsewhere. */
  deliver(topic: string): void {
    for (const listener of this.listeners) listener(topic);
    const readers = this.readers.get(topic);
    if (!readers) return;
    for (const reader of readers) reader.wake();
  }

  /** Everybody looks: after a connection was lost, nobody knows what was missed. */
  deliverAll(): void {
    for (const listener of this.listeners) listener('*');
    for (const readers of this.readers.values()) for (const reader of readers) reader.wake();
  }

  /** Hears every topic as it is poked, here or elsewhere; `*` means that any may have been. Answers how to stop. */
  listen(listener: (topic: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  open(topic: string): Wakes {
    const reader = new Reader(() => this.drop(topic, reader));
    const readers = this.readers.get(topic) ?? new Set();
    this.readers.set(topic, readers.add(reader));
    this.slowPoll ??= setInterval(() => this.deliverAll(), SLOW_POLL_MS);
    return reader;
  }

  async close(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    if (this.slowPoll) clearInterval(this.slowPoll);
    for (const readers of [...this.readers.values()]) for (const reader of [...readers]) reader.close();
    await this.transport?.close();
  }

  private drop(topic: string, reader: Reader): void {
    const readers = this.readers.get(topic);
    readers?.delete(reader);
    if (readers?.size === 0) this.readers.delete(topic);
    if (this.readers.size === 0 && this.slowPoll) {
      clearInterval(this.slowPoll);
      this.slowPoll = null;
    }
  }
}

class Reader implements Wakes {
  private woken = false;
  private closed = false;
  private waiting: ((open: boolean) => void) | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly onClose: () => void;
  constructor(onClose: () => void) {
    this.onClose = onClose;
  }

  wake(): void {
    if (this.waiting) this.settle(true);
    else this.woken = true;
  }

  next(): Promise<boolean> {
    if (this.closed) return Promise.resolve(false);
    if (this.woken) {
      this.woken = false;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  within(ms: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), ms);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.onClose();
    if (this.waiting) this.settle(false);
  }

  private settle(open: boolean): void {
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.(open);
  }
}
