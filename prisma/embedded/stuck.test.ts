import { existsSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { singleClient } from '../single-client.ts';
import { isAlive } from './postmaster.ts';
import type { EmbeddedPostgres } from './server.ts';
import { endWhenStuck } from './stuck.ts';
import { ask, startIn, temporaryHome } from './testing.ts';

const hasList = existsSync(`/proc/${process.pid}/task/${process.pid}/children`);

/** Kills a backend and then what recovers from that: the server lives on and will never answer again. */
async function makeStuck({ url, pid }: EmbeddedPostgres): Promise<void> {
  await ask(url, "CREATE TABLE IF NOT EXISTS ballast AS SELECT repeat('x', 500) FROM generate_series(1, 20000)");
  const client = singleClient(url);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ backend: number }>('SELECT pg_backend_pid() AS backend');
  process.kill(rows[0]?.backend ?? 0, 'SIGKILL');
  for (;;) {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    const recovering = children.find((child) => titleOf(child).startsWith('postgres: startup'));
    if (recovering !== undefined) return void process.kill(recovering, 'SIGKILL');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test.runIf(hasList)('a Postgres whose recovery was killed is ended, so that it can be started again', async () => {
  const home = await temporaryHome();
  const server = await startIn(home);
  await makeStuck(server);
  const watching = new AbortController();
  onTestFinished(() => watching.abort());
  await endWhenStuck(server.pid, watching.signal);
  await server.ended;
  const next = await startIn(home);
  expect(await ask(next.url, 'SELECT count(*)::int AS rows FROM ballast')).toEqual([{ rows: 20000 }]);
});

test.runIf(hasList)('such a Postgres, left by a Boardroom that was killed, is replaced', async () => {
  const home = await temporaryHome();
  const server = await startIn(home);
  await makeStuck(server);
  const next = await startIn(home);
  expect(next.pid).not.toBe(server.pid);
  expect(await ask(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test.runIf(hasList)('one that serves is left alone', async () => {
  const server = await startIn(await temporaryHome());
  const watching = new AbortController();
  const watched = endWhenStuck(server.pid, watching.signal);
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  expect(isAlive(server.pid)).toBe(true);
  watching.abort();
  await watched;
});
