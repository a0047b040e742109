import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { singleClient } from '../single-client.ts';
import { startEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from './server.ts';

/** A home folder for one test, in a path with spaces, gone when the test ends. */
export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'boardroom home '));
  await chmod(home, 0o711);
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

/** Starts the server of a home; it is stopped before the home goes. */
export async function startIn(home: string, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({
    data: join(home, 'postgres'), log: join(home, 'postgres.log'), cache: join(home, 'cache'), port: 0, ...more,
  });
  onTestFinished(() => server.stop());
  return server;
}

/** Runs one statement on a connection of its own. */
export async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = singleClient(url);
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}
