import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { singleClient } from '../../prisma/single-client.ts';
import { testDatabase } from '../../prisma/testing.ts';
import { ask, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, commandData } from '../support/command.ts';

// The log as the board uses it: listed, exported, sealed by the worker, and checked, with somebody at the database who tampers.

let live: RunningBoardroom;
let database: Awaited<ReturnType<typeof testDatabase>>;
let client: pg.Client;
let companyId: string;
let agentKey: string;

beforeAll(async () => {
  database = await testDatabase();
  live = await startBoardroom({ env: { DATABASE_URL: database.url } });
  client = singleClient(database.url);
  await client.connect();
  ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }'));
  const { createAgent } = await ask<{ createAgent: { id: string } }>(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', {
    input: { companyId, name: 'Tove', adapterType: 'process', adapterConfig: { command: 'true' } },
  });
  ({ createAgentKey: { secret: agentKey } } = await ask<{ createAgentKey: { secret: string } }>(live.address, `mutation { createAgentKey(input: { agentId: "${createAgent.id}", name: "laptop" }) { secret } }`));
  await boardroom('issue', 'create', 'First');
  await boardroomCommand(live.address, ['issue', 'comment', 'ACME-1', 'from the laptop'], { env: { BOARDROOM_API_KEY: agentKey } });
  await client.query(`INSERT INTO activity (id, company_id, actor_type, action, entity_type, entity_id, details, created_at)
    SELECT gen_random_uuid(), $1, 'SYSTEM', 'test.filled', 'company', $1, jsonb_build_object('n', n), now() - interval '5 minutes' FROM generate_series(1, 1500) n`, [companyId]);
});

afterAll(async () => {
  await client?.end();
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
  await database?.drop();
});

const boardroom = (...args: string[]) => boardroomCommand(live.address, args);
const data = <T>(...args: string[]) => commandData<T>(live.address, args);
const lines = (text: string) => text.split('\n').slice(0, -1);
const actionsOf = (rows: { action: string }[]) => rows.map(({ action }) => action);

/** Waits until the worker has sealed all that is there: what is a minute old, or fills a segment. */
async function sealed(): Promise<void> {
  const { rows: [newest] } = await client.query<{ seq: string }>('SELECT max(seq)::text AS seq FROM activity WHERE company_id = $1', [companyId]);
  await client.query(`SELECT graphile_worker.add_job('seal', job_key := 'seal', max_attempts := 1)`);
  const last = async () => (await client.query<{ seq: string }>('SELECT last_seq::text AS seq FROM activity_seal WHERE company_id = $1 ORDER BY number DESC LIMIT 1', [companyId])).rows[0]?.seq;
  await expect.poll(last, { timeout: 100_000 }).toBe(newest?.seq);
}

test('the log is listed, narrowed by who, what and when', async () => {
  const list = async (...args: string[]) => actionsOf(await data<{ action: string }[]>('activity', 'list', ...args));
  expect(await list('--action', 'issue.*,company.created')).toEqual(['issue.created', 'company.created']);
  expect(await list('--by', 'Tove')).toEqual(['comment.added']);
  expect(await list('--by', 'board', '--entity', 'issue')).toEqual(['issue.created']);
  expect(await list('--by', 'system', '--first', '2')).toEqual(['test.filled', 'test.filled']);
  expect(await list('--issue', 'ACME-1', '--since', '1h', '--until', '2100-01-01')).toEqual(['comment.added', 'issue.created']);
  expect(await list('--until', '2020-01-01')).toEqual([]);
  const { stdout } = await boardroom('activity', 'list', '--issue', 'ACME-1');
  expect(stdout).toMatch(/Z {2}Tove +comment\.added +ACME-1 +preview from the laptop\n.*Board +issue\.created +ACME-1/);
  expect(await boardroom('activity', 'list', '--since', 'soon')).toMatchObject({ code: 2, stderr: expect.stringContaining('--since is a time') });
  expect(await boardroom('activity', 'list', '--action', '*')).toMatchObject({ code: 1, stderr: expect.stringContaining('BAD_USER_INPUT') });
});

test('it is exported whole, narrowed, to a new file, and gone on with from a cursor', async () => {
  const file = join(live.home, 'activity.ndjson');
  expect(await boardroom('activity', 'export', '--output', file)).toMatchObject({ code: 0, stdout: '', stderr: expect.stringMatching(/^15\d\d rows\n$/) });
  const whole = lines(await readFile(file, 'utf8'));
  expect(whole).toHaveLength(Number((await client.query('SELECT count(*) FROM activity WHERE company_id = $1', [companyId])).rows[0].count));
  expect(lines((await boardroom('activity', 'export')).stdout)).toEqual(whole);
  expect(lines((await boardroom('activity', 'export', '--after', (JSON.parse(whole[9] as string) as { cursor: string }).cursor)).stdout)).toEqual(whole.slice(10));
  expect(actionsOf(lines((await boardroom('activity', 'export', '--action', 'agent.*,agentKey.*', '--by', 'board')).stdout).map((line) => JSON.parse(line)))).toEqual(['agent.created', 'agentKey.created']);
  expect((await boardroom('activity', 'export', '--output', file)).code).toBe(2);
  expect(lines(await readFile(file, 'utf8'))).toEqual(whole);
});

test('an agent cannot take it away', async () => {
  for (const what of ['export', 'verify']) {
    expect(await boardroomCommand(live.address, ['activity', what], { env: { BOARDROOM_API_KEY: agentKey } })).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('FORBIDDEN') });
  }
});

test('an export that is cut is taken up behind the last whole line', async () => {
  const whole = (await boardroom('activity', 'export')).stdout;
  const cuts = [20_000, 50_001, 70_000];
  // Between the command and Boardroom: a line that breaks three times.
  const proxy = createServer((from, to) => {
    const cut = from.url?.includes('activity.ndjson') ? (cuts.shift() ?? Infinity) : Infinity;
    from.pipe(request(`${live.address}${from.url}`, { method: from.method, headers: { ...from.headers, host: new URL(live.address).host } }, (answer) => {
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      let sent = 0;
      answer.on('data', (chunk: Buffer) => {
        const rest = chunk.subarray(0, Math.max(0, cut - sent));
        sent += chunk.length;
        to.write(rest, () => { if (sent >= cut) to.destroy(); });
      }).on('end', () => { if (sent < cut) to.end(); });
    }).on('error', () => to.destroy()));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  try {
    const taken = await boardroomCommand(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, ['activity', 'export']);
    expect(taken.code).toBe(0);
    expect(taken.stdout === whole).toBe(true);
    expect(cuts).toEqual([]);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});

interface Report { intact: boolean; segments: number; sealedRows: number; unsealedRows: number; head: string; headFound?: boolean; breach?: { kind: string; segment: number; row: { id: string } | null; message: string } }
async function verified(...args: string[]): Promise<Report & { code: number | null }> {
  const { code, stdout, stderr } = await boardroomCommand(live.address, ['activity', 'verify', '--json', ...args]);
  const [report] = JSON.parse(stdout || `[{"error": ${JSON.stringify(stderr)}}]`) as [Report];
  return { ...report, code };
}
let kept: string;

test('the worker seals it, and it is found as it was sealed', async () => {
  await sealed();
  kept = (await boardroom('activity', 'head')).stdout.trim();
  const report = await verified();
  expect(report).toMatchObject({ code: 0, intact: true, segments: 2, unsealedRows: 0, head: kept });
  expect((await boardroom('activity', 'verify')).stdout).toBe(`ACME  intact: 2 segments of ${report.sealedRows} rows, 0 not sealed yet, head ${kept}\n`);
});

test('a shell comes to the same hash', async () => {
  const file = join(live.home, 'whole.ndjson');
  await writeFile(file, (await boardroom('activity', 'export')).stdout);
  const { company } = await ask<{ company: { activitySeals: { nodes: { hash: string; rowCount: number }[] } } }>(live.address, 'query($id: String!) { company(ref: $id) { activitySeals { nodes { hash rowCount } } } }', { id: companyId });
  const [first] = company.activitySeals.nodes;
  const { stdout } = await promisify(execFile)('sh', ['-c', `(head -c 32 /dev/zero; head -n ${first?.rowCount} "$1") | sha256sum`, 'sh', file]);
  expect(stdout.split(' ')[0]).toBe(first?.hash);
});

test('it grows, and a head that was kept stays one of its seals; another is none', async () => {
  await boardroom('issue', 'create', 'Second');
  expect(await verified('--head', kept)).toMatchObject({ code: 0, intact: true, headFound: true, unsealedRows: 1 });
  // As if the minute had passed.
  await client.query(`UPDATE activity SET created_at = created_at - interval '5 minutes' WHERE company_id = $1 AND seq = (SELECT max(seq) FROM activity WHERE company_id = $1)`, [companyId]);
  await sealed();
  expect(await verified('--head', kept)).toMatchObject({ code: 0, headFound: true, segments: 3 });
  expect(await verified('--head', '0'.repeat(64))).toMatchObject({ code: 1, intact: false, headFound: false });
  expect((await boardroom('activity', 'verify', '--head', 'f00')).code).toBe(2);
});

test('whoever changes a row at the database is found out, and the row is named', async () => {
  const { rows: [row] } = await client.query<{ id: string }>(`SELECT id FROM activity WHERE company_id = $1 AND details->>'n' = '1200'`, [companyId]);
  await client.query(`UPDATE activity SET actor_type = 'USER' WHERE id = $1`, [row?.id]);
  const report = await verified();
  expect(report).toMatchObject({ code: 1, intact: false, breach: { kind: 'CHANGED', segment: 2, row: { id: row?.id } } });
  expect((await boardroom('activity', 'verify', '--company', 'ACME')).stdout).toContain(`ACME  broken at segment 2: row ${row?.id} (`);
  await client.query(`UPDATE activity SET actor_type = 'SYSTEM' WHERE id = $1`, [row?.id]);
  expect(await verified()).toMatchObject({ code: 0, intact: true });
});

test('every company is looked at where none is named', async () => {
  await ask(live.address, 'mutation { createCompany(input: { name: "Other" }) { id } }');
  const { code, stdout } = await boardroom('activity', 'verify');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ACME {2}intact: 3 segments[^]*OTHE\w* {2}intact: 0 segments of 0 rows, 1 not sealed yet/m);
});

test('rewritten with all of its seals, it fits itself, and not the head that was kept', async () => {
  await client.query(`DELETE FROM activity WHERE company_id = $1 AND details->>'n' = '700'`, [companyId]);
  expect(await verified('--company', 'ACME')).toMatchObject({ code: 1, breach: { kind: 'MISSING', segment: 1 } });
  await client.query('DELETE FROM activity_seal WHERE company_id = $1', [companyId]);
  await sealed();
  expect(await verified('--company', 'ACME')).toMatchObject({ code: 0, intact: true });
  expect(await verified('--company', 'ACME', '--head', kept)).toMatchObject({ code: 1, intact: false, headFound: false });
});
