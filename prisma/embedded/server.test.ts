import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postgresAccount } from './account.ts';
import { isAlive } from './postmaster.ts';
import { ask, startIn, temporaryHome } from './testing.ts';

const asRoot = process.getuid?.() === 0;

test('starts in a folder with spaces, keeps what was stored, leaves no process', async () => {
  const home = await temporaryHome();
  const first = await startIn(home);
  expect(first).toMatchObject({ created: true, adopted: false });
  await ask(first.url, "CREATE TABLE kept AS SELECT 'ÉTÉ' AS word");
  await first.stop();
  await first.ended;
  expect(isAlive(first.pid)).toBe(false);

  const second = await startIn(home);
  expect(second).toMatchObject({ created: false, adopted: false });
  expect(await ask(second.url, "SELECT word FROM kept WHERE word ILIKE '%été%'")).toEqual([{ word: 'ÉTÉ' }]);
});

test('needs no locale of the system', async () => {
  const [lang, all] = [process.env['LANG'], process.env['LC_ALL']];
  process.env['LANG'] = 'xx_YY.UTF-8';
  process.env['LC_ALL'] = 'xx_YY.UTF-8';
  try {
    const { url } = await startIn(await temporaryHome());
    expect(await ask(url, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  } finally {
    process.env['LANG'] = lang;
    process.env['LC_ALL'] = all;
    if (lang === undefined) delete process.env['LANG'];
    if (all === undefined) delete process.env['LC_ALL'];
  }
});

test('keeps strangers out: the socket lies in a closed folder and loopback wants the password', async () => {
  const server = await startIn(await temporaryHome());
  expect((await stat(server.data)).mode & 0o777).toBe(0o700);
  const stranger = new URL(server.url);
  stranger.searchParams.delete('host');
  await expect(ask(stranger.href, 'SELECT 1')).resolves.toHaveLength(1);
  stranger.password = 'guess';
  await expect(ask(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
});

test('after kill -9 the next start recovers what was committed', async () => {
  const home = await temporaryHome();
  const killed = await startIn(home);
  await ask(killed.url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
  process.kill(killed.pid, 'SIGKILL');
  await killed.ended;
  const next = await startIn(home);
  expect(next.adopted).toBe(false);
  expect(await ask(next.url, 'SELECT count(*)::int FROM kept')).toEqual([{ count: 1000 }]);
});

test('waits for what a killed server left working before it starts another', async () => {
  const home = await temporaryHome();
  const killed = await startIn(home);
  await ask(killed.url, 'CREATE TABLE seen (at timestamptz)');
  const busy = ask(killed.url, 'SELECT count(*) FROM generate_series(1, 4000000) n WHERE n % 7 = 3').catch(() => undefined);
  await expect.poll(() => ask(killed.url, "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%4000000%' AND state = 'active' AND pid <> pg_backend_pid()"), { timeout: 60_000 }).toHaveLength(1);
  process.kill(killed.pid, 'SIGKILL');
  const next = await startIn(home);
  expect(await ask(next.url, 'SELECT count(*)::int FROM seen')).toEqual([{ count: 0 }]);
  await busy;
});

/** Leaves the locks of a stopped server behind, as if its process had had this number. */
async function leaveLocks(home: string, pid: number): Promise<number> {
  const before = await startIn(home);
  const files = ['postmaster.pid', `.s.PGSQL.${before.port}.lock`].map((name) => join(before.data, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  await before.stop();
  const account = postgresAccount();
  for (const [index, file] of files.entries()) {
    await writeFile(file, (texts[index] ?? '').replace(/^\d+/, String(pid)), { mode: 0o600 });
    if (account.dropped) await chown(file, account.uid, account.gid);
  }
  return before.port;
}

test('locks of a dead server whose number now belongs to something else do no harm', async () => {
  const home = await temporaryHome();
  const { dropped, uid } = postgresAccount();
  const stranger = spawn('sleep', ['60'], dropped ? { uid } : {});
  await once(stranger, 'spawn');
  const port = await leaveLocks(home, stranger.pid ?? 0);
  expect(await startIn(home, { port })).toMatchObject({ adopted: false, port });
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
  stranger.kill();
});

test('a killed server that nobody has collected yet does not stop the next', async () => {
  const home = await temporaryHome();
  // A shell that never waits for its children keeps the dead one in the process table.
  const keeper = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(keeper.stdout, 'data')) as [Buffer];
  const port = await leaveLocks(home, Number(line.toString()));
  expect(await startIn(home, { port })).toMatchObject({ adopted: false, port });
  keeper.kill();
});

test('a server that runs already is adopted, and its end is noticed', async () => {
  const home = await temporaryHome();
  const left = await startIn(home);
  const adopter = await startIn(home);
  expect(adopter).toMatchObject({ pid: left.pid, port: left.port, url: left.url, adopted: true });
  process.kill(left.pid, 'SIGKILL');
  await adopter.ended;
});

test('a port that is taken is replaced, and the person is told', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const server = await startIn(await temporaryHome(), { port });
  expect(server.port).not.toBe(port);
  expect(server.notes).toContain(`Port ${port} is taken: Postgres listens on ${server.port}`);
  taken.close();
});

test('a path too long for a socket is served over loopback', async () => {
  const home = join(await temporaryHome(), 'long'.repeat(25));
  await mkdir(home);
  const server = await startIn(home);
  expect(new URL(server.url).searchParams.has('host')).toBe(false);
  expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test.runIf(asRoot)('started by root, it runs as somebody else and says who', async () => {
  const account = postgresAccount();
  const server = await startIn(await temporaryHome());
  expect((await stat(`/proc/${server.pid}`)).uid).toBe(account.uid);
  expect(account.uid).not.toBe(0);
  expect(server.notes[0]).toContain(account.name);
});
