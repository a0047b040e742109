import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './client.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Connection exceptions, a server that stops, crashed or starts, no place on it; and what the system says of sockets. */
const codes = /^(08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/;
/** The driver's own, which carry no code. */
const words = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** True where the database was not reached, or broke off while it was asked: it ends, starts, or is gone for now. */
export function isOutage(error: unknown): boolean {
  const { code, message, cause } = (error ?? {}) as { code?: unknown; message?: unknown; cause?: unknown };
  if ((typeof code === 'string' && codes.test(code)) || (typeof message === 'string' && words.test(message))) return true;
  return cause !== undefined && isOutage(cause);
}

/** Does something again until the database is there, or the signal says to leave it. Only for what may be done twice. */
export async function patiently<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error)) throw error;
    }
    signal?.throwIfAborted();
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * The database for those who only read and have time, such as subscriptions: a stream that ended with each restart of
 * Postgres would be begun anew by all its readers at once, and not by those who take an error for the end.
 */
export function patient(db: Database): Database {
  const known = patients.get(db);
  if (known) return known;
  const made: Database = { ...db, query: (statement) => patiently(() => db.query(statement)) };
  patients.set(db, made);
  return made;
}

/** One for each, so that its readers know each other's questions. */
const patients = new WeakMap<Database, Database>();
