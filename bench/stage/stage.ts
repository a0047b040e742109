import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, type BenchPostgres } from './postgres.ts';
import { type Dataset, seed } from './seed.ts';
import { type BenchServer, startServer } from './servers.ts';

/** A company of a size, and the three servers over it: Boardroom's api and the two baselines. */
export interface Stage {
  data: Dataset;
  url: string;
  servers: Record<'boardroom' | 'yoga' | 'node', BenchServer>;
  /** Work that the servers have done for a while. */
  warmed: Set<string>;
  close(): Promise<void>;
}

/**
 * Seeds a database and starts the servers. As right after an import, no table is analysed or vacuumed until `settle`, whatever
 * the time: autovacuum would come in its own minute, sometimes before the measurement and sometimes after.
 */
export async function openStage(postgres: BenchPostgres, issues: number): Promise<Stage & { settle(): Promise<void> }> {
  const name = `bench_${issues}`;
  const url = await postgres.database(name);
  const home = join(postgres.folder, name);
  await everyTable(url, (table) => `ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
  const data = await seed(url, issues);
  const environment = { DATABASE_URL: url, BOARDROOM_HOME: home };
  const [boardroom, yoga, node] = await Promise.all([startServer('api', environment), startServer('yoga', environment), startServer('node', environment)]);
  const servers = { boardroom, yoga, node };
  return {
    data, url, servers, warmed: new Set(),
    async settle() {
      await everyTable(url, (table) => `ALTER TABLE ${table} RESET (autovacuum_enabled)`);
      await ask(url, 'VACUUM ANALYZE');
      await ask(url, 'CHECKPOINT');
    },
    async close() {
      await Promise.all(Object.values(servers).map((server) => server.stop()));
      await postgres.drop(name);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function everyTable(url: string, statement: (table: string) => string): Promise<void> {
  const tables = await ask(url, "SELECT format('%I', relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
  for (const { name } of tables) await ask(url, statement(String(name)));
}
