import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './client.ts';
import type { Prisma } from './generated/client.ts';

declare const inTransaction: unique symbol;

/** A transaction that `write` opened: nothing else makes one, so a command can not run outside a transaction. */
export type Tx = Prisma.TransactionClient & { readonly [inTransaction]: true };

export interface WriteOptions {
  /**
   * Why the command decides nothing on what it reads, so that READ COMMITTED is enough and nobody is ever made to retry.
   * Without a word here the transaction is serializable.
   */
  decidesNothing?: string;
}

const ATTEMPTS = 12;
/** From this attempt on the transaction has its process to itself: whatever stood in its way so often does so no more. */
const ALONE_FROM = 5;
const touched = new WeakMap<object, Set<string>>();
const gates = new WeakMap<Database, Gate>();

/** Notes a topic that is to be poked once this transaction has committed. */
export function touch(tx: Tx, topic: string): void {
  touched.get(tx)?.add(topic);
}

/**
 * Runs a command in one transaction, again from the start when Postgres could not serialize it, then pokes what it touched.
 * The work must have no effect outside the database.
 */
export async function write<T>(db: Database, work: (tx: Tx) => Promise<T>, options: WriteOptions = {}): Promise<T> {
  const gate = gateOf(db);
  const isolationLevel = options.decidesNothing ? 'ReadCommitted' : 'Serializable';
  for (let attempt = 1; ; attempt += 1) {
    const topics = new Set<string>();
    const places = attempt < ALONE_FROM ? 1 : db.writers;
    await gate.enter(places);
    try {
      const result = await db.prisma.$transaction(
        (client) => {
          const tx = client as Tx;
          touched.set(tx, topics);
          return work(tx);
        },
        { isolationLevel },
      );
      for (const topic of topics) db.bus.poke(topic);
      return result;
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error;
    } finally {
      gate.leave(places);
    }
    await sleep(Math.random() * Math.min(200, 4 * 2 ** attempt));
  }
}

/**
 * Statements of one transaction that do not need each other's answers: sent at once, they take one round trip together. Where
 * one fails the others do too, if only because the transaction is over; told is the one that is the cause.
 */
export async function together<T extends readonly unknown[] | []>(statements: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(statements);
  const errors = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (errors.length > 0) throw errors.find((error) => !isAftermath(error)) ?? errors[0];
  return settled.map((each) => (each as PromiseFulfilledResult<unknown>).value) as { -readonly [K in keyof T]: Awaited<T[K]> };
}

/** 25P02: refused because an earlier statement of the transaction has failed. */
function isAftermath(error: unknown): boolean {
  const { cause, meta } = error as { cause?: { originalCode?: string }; meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return (meta?.driverAdapterError?.cause ?? cause)?.originalCode === '25P02';
}

/**
 * True where Postgres gave up a transaction that may succeed when run again (40001, 40P01). Prisma reports one found by a
 * model call as P2034, by raw SQL as P2010 with the code inside, and one found at commit as the driver's own error.
 */
export function isConflict(error: unknown): boolean {
  const { code, cause, meta } = error as {
    code?: string;
    cause?: { kind?: string; originalCode?: string };
    meta?: { driverAdapterError?: { cause?: { originalCode?: string; kind?: string } } };
  };
  if (code === 'P2034') return true;
  const inner = meta?.driverAdapterError?.cause ?? cause;
  return (
    inner?.kind === 'TransactionWriteConflict' || inner?.originalCode === '40001' || inner?.originalCode === '40P01' ||
    code === '40001' || code === '40P01'
  );
}

/** The name of the unique index that was violated, or null where the error is another. */
export function violatedUnique(error: unknown): string | null {
  const { code, meta } = error as {
    code?: string;
    meta?: { driverAdapterError?: { cause?: { constraint?: { index?: string; fields?: string[] }; originalCode?: string; originalMessage?: string } } };
  };
  const cause = meta?.driverAdapterError?.cause;
  if (code !== 'P2002' && cause?.originalCode !== '23505') return null;
  return cause?.constraint?.index ?? cause?.constraint?.fields?.join(',') ?? cause?.originalMessage ?? '';
}

/** First come, first served: waiting here instead of in Prisma, whose own wait ends in an error. */
class Gate {
  private free: number;
  private readonly waiting: { places: number; enter: () => void }[] = [];
  constructor(places: number) {
    this.free = places;
  }
  async enter(places: number): Promise<void> {
    if (this.waiting.length === 0 && this.free >= places) this.free -= places;
    else await new Promise<void>((resolve) => this.waiting.push({ places, enter: resolve }));
  }
  leave(places: number): void {
    this.free += places;
    for (let next = this.waiting[0]; next && next.places <= this.free; next = this.waiting[0]) {
      this.waiting.shift();
      this.free -= next.places;
      next.enter();
    }
  }
}

function gateOf(db: Database): Gate {
  const known = gates.get(db);
  if (known) return known;
  const made = new Gate(db.writers);
  gates.set(db, made);
  return made;
}
