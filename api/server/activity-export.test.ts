import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { singleClient } from '../../prisma/single-client.ts';
import { write } from '../../prisma/transaction.ts';
import { createAgentKey } from '../../schema/agent/keys.ts';
import { lineOf } from '../../schema/activity/chain.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../schema/testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../schema/testing/company.ts';
import { insertRun } from '../../schema/testing/runs.ts';
import { testServer, type TestServer } from './testing.ts';

let boardroom: TestBoardroom;
let server: TestServer;
let acme: SmallCompany;
let other: pg.Client;
let named = 0;
beforeAll(async () => {
  boardroom = await testBoardroom();
  server = await testServer(boardroom);
  other = singleClient(boardroom.url);
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await server.close();
  await boardroom.close();
});
beforeEach(async () => { acme = await smallCompany(boardroom, `Acme${(named += 1)}`); });

const path = (query = '', id = acme.id) => `/api/companies/${id}/activity.ndjson${query}`;
const get = (query = '', headers: Record<string, string> = {}, id = acme.id) => fetch(`${server.origin}${path(query, id)}`, { headers });
const linesIn = async (response: Response) => (await response.text()).split('\n').slice(0, -1);
const rows = () => boardroom.db.prisma.activity.findMany({ where: { companyId: acme.id }, orderBy: [{ txid: 'asc' }, { seq: 'asc' }] });
const fill = (count: number) => other.query(`INSERT INTO activity (id, company_id, actor_type, action, entity_type, entity_id, details)
  SELECT gen_random_uuid(), $1, 'SYSTEM', 'test.filled', 'company', $1, jsonb_build_object('n', n, 'text', repeat('x', 300)) FROM generate_series(1, $2::int) n`, [acme.id, count]);
async function refusal(response: Response) {
  const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string; field?: string } }[] };
  return [response.status, errors[0]?.extensions.code, errors[0]?.extensions.field];
}

test('every row of a company once, oldest first, in the form that is sealed', async () => {
  await fill(1_234);
  const response = await get();
  expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'application/x-ndjson; charset=utf-8', 'no-store']);
  expect(await linesIn(response)).toEqual((await rows()).map(lineOf));
});

test('the cursor of any line goes on behind it', async () => {
  await fill(700);
  const all = await linesIn(await get());
  for (const index of [0, 1, 499, 500, all.length - 2]) {
    const { cursor } = JSON.parse(all[index] as string) as { cursor: string };
    expect(await linesIn(await get(`?after=${cursor}`))).toEqual(all.slice(index + 1));
  }
  expect(await linesIn(await get(`?after=${(JSON.parse(all.at(-1) as string) as { cursor: string }).cursor}`))).toEqual([]);
});

test('the filters of GraphQL, alone and together', async () => {
  await acme.issue({ assigneeId: acme.engineer.id });
  const actions = async (query: string) => (await linesIn(await get(query))).map((line) => (JSON.parse(line) as { action: string }).action);
  expect(await actions('?action=issue.*')).toEqual(['issue.created']);
  expect(await actions('?action=issue.created,company.created&action=no.such')).toEqual(['company.created', 'issue.created']);
  expect(await actions(`?agentId=${acme.ceo.id}`)).toEqual(['agent.created']);
  expect(await actions('?entityType=company&actorType=USER')).toEqual(['company.created']);
  expect(await actions('?actorType=AGENT')).toEqual([]);
  expect(await actions('?until=2020-01-01')).toEqual([]);
  expect(await actions(`?since=${new Date(Date.now() - 3_600_000).toISOString()}&entityType=issue`)).toEqual(['issue.created']);
});

test('it ends with what was settled when it was asked for: what an open transaction writes comes next time', async () => {
  await other.query('BEGIN');
  await fill(1);
  await acme.issue();
  const first = await linesIn(await get());
  await other.query('COMMIT');
  const { cursor } = JSON.parse(first.at(-1) as string) as { cursor: string };
  const later = (await linesIn(await get(`?after=${cursor}`))).map((line) => (JSON.parse(line) as { action: string }).action);
  expect(later).toEqual(['test.filled', 'issue.created']);
});

describe('who may not', () => {
  test('agents, by key and by run token, of this company and of another', async () => {
    const run = await insertRun(boardroom.db, acme.engineer);
    const token = await server.runToken({ runId: run.id, agentId: run.agentId, companyId: run.companyId, issueId: null } as never);
    const { secret } = await write(boardroom.db, (tx) => createAgentKey(tx, BOARD, { agentId: acme.ceo.id, name: 'k' }));
    for (const key of [token, secret]) expect(await refusal(await get('', { authorization: `Bearer ${key}` }))).toEqual([403, 'FORBIDDEN', undefined]);
    const elsewhere = await smallCompany(boardroom, `Else${named}`);
    for (const key of [token, secret]) expect(await refusal(await get('', { authorization: `Bearer ${key}` }, elsewhere.id))).toEqual([404, 'NOT_FOUND', undefined]);
    expect(await refusal(await get('', { authorization: 'Bearer nonsense' }))).toEqual([401, 'UNAUTHENTICATED', undefined]);
  });

  test('pages of other sites', async () => {
    expect((await get('', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await get('', { origin: 'http://evil.example' })).status).toBe(403);
  });

  test('nobody changes it', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await fetch(`${server.origin}${path()}`, { method })).status).toBe(405);
    const head = await fetch(`${server.origin}${path()}`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

test('a company that there is not', async () => {
  expect(await refusal(await get('', {}, newId()))).toEqual([404, 'NOT_FOUND', undefined]);
  expect((await fetch(`${server.origin}/api/companies/x/activity.ndjson`)).headers.get('content-type')).not.toContain('ndjson');
});

test.each([
  ['?nonsense=1', 'nonsense'], ['?actions=issue.created', 'actions'], ['?agentId=x', 'agentId'], ['?runId=', 'runId'], ['?actorType=user', 'actorType'], ['?since=yesterday', 'since'], ['?until=2026-02-40', 'until'], ['?until=2026-02-30T10:00:00Z', 'until'],
  ['?after=x', 'after'], ['?after=99999999999999999999.1', 'after'], ['?action=*', 'actions'], ['?entityType=a%00b', 'entityType'], [`?issueId=${newId()}&issueId=${newId()}`, 'issueId'], [`?entityType=${'x'.repeat(2_000)}`, 'entityType'],
])('%s is refused by its name', async (query, field) => expect(await refusal(await get(query))).toEqual([400, 'BAD_USER_INPUT', field]));

/** A reader that takes nothing until told to. */
async function slowReader() {
  const [host, port] = server.host.split(':');
  const socket = connect(Number(port), host);
  socket.pause();
  socket.write(`GET ${path()} HTTP/1.1\r\nHost: ${server.host}\r\nConnection: close\r\n\r\n`);
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return socket;
}

test('a slow reader is waited for: the log is not read ahead of it', async () => {
  await fill(60_000); // some 40 MB of lines
  const pages = () => boardroom.heard.filter((text) => text.includes('v.seq) <= (')).length;
  const before = pages();
  const socket = await slowReader();
  let seen = -1;
  await expect.poll(async () => { const [last, now] = [seen, pages() - before]; seen = now; await sleep(300); return now > 0 && now === last; }, { timeout: 60_000 }).toBe(true);
  expect(seen).toBeLessThan(60);
  let bytes = 0;
  socket.on('data', (chunk) => (bytes += chunk.length)).resume();
  await new Promise((resolve) => socket.once('close', resolve));
  expect(bytes).toBeGreaterThan(20_000_000);
  expect(pages() - before).toBeGreaterThan(120);
});

test('a reader that leaves is not read for any more, and is no fault', async () => {
  await fill(60_000);
  const logged = server.logged.length;
  const pages = () => boardroom.heard.filter((text) => text.includes('v.seq) <= (')).length;
  const socket = await slowReader();
  const before = pages();
  await expect.poll(() => pages()).toBeGreaterThan(before);
  socket.destroy();
  let seen = -1;
  await expect.poll(async () => { const last = seen; seen = pages(); await sleep(200); return seen === last; }).toBe(true);
  expect(pages() - before).toBeLessThan(60);
  expect(server.logged.slice(logged)).toEqual([]);
});

test('an export that breaks is cut short, and does not end as one that is whole', async () => {
  await fill(60_000);
  const response = await get();
  const reader = response.body?.getReader();
  await reader?.read();
  await other.query('ALTER TABLE activity RENAME TO activity_gone');
  try {
    await expect((async () => { while (!(await reader?.read())?.done); })()).rejects.toThrow();
  } finally {
    await other.query('ALTER TABLE activity_gone RENAME TO activity');
  }
  expect(server.logged.at(-1)).toMatchObject({ msg: 'an export of the log was cut short' });
});
