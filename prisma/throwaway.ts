import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, readPostmaster, servesFolder, signalProcess } from './embedded/postmaster.ts';
import { startEmbedded } from './embedded/server.ts';
import { throwawaySettings } from './embedded/settings.ts';
import { startInstalled } from './throwaway/installed.ts';
import { migrate } from './migrate.ts';
import { singleClient } from './single-client.ts';

/** A server for one run of tests or measurements, with a migrated database to copy. */
export interface TestServer {
  url: string;
  template: string;
}

/** A database of a test server. */
export interface TestDatabase {
  url: string;
  drop: () => Promise<void>;
}

const folderPrefix = 'boardroom-test-';

/**
 * Starts a throwaway Postgres, of the programs in BOARDROOM_TEST_POSTGRES_BIN where that names a folder, or uses the one of
 * BOARDROOM_TEST_DATABASE_URL, and prepares the template database.
 */
export async function startTestServer(): Promise<TestServer & { stop: () => Promise<void> }> {
  const external = process.env['BOARDROOM_TEST_DATABASE_URL'];
  const { url, stop } = external ? { url: external, stop: async () => undefined } : await startThrowaway();
  const template = `boardroom_template_${randomBytes(6).toString('hex')}`;
  await ask(url, `CREATE DATABASE ${template}`);
  await migrate(databaseIn(url, template));
  return {
    url,
    template,
    stop: async () => {
      if (external) await ask(url, `DROP DATABASE ${template}`);
      await stop();
    },
  };
}

/** A fresh copy of the template; `empty` leaves the migrations out. */
export async function copyDatabase(server: TestServer, options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const name = `boardroom_test_${randomBytes(6).toString('hex')}`;
  await ask(server.url, `CREATE DATABASE ${name} TEMPLATE ${options.empty ? 'template0' : server.template}`);
  return {
    url: databaseIn(server.url, name),
    drop: () => ask(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** A folder for a server in `postgres`, gone with it when the next run of tests starts, whatever becomes of this one. */
export async function throwawayFolder(): Promise<string> {
  const place = await quickFolder();
  await sweep(place);
  const folder = await mkdtemp(join(place, `${folderPrefix}${process.pid}-`));
  // Root's Postgres runs as somebody else, who has to pass.
  await chmod(folder, 0o711);
  return folder;
}

async function startThrowaway(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await throwawayFolder();
  const bin = process.env['BOARDROOM_TEST_POSTGRES_BIN'];
  const server = bin ? await startInstalled(bin, folder) : await startEmbedded({
    data: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    cache: join(folder, 'cache'),
    port: 0,
    settings: throwawaySettings,
    durable: false,
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Memory where there is enough: copying a database makes hundreds of files, which is 20 times as fast there. */
async function quickFolder(): Promise<string> {
  const memory = '/dev/shm';
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  const usable = bavail * bsize > 2 * 1024 ** 3 && (await access(memory, constants.W_OK).then(() => true, () => false));
  return usable ? memory : tmpdir();
}

/** Ends the servers of test runs that were killed. */
async function sweep(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const owner = Number(new RegExp(`^${folderPrefix}(\\d+)-`).exec(name)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const data = join(place, name, 'postgres');
    const left = await readPostmaster(data);
    if (left && (await servesFolder(left.pid, data))) signalProcess(left.pid, 'SIGQUIT');
    await rm(join(place, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

async function ask(url: string, sql: string): Promise<void> {
  const client = singleClient(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function databaseIn(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href.replaceAll('+', '%20');
}
