import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localWorkspaces } from '../../adapters/workspaces/local/local-workspaces.ts';
import { openDatabase } from '../../prisma/client.ts';
import { write } from '../../prisma/transaction.ts';
import { createAgentKey } from '../../schema/agent/keys.ts';
import { updateIssue } from '../../schema/issue/commands/update-issue.ts';
import { BOARD, testBoardroom, type TestBoardroom, testSchema } from '../../schema/testing/boardroom.ts';
import { smallCompany } from '../../schema/testing/company.ts';
import { authenticator } from '../auth/principal.ts';
import { type BoardServer, boardServer } from './http.ts';

let boardroom: TestBoardroom;
let company: Awaited<ReturnType<typeof smallCompany>>;
let server: BoardServer;
let address = '';

beforeAll(async () => {
  boardroom = await testBoardroom();
  company = await smallCompany(boardroom);
  const { db, live, files } = boardroom;
  server = boardServer({
    schema: testSchema(), db, live, files, notifications: boardroom.contextFor(BOARD).notifications, adapters: boardroom.contextFor(BOARD).adapters, workspaces: localWorkspaces({}), authenticate: authenticator(db, new Uint8Array(32)),
    log: pino({ level: 'silent' }), version: '0',
  });
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.http.address() as AddressInfo).port}/graphql`;
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
});

interface Reply {
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape that the test asked for
  data: any;
  errors?: { extensions: { code: string } }[];
}

async function ask(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<Reply> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as Reply;
}

const TITLE = 'query ($ref: String!) { issue(ref: $ref) { id title } }';
const RENAME = 'mutation ($id: ID!, $title: String!) { updateIssue(input: { issueId: $id, title: $title }) { __typename } }';
const titleOf = async (ref: string) => (await ask(TITLE, { ref })).data.issue?.title as string;
/** Reads of tables that some requests cause, besides asking for the snapshot. */
const reads = async (work: () => Promise<unknown>) => (await boardroom.statements(work)).filter((text) => !text.includes('pg_current_snapshot'));

test('a query that is asked again is answered without reading again', async () => {
  const { id } = await company.issue({ title: 'Once' });
  expect(await reads(() => titleOf(id))).toHaveLength(1);
  // On a slow machine a second may pass between the two, after which all is read anew.
  await expect.poll(() => reads(async () => expect(await titleOf(id)).toBe('Once'))).toHaveLength(0);
});

test('what one who asks has added to the answer is not in anybody else\'s', async () => {
  const costly = async (cost: boolean) => {
    const headers = { 'content-type': 'application/json', ...(cost ? { 'x-boardroom-cost': '1' } : {}) };
    return (await (await fetch(address, { method: 'POST', headers, body: JSON.stringify({ query: '{ viewer { mode } }' }) })).json()) as { extensions?: object };
  };
  const answers = [await costly(false), await costly(true), await costly(false), await costly(true)];
  expect(answers.map(({ extensions }) => extensions !== undefined)).toEqual([false, true, false, true]);
});

test('many who ask the same at once are answered from one execution', async () => {
  const { id } = await company.issue({ title: 'Crowd' });
  const statements = await reads(async () => {
    expect(new Set(await Promise.all(Array.from({ length: 30 }, () => titleOf(id))))).toEqual(new Set(['Crowd']));
  });
  // Those who came while a snapshot was asked for share the next one: the same, since nothing was written.
  expect(statements).toHaveLength(1);
});

test('whoever writes reads what was written, however many read the old', async () => {
  const { id } = await company.issue({ title: '0' });
  let done = false;
  const readers = Array.from({ length: 8 }, async () => {
    for (let last = 0; !done; ) {
      const seen = Number(await titleOf(id));
      expect(seen).toBeGreaterThanOrEqual(last);
      last = seen;
    }
  });
  for (let n = 1; n <= 40; n += 1) {
    await ask(RENAME, { id, title: String(n) });
    expect(await titleOf(id)).toBe(String(n));
  }
  done = true;
  await Promise.all(readers);
});

test('what another process commits is read at once, without a word from it', async () => {
  const elsewhere = openDatabase({ url: boardroom.url, connections: 2 });
  const { id } = await company.issue({ title: 'Old' });
  for (let n = 0; n < 30; n += 1) {
    await write(elsewhere, (tx) => updateIssue(tx, BOARD, { issueId: id, title: `New ${n}` }));
    expect(await titleOf(id)).toBe(`New ${n}`);
  }
  await elsewhere.close();
});

test('two principals never share an answer', async () => {
  const agent = await company.agent();
  const { secret } = await write(boardroom.db, (tx) => createAgentKey(tx, BOARD, { agentId: agent.id, name: 'key' }));
  const who = '{ viewer { kind } }';
  const answers = await Promise.all([ask(who), ask(who, {}, secret), ask(who), ask(who, {}, secret)]);
  expect(answers.map(({ data }) => data.viewer.kind)).toEqual(['BOARD_USER', 'AGENT_KEY', 'BOARD_USER', 'AGENT_KEY']);
});

test('variables and operation names tell queries apart', async () => {
  const [one, two] = [await company.issue({ title: 'One' }), await company.issue({ title: 'Two' })];
  expect(await Promise.all([titleOf(one.id), titleOf(two.id)])).toEqual(['One', 'Two']);
  const both = `query A { issue(ref: "${one.id}") { title } } query B { issue(ref: "${two.id}") { title } }`;
  const named = async (operationName: string) => {
    const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: both, operationName }) });
    return ((await response.json()) as Reply).data.issue.title as string;
  };
  expect(await Promise.all([named('A'), named('B'), named('A')])).toEqual(['One', 'Two', 'One']);
});

test('mutations are carried out each time, and errors are not kept', async () => {
  const create = 'mutation ($id: ID!) { createIssue(input: { companyId: $id, title: "Same" }) { id } }';
  const made = await Promise.all([1, 2, 3].map(() => ask(create, { id: company.company.id })));
  expect(new Set(made.map(({ data }) => data.createIssue.id)).size).toBe(3);
  const refused = '{ companies(first: -1) { nodes { id } } }';
  for (let turn = 0; turn < 2; turn += 1) expect((await ask(refused)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});
