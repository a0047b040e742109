import { createServer } from 'node:http';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../../prisma/embedded/testing.ts';
import { isAlive, readPostmaster } from '../../prisma/embedded/postmaster.ts';
import { testDatabase } from '../../prisma/testing.ts';
import { readConfig } from '../config.ts';
import { supervise, type Installation } from './supervisor.ts';

const file = fileURLToPath(new URL('./fixtures/process.ts', import.meta.url));

async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'boardroom home '));
  await chmod(home, 0o711);
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

async function start(home: string, environment: NodeJS.ProcessEnv = {}, manner = 'steady'): Promise<Installation & { said: string[] }> {
  const said: string[] = [];
  const config = readConfig(['--home', home, '--port', environment['BOARDROOM_PORT'] ?? '0'], environment, '/nonexistent/.env');
  const installation = await supervise(config, { say: (line) => said.push(line), processes: [{ name: 'api', file, args: [manner] }] });
  onTestFinished(() => installation.stop());
  return { ...installation, said };
}

/** Processes that work in a folder, as those of Postgres do in their data. */
async function livingIn(folder: string): Promise<string[]> {
  const real = await realpath(folder);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, index) => folders[index] === real);
}

async function settingsAt(address: string): Promise<{ pid: number; databaseUrl: string; apiUrl: string }> {
  return (await fetch(address)).json() as Promise<{ pid: number; databaseUrl: string; apiUrl: string }>;
}

test('starts everything on a migrated database and stops without leaving a process', async () => {
  const home = await temporaryHome();
  const boardroom = await start(home);
  const { pid, databaseUrl, apiUrl } = await settingsAt(boardroom.address);
  expect(apiUrl).toBe(boardroom.address);
  expect(await ask(databaseUrl, 'SELECT name FROM board_user')).toEqual([{ name: 'Board' }]);
  const postgres = await readPostmaster(join(home, 'postgres'));
  await boardroom.stop();
  expect([pid, postgres?.pid ?? 0].map(isAlive)).toEqual([false, false]);
  await expect(start(home)).resolves.toBeTruthy();
});

test('Postgres is started again after kill -9, at the same address', async () => {
  const home = await temporaryHome();
  const boardroom = await start(home);
  const { databaseUrl } = await settingsAt(boardroom.address);
  const killed = (await readPostmaster(join(home, 'postgres')))?.pid ?? 0;
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => ask(databaseUrl, 'SELECT 1 AS one').catch(() => 'down'), { timeout: 60_000 }).toEqual([{ one: 1 }]);
  expect(boardroom.said).toContain('Postgres ended; starting it again');
});

test('Postgres that is killed while everything starts, or stops, is neither the end nor left behind', async () => {
  const home = await temporaryHome();
  const killer = setInterval(() => void kill(), 40);
  let kills = 0;
  const kill = async () => {
    const found = await readPostmaster(join(home, 'postgres'));
    if (found && found.pid !== killed && isAlive(found.pid) && kills < 4) {
      killed = found.pid;
      kills += 1;
      process.kill(killed, 'SIGKILL');
    }
  };
  let killed = 0;
  const boardroom = await start(home);
  clearInterval(killer);
  expect(kills).toBeGreaterThan(0);
  expect((await fetch(boardroom.address)).ok).toBe(true);
  const last = await readPostmaster(join(home, 'postgres'));
  process.kill(last?.pid ?? 0, 'SIGKILL');
  await boardroom.stop();
  expect(await livingIn(join(home, 'postgres'))).toEqual([]);
});

test('a start that is given up leaves nothing behind', async () => {
  const home = await temporaryHome();
  const given = new AbortController();
  const config = readConfig(['--home', home, '--port', '0'], {}, '/nonexistent/.env');
  const started = supervise(config, { say: () => undefined, signal: given.signal, processes: [{ name: 'api', file, args: ['silent'] }] });
  await expect.poll(() => readPostmaster(join(home, 'postgres')), { timeout: 60_000 }).toBeTruthy();
  given.abort(new Error('enough'));
  await expect(started).rejects.toThrow('enough');
  expect(await livingIn(join(home, 'postgres'))).toEqual([]);
});

test('a database of the user is migrated and used in place of the embedded one', async () => {
  const { url, drop } = await testDatabase({ empty: true });
  onTestFinished(drop);
  const boardroom = await start(await temporaryHome(), { DATABASE_URL: url });
  expect((await settingsAt(boardroom.address)).databaseUrl).toBe(url);
  expect(await ask(url, 'SELECT name FROM board_user')).toEqual([{ name: 'Board' }]);
});

test('a port that is taken is refused, with the way out', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(start(await temporaryHome(), { BOARDROOM_PORT: String(port) })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another program; choose one with --port`,
  );
  other.close();
});

test('what was started is stopped again when a process cannot start', async () => {
  const home = await temporaryHome();
  await expect(start(home, {}, 'failing')).rejects.toThrow('The api cannot start (ended with code 3).');
  expect(await readPostmaster(join(home, 'postgres'))).toBeUndefined();
});
