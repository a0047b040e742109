import { chmod, chown, lstat, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DatabaseProblem } from '../problem.ts';
import { postgresAccount, userName } from './account.ts';
import { ask, startIn, temporaryHome } from './testing.ts';

const asRoot = process.getuid?.() === 0;

/** A data folder with these files, owned by whoever Postgres would run as. */
async function folderWith(files: Record<string, string>): Promise<{ home: string; data: string }> {
  const home = await temporaryHome();
  const data = join(home, 'postgres');
  await mkdir(data, { mode: 0o700 });
  const { uid, gid } = postgresAccount();
  for (const [name, text] of Object.entries(files)) await writeFile(join(data, name), text);
  if (asRoot) for (const path of ['', ...Object.keys(files)]) await chown(join(data, path), uid, gid);
  return { home, data };
}

async function refusal(home: string): Promise<string> {
  const error: unknown = await startIn(home).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseProblem);
  return (error as Error).message;
}

test('a folder of an older Postgres is refused and left as it is', async () => {
  const { home, data } = await folderWith({ PG_VERSION: '16\n', 'postgresql.conf': '' });
  const message = await refusal(home);
  expect(message).toContain(data);
  expect(message).toMatch(/made by Postgres 16; this Boardroom brings Postgres 18/);
  expect(message).toContain('DATABASE_URL');
  expect(await readdir(data)).toEqual(['PG_VERSION', 'postgresql.conf']);
});

test.each([
  ['initialised in part', { PG_VERSION: '18\n', 'postgresql.conf': '' }],
  ['filled with something else', { 'holiday.jpg': 'x' }],
])('a folder %s is refused and left as it is', async (_, files) => {
  const { home, data } = await folderWith(files);
  const message = await refusal(home);
  expect(message).toContain(`not a complete database`);
  expect(message).toContain(`mv "${data}"`);
  expect(await readdir(data)).toEqual(Object.keys(files));
});

test('a file where the folder should be is refused', async () => {
  const home = await temporaryHome();
  await writeFile(join(home, 'postgres'), 'x');
  expect(await refusal(home)).toContain('is not a folder');
});

test('an interrupted initialisation leaves nothing that the next start trips over', async () => {
  const home = await temporaryHome();
  await mkdir(join(home, 'postgres.unfinished-abc123'));
  await writeFile(join(home, 'postgres.unfinished-abc123', 'PG_VERSION'), '18\n');
  const server = await startIn(home);
  expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect((await readdir(home)).sort()).toEqual(['postgres', 'postgres.log']);
});

test.runIf(asRoot)('a folder of another user is refused, with both names and the ways out', async () => {
  const { home, data } = await folderWith({ PG_VERSION: '18\n' });
  await chown(data, 12345, 12345);
  const message = await refusal(home);
  expect(message).toContain(`${data} belongs to uid 12345, but Postgres would run as ${postgresAccount().name}`);
  expect(message).toContain('chown -R');
  expect((await lstat(data)).uid).toBe(12345);
});

test.runIf(asRoot)('in a home that only root can enter the data lives elsewhere, behind a link', async () => {
  const home = await temporaryHome();
  await chmod(home, 0o700);
  const server = await startIn(home);
  onTestFinished(async () => {
    await server.stop();
    await rm(server.data, { recursive: true });
  });
  expect(await realpath(join(home, 'postgres'))).toBe(server.data);
  expect(server.data).toMatch(/^\/var\/lib\/boardroom\/postgres-/);
  expect(server.notes.join('\n')).toContain(`${postgresAccount().name} cannot enter ${home}`);
  await server.stop();
  const again = await startIn(home);
  expect(again).toMatchObject({ data: server.data, created: false });
});

test('the names of users come from the system', async () => {
  const name = (await readFile('/etc/passwd', 'utf8')).split(':')[0];
  expect(userName(0)).toBe(name);
});
