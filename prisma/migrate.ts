import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { DatabaseProblem } from './problem.ts';
import { sessionSettings } from './session.ts';
import { singleClient } from './single-client.ts';

export const migrationsFolder = fileURLToPath(new URL('./migrations/', import.meta.url));

/** The lock that Prisma's own tools take, so that they and Boardroom exclude each other too. */
const migrationLock = 72707369;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Brings the database up to the code and returns the names of the migrations it applied. Several processes may call it
 * at once. It writes the table that Prisma's tools write, but loads none of them: this runs at every start.
 */
export async function migrate(url: string, folder: string = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = singleClient(url, 'boardroom migrate');
  await client.connect().catch((error: unknown) => {
    throw unreachable(error, url);
  });
  try {
    await refuseUnfit(client);
    await client.query(sessionSettings());
    // Held by the session, so it falls with the connection whatever happens here.
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const history = await readHistory(client).catch((error: unknown) => {
      throw refusedRight(error, 'keep its list of migrations') ?? error;
    });
    const waiting = unapplied(migrations, history);
    await refuseLackingExtensions(client, waiting);
    for (const migration of waiting) await apply(client, migration);
    await continueLog(client);
    return waiting.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/**
 * The log is ordered by the numbers of transactions. A database that was dumped and restored has a server that counts from the
 * beginning again: what it writes is then counted on from the last row, before anything is written.
 */
async function continueLog(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT to_regprocedure('log_txid(xid8)') AS counts");
  if (rows[0].counts === null) return;
  await client.query(`
    UPDATE instance SET txid_offset = txid_offset + last.txid + 1 - log_txid(pg_snapshot_xmax(pg_current_snapshot()))
    FROM (SELECT max(greatest(v.txid, s.txid)) AS txid FROM company c
      LEFT JOIN LATERAL (SELECT txid FROM activity WHERE company_id = c.id ORDER BY txid DESC, seq DESC LIMIT 1) v ON true
      LEFT JOIN LATERAL (SELECT last_txid AS txid FROM activity_seal WHERE company_id = c.id ORDER BY number DESC LIMIT 1) s ON true) last
    WHERE last.txid >= log_txid(pg_snapshot_xmax(pg_current_snapshot()))`);
}

/** The migrations of a folder, oldest first. */
export async function readMigrations(folder: string = migrationsFolder): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function unreachable(error: unknown, url: string): DatabaseProblem {
  const { host, pathname } = new URL(url);
  const { code, message } = error as { code?: string; message?: string };
  return new DatabaseProblem(
    `The database ${pathname.slice(1)} at ${host} cannot be opened (${message || code}). Check DATABASE_URL and that the server runs.`,
    { cause: error },
  );
}

async function refuseUnfit(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string; database: string }>(
    "SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding, current_database() AS database",
  );
  const { version = '', encoding, database } = rows[0] ?? {};
  if (Number.parseInt(version, 10) < 14) {
    throw new DatabaseProblem(`The database server is Postgres ${version}; Boardroom needs 14 or newer.`);
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseProblem(
      `The database "${database}" keeps text as ${encoding}; nothing was changed. Give Boardroom one that keeps it as UTF8 ` +
        "(CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8').",
    );
  }
}

/** Looked up and not read off the error, whose words depend on the server's version and language. */
async function refuseLackingExtensions(client: pg.Client, waiting: Migration[]): Promise<void> {
  const named = waiting.flatMap(({ sql }) => [...sql.matchAll(/^CREATE EXTENSION IF NOT EXISTS "(\w+)"/gm)].map((match) => match[1]));
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE name NOT IN (SELECT name FROM pg_available_extensions)', [named],
  );
  if (rows.length === 0) return;
  const lacking = rows.map(({ name }) => name).join(', ');
  throw new DatabaseProblem(
    `The database server lacks ${rows.length === 1 ? 'the extension' : 'the extensions'} ${lacking}, which Postgres' contrib package brings ` +
      '(postgresql-contrib). Install it there and start again. Nothing was changed.',
  );
}

async function readHistory(client: pg.Client): Promise<AppliedMigration[]> {
  const known = await client.query("SELECT to_regclass('_prisma_migrations') AS history");
  if (known.rows[0].history === null) {
    await refuseForeignTables(client);
    await client.query(`CREATE TABLE _prisma_migrations (
      id varchar(36) PRIMARY KEY NOT NULL,
      checksum varchar(64) NOT NULL,
      finished_at timestamptz,
      migration_name varchar(255) NOT NULL,
      logs text,
      rolled_back_at timestamptz,
      started_at timestamptz NOT NULL DEFAULT now(),
      applied_steps_count integer NOT NULL DEFAULT 0)`);
  }
  const { rows } = await client.query<AppliedMigration>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows;
}

async function refuseForeignTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ database: string; tablename: string }>(
    'SELECT current_database() AS database, tablename FROM pg_tables WHERE schemaname = current_schema() LIMIT 1',
  );
  const found = rows[0];
  if (found) {
    throw new DatabaseProblem(
      `The database "${found.database}" holds tables of something else ("${found.tablename}"); ` +
        'nothing was changed. Give Boardroom a database of its own.',
    );
  }
}

function unapplied(migrations: Migration[], history: AppliedMigration[]): Migration[] {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const applied of history) {
    const migration = byName.get(applied.migration_name);
    if (!migration) {
      throw new DatabaseProblem(
        `The database is newer than this Boardroom: it knows the migration ${applied.migration_name}, which this ` +
          'version does not have. Nothing was changed. Start the newer version.',
      );
    }
    if (!applied.finished_at) {
      throw new DatabaseProblem(
        `The migration ${applied.migration_name} was left unfinished by another tool. Nothing was changed.`,
      );
    }
    if (applied.checksum !== migration.checksum) {
      throw new DatabaseProblem(
        `The migration ${applied.migration_name} was edited after it had been applied to this database. Nothing was ` +
          'changed. Restore the file and put the change into a new migration.',
      );
    }
  }
  const done = new Set(history.map((applied) => applied.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw explain(error, migration);
  }
}

function explain(error: unknown, migration: Migration): Error {
  const { message } = error as pg.DatabaseError;
  const refused = refusedRight(error, `apply the migration ${migration.name}`);
  if (refused) return refused;
  return new DatabaseProblem(`The migration ${migration.name} failed and was rolled back: ${message}`, {
    cause: error,
  });
}

function refusedRight(error: unknown, task: string): DatabaseProblem | undefined {
  const { code, message } = error as pg.DatabaseError;
  if (code !== '42501') return undefined;
  return new DatabaseProblem(
    `The database user may not ${task} (${message}). Nothing was changed. Make it the owner of the database.`,
    { cause: error },
  );
}
