import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { beginLate } from './late-begin.ts';
import { ReadPool } from './read-pool.ts';
import { sessionSettings } from './session.ts';
import type { Sql } from './sql.ts';

export type { PrismaClient };

/** Told of a change after it is committed. Topics: `company:<id>`, `run:<id>`, `queue`, `notifications`. A poke carries no data. */
export interface Bus {
  poke(topic: string): void;
}

export interface Database {
  /** Writes, through prisma/transaction.ts, and rare reads. */
  readonly prisma: PrismaClient;
  /** One read statement outside any transaction, as a named prepared statement. */
  query<Row>(statement: Sql): Promise<Row[]>;
  /** A connection of its own for LISTEN and advisory locks; the caller releases it. */
  connect(): Promise<pg.PoolClient>;
  readonly bus: Bus;
  /** How many write transactions may be open at once: fewer than there are connections. */
  readonly writers: number;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connections for transactions and for plain reads, each. */
  connections?: number;
  bus?: Bus;
  /** Called with the text of each statement sent; tests count with it. */
  onStatement?: (text: string) => void;
}

const INT8 = 20;
const DATE = 1082;

/** int8 as BigInt and date as UTC midnight, as Prisma gives them: rows read by either way look the same. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return BigInt;
    if (oid === DATE) return (text: string) => new Date(`${text}T00:00:00Z`);
    return pg.types.getTypeParser(oid, format);
  },
} as pg.CustomTypesConfig;

/**
 * Prepared statements are kept by name on each connection, so a text must always get the same name, and the number of
 * names must be bounded: IN lists and optional filters make new texts.
 */
function statementNames(prefix: string, limit: number): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known) return known;
    if (names.size >= limit) return undefined;
    const name = `${prefix}${names.size}`;
    names.set(text, name);
    return name;
  };
}

/** Opens the database. Two pools, so that reads never queue behind writers and no transaction waits for a second connection. */
export function openDatabase({ url, connections = 8, bus = { poke() {} }, onStatement }: DatabaseOptions): Database {
  const pool = (application_name: string, more: Record<string, string> = {}) => {
    const made = new pg.Pool({ connectionString: url, max: connections, application_name, types, keepAlive: true, pipeline: true });
    made.on('error', () => {}); // an idle connection that breaks is replaced on next use
    made.on('connect', (client) => {
      client.on('error', () => {});
      client.query(sessionSettings(more)).catch(() => {}); // it broke: so will what follows
      if (onStatement) watch(client, onStatement);
    });
    return made;
  };
  const writePool = pool('boardroom-write', { idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION });
  writePool.on('connect', beginLate);
  const readPool = pool('boardroom-read');
  const reads = new ReadPool(readPool);
  const prismaName = statementNames('p', 500);
  const readName = statementNames('r', 500);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(writePool, { statementNameGenerator: (query: { sql: string }) => prismaName(query.sql) as string }),
    transactionOptions: { maxWait: 60_000, timeout: 30_000 },
    // Without the arguments of the call, which may hold secrets of agents: errors go to the log.
    errorFormat: 'minimal',
  });
  return {
    prisma,
    bus,
    writers: Math.max(1, connections - 1),
    async query<Row>(statement: Sql): Promise<Row[]> {
      const text = statement.text;
      const name = readName(text);
      return (await reads.query({ text, values: statement.values as unknown[], ...(name ? { name } : {}) })) as Row[];
    },
    connect: () => readPool.connect(),
    async close() {
      await prisma.$disconnect();
      await Promise.all([writePool.end(), readPool.end()]);
    },
  };
}

/**
 * A process that stands still within a transaction (stopped, suspended, swapped out) would hold its rows, and all live events
 * behind it, for as long. Longer than any pause between two statements of a process that works.
 */
const IDLE_IN_TRANSACTION = '10s';

function watch(client: pg.PoolClient, onStatement: (text: string) => void): void {
  const query = client.query.bind(client) as (...all: unknown[]) => unknown;
  (client as { query: unknown }).query = (...all: unknown[]) => {
    const first = all[0];
    onStatement(typeof first === 'string' ? first : ((first as { text?: string }).text ?? ''));
    return query(...all);
  };
}
