import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ask } from './embedded/testing.ts';
import { migrate, migrationsFolder, readMigrations } from './migrate.ts';
import { isOutage } from './outage.ts';
import { DatabaseProblem } from './problem.ts';
import { testDatabase } from './testing.ts';

/** A copy of the migrations, to which a test adds its own. */
async function folderOfNextVersion(added: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'boardroom-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(migrationsFolder, folder, { recursive: true });
  for (const [name, sql] of Object.entries(added)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'migration.sql'), sql);
  }
  return folder;
}

async function database(options?: { empty: boolean }): Promise<string> {
  const made = await testDatabase(options);
  onTestFinished(made.drop);
  return made.url;
}

test('an empty database gets every migration once', async () => {
  const url = await database({ empty: true });
  const names = (await readMigrations()).map((migration) => migration.name);
  expect(await migrate(url)).toEqual(names);
  expect(await migrate(url)).toEqual([]);
});

test('an owner of the database who is no superuser can apply them all', async () => {
  const url = await database({ empty: true });
  const owner = `owner_${randomUUID().slice(0, 8)}`;
  const name = new URL(url).pathname.slice(1);
  await ask(url, `CREATE ROLE ${owner} LOGIN NOSUPERUSER PASSWORD 'secret'`);
  await ask(url, `ALTER DATABASE "${name}" OWNER TO ${owner}`);
  const own = Object.assign(new URL(url), { username: owner, password: 'secret' });
  expect(await migrate(own.href)).toHaveLength((await readMigrations()).length);
});

test('several replicas that start at once apply each migration once', async () => {
  const url = await database({ empty: true });
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(url)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  expect(await ask(url, 'SELECT count(*)::int FROM instance')).toEqual([{ count: 1 }]);
});

test('a database that the previous version filled comes up to date with its rows', async () => {
  const url = await database();
  const company = '01980000-0000-7000-8000-00000000000a';
  await ask(url, `INSERT INTO company (id, name, prefix) VALUES ('${company}', 'Acme', 'ACME')`);
  await ask(url, `INSERT INTO goal (id, company_id, title) VALUES (gen_random_uuid(), '${company}', 'Ship; it''s due')`);
  const folder = await folderOfNextVersion({
    '29990101000000_motto': `
      ALTER TABLE company ADD COLUMN motto text; -- a comment; with a semicolon
      CREATE FUNCTION motto_of(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN upper($1); END $$;
      UPDATE company SET motto = motto_of(name);
      ALTER TABLE company ALTER COLUMN motto SET NOT NULL;`,
  });
  expect(await migrate(url, folder)).toEqual(['29990101000000_motto']);
  expect(await ask(url, 'SELECT name, motto, (SELECT title FROM goal) FROM company')).toEqual([
    { name: 'Acme', motto: 'ACME', title: "Ship; it's due" },
  ]);
});

test('a migration that fails leaves nothing of itself', async () => {
  const url = await database();
  const folder = await folderOfNextVersion({
    '29990101000000_good': 'CREATE TABLE good (id int);',
    '29990102000000_bad': 'CREATE TABLE half (id int); SELECT 1 / 0;',
  });
  await expect(migrate(url, folder)).rejects.toThrow('29990102000000_bad failed and was rolled back: division by zero');
  expect(await ask(url, "SELECT to_regclass('good') IS NOT NULL AS good, to_regclass('half') AS half")).toEqual([
    { good: true, half: null },
  ]);
});

test('a connection that is cut amid a migration is an error of the migration, not the end of the process', async () => {
  const url = await database();
  const cut = await folderOfNextVersion({ '99990101000000_cut': 'SELECT pg_terminate_backend(pg_backend_pid())' });
  const refusal = await migrate(url, cut).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DatabaseProblem);
  expect(isOutage(refusal)).toBe(true);
});

test('an edited migration is refused by name', async () => {
  const url = await database();
  const [first] = await readMigrations();
  const folder = await folderOfNextVersion({});
  await appendFile(join(folder, first?.name ?? '', 'migration.sql'), '\n-- edited\n');
  await expect(migrate(url, folder)).rejects.toThrow(`${first?.name} was edited after`);
});

test('a database of a newer version is refused', async () => {
  const url = await database();
  await migrate(url, await folderOfNextVersion({ '29990101000000_future': 'SELECT 1' }));
  const refused = migrate(url);
  await expect(refused).rejects.toThrow(DatabaseProblem);
  await expect(refused).rejects.toThrow('newer than this Boardroom: it knows the migration 29990101000000_future');
});

test('a database that belongs to something else is refused and left as it is', async () => {
  const url = await database({ empty: true });
  await ask(url, 'CREATE TABLE invoice (id int)');
  await expect(migrate(url)).rejects.toThrow('holds tables of something else ("invoice")');
  expect(await ask(url, "SELECT to_regclass('_prisma_migrations') AS history")).toEqual([{ history: null }]);
});

test('a server that lacks an extension is refused before anything is changed', async () => {
  const url = await database({ empty: true });
  const folder = await folderOfNextVersion({ '29990101000000_unheard': 'CREATE EXTENSION IF NOT EXISTS "unheard_of";' });
  await expect(migrate(url, folder)).rejects.toThrow("lacks the extension unheard_of, which Postgres' contrib package brings (postgresql-contrib)");
  expect(await ask(url, "SELECT to_regclass('company') AS company")).toEqual([{ company: null }]);
});

test('a database that cannot keep every text is refused, with the way to one that can', async () => {
  const other = `boardroom_test_${randomUUID().slice(0, 8)}`;
  const url = await database({ empty: true });
  const [{ version } = {}] = await ask(url, "SELECT current_setting('server_version_num')::int AS version");
  const provider = Number(version) >= 150000 ? 'LOCALE_PROVIDER libc' : ''; // the cluster's own may know UTF8 alone
  await ask(url, `CREATE DATABASE ${other} TEMPLATE template0 ENCODING 'SQL_ASCII' ${provider} LC_COLLATE 'C' LC_CTYPE 'C'`);
  onTestFinished(async () => void (await ask(url, `DROP DATABASE ${other}`)));
  const ascii = Object.assign(new URL(url), { pathname: `/${other}` });
  await expect(migrate(ascii.href)).rejects.toThrow(`The database "${other}" keeps text as SQL_ASCII; nothing was changed.`);
  expect(await ask(ascii.href, "SELECT to_regclass('_prisma_migrations') AS history")).toEqual([{ history: null }]);
});

test('a server that cannot be reached is named without its password', async () => {
  const error = await migrate('postgresql://me:secret@127.0.0.1:1/board').catch((thrown: Error) => thrown);
  expect((error as Error).message).toContain('The database board at 127.0.0.1:1 cannot be opened');
  expect((error as Error).message).not.toContain('secret');
});
