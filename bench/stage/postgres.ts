import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../prisma/embedded/server.ts';
import { migrate } from '../../prisma/migrate.ts';

/** A Postgres as the product starts it (same settings, fsync on), on a folder that goes with it. */
export interface BenchPostgres {
  url: string;
  pid: number;
  folder: string;
  version: string;
  /** A new, migrated database. */
  database(name: string): Promise<string>;
  drop(name: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<BenchPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'boardroom-bench-'));
  await chmod(folder, 0o711);
  const server = await startEmbedded({ data: join(folder, 'postgres'), log: join(folder, 'postgres.log'), cache: join(folder, 'cache'), port: 0 });
  const [{ version }] = (await ask(server.url, "SELECT current_setting('server_version') AS version")) as [{ version: string }];
  return {
    url: server.url, pid: server.pid, folder, version,
    async database(name) {
      await ask(server.url, `CREATE DATABASE ${name}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      const text = url.href.replaceAll('+', '%20');
      await migrate(text);
      return text;
    },
    async drop(name) {
      await ask(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function ask(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text, values).finally(() => client.end());
  return rows;
}
