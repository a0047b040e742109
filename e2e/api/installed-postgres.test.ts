import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { subscribeRaw } from '../../api/cli/subscribe.ts';
import { databaseTarget, diff, modelTarget, openEngine } from '../../prisma/evolve/engine.ts';
import { findInstalled, type InstalledServer, startInstalled } from '../../prisma/throwaway/installed.ts';
import { migrate, readMigrations } from '../../prisma/migrate.ts';
import { singleClient } from '../../prisma/single-client.ts';
import { throwawayFolder } from '../../prisma/throwaway.ts';
import { ask, askUntil, type RunningBoardroom, startBoardroom, temporaryFolder } from '../support/boardroom.ts';
import { boardroomCommand, commandData } from '../support/command.ts';

// Boardroom on a database of the user's own: another version than the one that it brings, a password, an owner who is no superuser, a
// server that was told other settings than ours. Everything through the programs that people start.

const installed = findInstalled();
const password = 'of/the owner@home';

/** A server of the installed Postgres, in a folder that goes with it. */
async function start(): Promise<InstalledServer> {
  const folder = await throwawayFolder();
  const server = await startInstalled(installed?.bin ?? '', folder);
  return { ...server, stop: () => server.stop().finally(() => rm(folder, { recursive: true, force: true })) };
}

async function connect(url: string): Promise<pg.Client> {
  const client = singleClient(url);
  await client.connect();
  return client;
}

/** What the administrator of a server does for Boardroom, and no more. */
async function prepare(server: InstalledServer, name: string): Promise<string> {
  const admin = await connect(server.url);
  await admin.query(`DO $$ BEGIN CREATE ROLE boardroom LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${password}'; EXCEPTION WHEN duplicate_object THEN END $$`);
  await admin.query(`CREATE DATABASE ${name} OWNER boardroom`);
  await admin.query(`ALTER DATABASE ${name} SET TimeZone = 'Asia/Kolkata'`);
  await admin.query(`ALTER DATABASE ${name} SET DateStyle = 'SQL, DMY'`);
  await admin.end();
  const url = Object.assign(new URL(server.url), { username: 'boardroom', pathname: `/${name}` });
  url.password = encodeURIComponent(password);
  return url.href;
}

describe.skipIf(!installed)(`on an installed Postgres (${installed?.major ?? '14 or newer'} is installed)`, { timeout: 300_000 }, () => {
  let server: InstalledServer;
  let url: string;
  let home: string;
  let live: RunningBoardroom;
  let companyId: string;

  beforeAll(async () => {
    server = await start();
    url = await prepare(server, 'company');
    home = await temporaryFolder('home');
  });
  afterAll(async () => {
    await live?.stop();
    await server?.stop();
    if (home) await rm(home, { recursive: true, force: true });
  });

  const run = async (at = url, folder = home) => { live = await startBoardroom({ home: folder, env: { DATABASE_URL: at } }); };
  const boardroom = (...args: string[]) => boardroomCommand(live.address, args);
  const hire = async (name: string, lines: string[]) => {
    const input = { companyId, name, adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', lines.join('\n')], graceSec: 1 } };
    await ask(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input });
  };
  interface Seen { agents: { nodes: { name: string; status: string; pauseReason: string | null; runs: { nodes: { status: string; startedAt: string | null }[] } }[] }; costs: { total: { costMicros: string } } }
  const SEEN = 'query($id: String!) { company(ref: $id) { agents(first: 10) { nodes { name status pauseReason runs(first: 10) { nodes { status startedAt } } } } costs { total { costMicros } } } }';
  const look = async () => (await ask<{ company: Seen }>(live.address, SEEN, { id: companyId })).company;
  const agent = async (name: string) => (await look()).agents.nodes.find((one) => one.name === name);

  test('all migrations are applied for an owner who is no superuser, and lead to the model', async () => {
    const own = await prepare(server, 'migrated');
    expect(await migrate(own)).toHaveLength((await readMigrations()).length);
    expect(await migrate(own)).toEqual([]);
    const engine = await openEngine(own);
    expect(await diff(engine, await databaseTarget(), await modelTarget())).toBe('');
  });

  test('a run succeeds, another is stopped by its budget, and what was embedded is not started', async () => {
    await run();
    ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }'));
    await hire('Ada', ['boardroom issue checkout || exit 0', 'boardroom cost report --provider test --model m --usd 0.40', 'boardroom issue update --status done --comment "made"']);
    await hire('Bob', [
      'boardroom issue checkout || exit 0',
      'if [ "$BOARDROOM_WAKE_REASON" != issue_assigned ]; then boardroom issue update --status done --comment "on with it"; exit 0; fi',
      'boardroom cost report --provider test --model m --usd 1.50',
      'sleep 120',
    ]);
    const since = Date.now();
    expect(await boardroom('budget', 'set', '1', '--agent', 'Bob')).toMatchObject({ code: 0 });
    await boardroom('issue', 'create', 'Make it', '--assignee', 'Ada');
    const ada = await askUntil(() => agent('Ada'), (seen) => seen?.runs.nodes[0]?.status === 'SUCCEEDED');
    // The same hour for those who wrote it and those who read it, whatever the server's zone is.
    expect(Date.parse(ada?.runs.nodes[0]?.startedAt ?? '')).toBeGreaterThan(since - 60_000);
    expect(Date.parse(ada?.runs.nodes[0]?.startedAt ?? '')).toBeLessThan(Date.now() + 60_000);
    await boardroom('issue', 'create', 'Spend', '--assignee', 'Bob');
    const bob = await askUntil(() => agent('Bob'), (seen) => seen?.runs.nodes[0]?.status === 'CANCELLED');
    expect(bob).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
    expect((await look()).costs.total.costMicros).toBe('1900000');
    expect((await boardroom('search', 'make')).stdout).toContain('ACME-1');
    const own = await connect(url);
    const { rows } = await own.query(`SELECT bool_and(usename = 'boardroom' AND NOT r.rolsuper) AS plain, count(*) > 2 AS several
      FROM pg_stat_activity JOIN pg_roles r ON r.rolname = usename WHERE datname = current_database()`);
    await own.end();
    expect(rows).toEqual([{ plain: true, several: true }]);
    expect(await live.stop()).toBe(0);
    expect(['postgres', 'postgres.log', 'cache/postgres'].filter((name) => existsSync(join(home, name)))).toEqual([]);
  });

  test('started again it has all of it, and goes on when the board says so', async () => {
    await run();
    expect(await agent('Bob')).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
    const [{ id }] = await commandData<[{ id: string }]>(live.address, ['budget', 'list', '--agent', 'Bob']);
    expect(await boardroom('budget', 'raise', id, '20')).toMatchObject({ code: 0, stdout: expect.stringContaining('work goes on') });
    const bob = await askUntil(() => agent('Bob'), (seen) => seen?.runs.nodes[0]?.status === 'SUCCEEDED');
    expect(bob?.runs.nodes.map(({ status }) => status)).toEqual(['SUCCEEDED', 'CANCELLED']);
  });

  /** Waits until the worker has sealed all that is there, as if it were some minutes old. */
  async function sealed(at: string): Promise<void> {
    const client = await connect(at);
    // So that no row grows older while it is being sealed.
    await client.query(`SET default_transaction_isolation = 'serializable'`);
    const SEALED = '(SELECT coalesce(max(last_txid), 0) FROM activity_seal)';
    await expect.poll(() => client.query(`UPDATE activity SET created_at = created_at - interval '5 minutes' WHERE txid > ${SEALED}`).then(() => 'done', ({ code }: pg.DatabaseError) => code), { timeout: 100_000 }).toBe('done');
    const { rows: [newest] } = await client.query<{ txid: string }>('SELECT max(txid) AS txid FROM activity');
    await expect.poll(async () => {
      await client.query(`SELECT graphile_worker.add_job('seal', job_key := 'seal', max_attempts := 1)`).catch(() => undefined);
      return (await client.query<{ sealed: boolean }>(`SELECT ${SEALED} >= $1 AS sealed`, [newest?.txid])).rows[0]?.sealed;
    }, { timeout: 100_000, interval: 300 }).toBe(true);
    await client.end();
  }
  interface Verified { intact: boolean; segments: number; headFound?: boolean }

  test.skipIf(!existsSync(join(installed?.bin ?? '', 'pg_dump')))('dumped and restored into another server, its log is the one that was sealed, and events go on', async () => {
    const burnt = await connect(url);
    // Numbers of transactions, so that the new server is far behind.
    await burnt.query('CREATE TEMP TABLE burnt ()');
    await burnt.query('DO $$ BEGIN FOR i IN 1..20000 LOOP BEGIN INSERT INTO burnt DEFAULT VALUES; EXCEPTION WHEN division_by_zero THEN END; END LOOP; END $$');
    await burnt.end();
    await boardroom('issue', 'create', 'Before the move');
    await sealed(url);
    const head = (await boardroom('activity', 'head')).stdout.trim();
    const { company } = await ask<{ company: { activity: { nodes: { cursor: string }[] } } }>(live.address, 'query($id: String!) { company(ref: $id) { activity(first: 1) { nodes { cursor } } } }', { id: companyId });
    expect(await live.stop()).toBe(0);

    const [other, folder] = [await start(), await temporaryFolder('restored')];
    onTestFinished(async () => {
      await live.stop();
      await other.stop();
      await rm(folder, { recursive: true, force: true });
    });
    const restored = await prepare(other, 'restored');
    const dump = join(folder, 'dump');
    const program = (name: string, ...args: string[]) => promisify(execFile)(join(installed?.bin ?? '', name), args);
    await program('pg_dump', '--format=custom', `--file=${dump}`, url);
    await program('pg_restore', '--exit-on-error', `--dbname=${restored}`, dump);
    const moved = await connect(restored);
    expect((await moved.query('SELECT pg_current_xact_id()::text::bigint < max(txid) AS behind FROM activity')).rows).toEqual([{ behind: true }]);
    await moved.end();

    await run(restored, folder);
    const verify = async () => (await commandData<[Verified]>(live.address, ['activity', 'verify', '--head', head]))[0];
    const before = await verify();
    expect(before).toMatchObject({ intact: true, headFound: true });
    const next = subscribeRaw({ apiUrl: live.address, apiKey: undefined, company: undefined, task: undefined, run: undefined, json: false }, {
      query: 'subscription($companyId: ID!, $after: Cursor) { companyEvents(companyId: $companyId, after: $after) { kind issue { title } } }',
      variables: { companyId, after: company.activity.nodes[0]?.cursor },
    });
    const heard = (async () => {
      for await (const { data } of next) if ((data as { companyEvents: { kind: string; issue: { title: string } | null } }).companyEvents.issue?.title === 'After the move') return true;
      return false;
    })();
    await boardroom('issue', 'create', 'After the move', '--assignee', 'Ada');
    expect(await heard).toBe(true);
    await askUntil(() => agent('Ada'), (seen) => seen?.runs.nodes[0]?.status === 'SUCCEEDED' && seen.runs.nodes.length === 2);
    await sealed(restored);
    const after = await verify();
    expect(after).toMatchObject({ intact: true, headFound: true });
    expect(after.segments).toBeGreaterThan(before.segments);
  });
});
