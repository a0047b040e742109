import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { write } from '../../prisma/transaction.ts';
import { createAgentKey } from '../../schema/agent/keys.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../schema/testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../schema/testing/company.ts';
import { testServer, type TestServer } from './testing.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let server: TestServer;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  server = await testServer(boardroom);
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
});

const SPEC = { accept: 'application/graphql-response+json' };
const VIEWER = '{ viewer { mode } }';

test('the audit of GraphQL over HTTP finds nothing', async () => {
  const fetchFn = (url: string, init: RequestInit = {}) => fetch(url, { ...init, headers: { 'x-boardroom-request': '1', ...(init.headers as object) } });
  const results = await Promise.all(serverAudits({ url: server.url, fetchFn }).map(async (audit) => ({ audit, result: await audit.fn() })));
  expect(results.length).toBeGreaterThan(50);
  expect(results.filter(({ result }) => result.status !== 'ok').map(({ audit, result }) => [result.status, audit.id, audit.name, 'reason' in result ? result.reason : ''])).toEqual([]);
});

describe('media types', () => {
  test.each([
    [undefined, 'application/json; charset=utf-8'], ['application/json', 'application/json; charset=utf-8'], ['*/*', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json; charset=utf-8'],
  ])('who accepts %s gets %s', async (accept, type) => {
    expect((await server.ask(VIEWER, {}, accept ? { accept } : {})).type).toBe(type);
  });

  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['multipart/form-data; boundary=x']])('a body of %s is not read', async (type) => {
    const answer = await server.post('{"query":"{ viewer { mode } }"}', { 'content-type': type });
    expect([answer.status, answer.body.data]).toEqual([403, undefined]);
  });

  test('queries come by GET, mutations do not', async () => {
    const get = (query: string) => fetch(`${server.url}?query=${encodeURIComponent(query)}`, { headers: { 'x-boardroom-request': '1', accept: 'application/json' } });
    expect(await (await get(VIEWER)).json()).toEqual({ data: { viewer: { mode: 'local_trusted' } } });
    const refused = await get(`mutation { createCompany(input: { name: "By GET" }) { id } }`);
    expect(refused.status).toBe(405);
    expect(await boardroom.db.prisma.company.count({ where: { name: 'By GET' } })).toBe(0);
  });

  test.each(['PUT', 'DELETE', 'PATCH'])('%s is no way to ask', async (method) => {
    const response = await fetch(server.url, { ...{ headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: VIEWER }) }, method });
    expect(response.status).toBe(405);
  });
});

describe('what cannot be asked', () => {
  const cases: [string, unknown][] = [
    ['no JSON', '{'], ['no object', '"query"'], ['a batch', [{ query: VIEWER }, { query: VIEWER }]], ['no query', {}], ['an empty query', { query: '' }], ['a query that is a number', { query: 1 }],
    ['variables that are none', { query: VIEWER, variables: 'x' }], ['no GraphQL', { query: '{ viewer {' }], ['a wrong field', { query: '{ nope }' }], ['an unknown operation', { query: VIEWER, operationName: 'Nope' }],
    ['a variable that is missing', { query: 'query ($n: Int!) { companies(first: $n) { nodes { id } } }' }], ['a variable of the wrong type', { query: 'query ($n: Int) { companies(first: $n) { nodes { id } } }', variables: { n: 'x' } }],
    ['a wrong enum', { query: 'query ($s: [CompanyStatus!]) { companies(filter: { statuses: $s }) { nodes { id } } }', variables: { s: ['OPEN'] } }],
    ['two operations at once', { query: 'query A { viewer { mode } } query B { viewer { mode } }' }], ['a field that is there twice with other arguments', { query: '{ companies(first: 1) { nodes { id } } companies(first: 2) { nodes { id } } }' }],
  ];
  test.each(cases)('%s: 400 and a code', async (_what, body) => {
    const { status, body: answer } = await server.post(body, SPEC);
    expect(status).toBe(400);
    expect(answer.errors?.map((error) => error.extensions.code)).toEqual(answer.errors?.map(() => 'BAD_USER_INPUT'));
    expect(answer.data).toBeUndefined();
  });

  test('bytes that are no UTF-8 do not get in as something else', async () => {
    const body = Buffer.concat([Buffer.from('{"query":"mutation { createCompany(input: { name: \\"'), Buffer.from([0xff, 0xfe]), Buffer.from('\\" }) { name } }"}')]);
    const answer = await server.post(body, SPEC);
    expect(JSON.stringify(answer.body)).not.toContain('\\ud');
    expect([200, 400]).toContain(answer.status);
  });

  test('nobody is told what else there is', async () => {
    for (const query of ['{ viewe }', '{ companys { nodes { id } } }', 'mutation { createIsue(input: {}) { id } }', '{ viewer { ... on Viewr { mode } } }', 'query ($x: CreateIssueInpu) { viewer { mode } }', '{ companies(frst: 1) { nodes { id } } }', 'mutation { createGoal(input: { companyId: "x", title: "x", level: TAS }) { id } }', 'mutation { createGoal(input: { companyId: "x", titel: "x" }) { id } }']) {
      const answer = await server.ask(query);
      expect(answer.body.errors?.length, query).toBeGreaterThan(0);
      expect(JSON.stringify(answer.body), query).not.toMatch(/did you mean/i);
    }
    const variables = await server.ask('mutation ($input: CreateGoalInput!) { createGoal(input: $input) { id } }', { input: { companyId: 'x', titel: 'x', level: 'TAS' } });
    expect(JSON.stringify(variables.body)).not.toMatch(/did you mean/i);
  });
});

describe('codes and statuses', () => {
  const mutation = (name: string, input: string) => `mutation { ${name}(input: { ${input} }) { id } }`;
  test('each refusal has its status', async () => {
    const { secret } = await write(boardroom.db, (tx) => createAgentKey(tx, BOARD, { agentId: acme.ceo.id, name: 'k' }));
    const key = { authorization: `Bearer ${secret}` };
    const issue = await acme.issue();
    const goal = (await server.ask(`mutation { createGoal(input: { companyId: "${acme.id}", title: "g" }) { id } }`)).body.data?.['createGoal'] as unknown as { id: string };
    const cases: [number, string, string, Record<string, string>][] = [
      [400, 'BAD_USER_INPUT', mutation('createCompany', 'name: ""'), {}],
      [401, 'UNAUTHENTICATED', VIEWER, { authorization: 'Bearer nonsense' }],
      [403, 'FORBIDDEN', mutation('createCompany', 'name: "x"'), key],
      [404, 'NOT_FOUND', mutation('pauseAgent', `agentId: "${issue.id}"`), {}],
      [409, 'CONFLICT', mutation('createCompany', 'name: "x", prefix: "ACME"'), {}],
      [422, 'RULE_VIOLATION', mutation('updateGoal', `goalId: "${goal.id}", parentId: "${goal.id}"`), {}],
    ];
    for (const [status, code, query, headers] of cases) {
      for (const accept of [{}, SPEC]) {
        const answer = await server.ask(query, {}, { ...headers, ...accept });
        expect([answer.status, answer.body.errors?.[0]?.extensions.code], code).toEqual([status, code]);
      }
    }
  });

  test('where part of the answer came, the status is 200 and the rest has its code', async () => {
    const answer = await server.ask(`{ viewer { mode } company(ref: "${acme.id}") { issues(after: "junk") { nodes { id } } } }`, {}, SPEC);
    expect(answer).toMatchObject({ status: 200, body: { data: { viewer: { mode: 'local_trusted' }, company: null }, errors: [{ path: ['company', 'issues'], extensions: { code: 'BAD_USER_INPUT' } }] } });
  });

  test('a refusal names the field at fault, and details for programs', async () => {
    const input = { companyId: acme.id, name: 'x', adapterType: 'process', adapterConfig: { timeoutSec: -1 } };
    const { body } = await server.ask('mutation ($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input });
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'adapterConfig.command', details: { fields: [{ field: 'adapterConfig.command' }, { field: 'adapterConfig.timeoutSec' }] } });
    expect(JSON.stringify(body.errors)).not.toMatch(/stack|\.ts:/);
  });
});

test('a fault of ours is masked, and logged under the id that the caller sees', async () => {
  await boardroom.db.prisma.$executeRawUnsafe('ALTER TABLE label RENAME TO hidden');
  try {
    for (const query of [`mutation { createLabel(input: { companyId: "${acme.id}", name: "x" }) { id } }`, `{ company(ref: "${acme.id}") { labels { nodes { name } } } }`]) {
      const answer = await server.ask(query, {}, SPEC);
      const requestId = answer.headers.get('x-request-id');
      expect(answer.status).toBe(query.startsWith('{') ? 200 : 500);
      expect(answer.body.errors?.[0]).toMatchObject({ message: 'something went wrong here; it is logged under the request id', extensions: { code: 'INTERNAL', requestId } });
      expect(JSON.stringify(answer.body)).not.toMatch(/hidden|relation|prisma|select|stack/i);
      expect(server.logged.filter((line) => line['requestId'] === requestId)).toMatchObject([{ msg: 'a request failed', err: { message: expect.stringMatching(/label/) } }]);
    }
  } finally {
    await boardroom.db.prisma.$executeRawUnsafe('ALTER TABLE hidden RENAME TO label');
  }
});

test('each request has an id of its own', async () => {
  const ids = await Promise.all([1, 2, 3].map(async () => (await server.ask(VIEWER)).headers.get('x-request-id')));
  expect(new Set(ids).size).toBe(3);
});

test('GraphiQL is served to people, with examples that are valid', async () => {
  const response = await fetch(server.url, { headers: { accept: 'text/html' } });
  const page = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  expect(page).toMatch(/Boardroom/);
  expect(page).toContain('companyEvents');
  // A page that another site opens runs nothing: the query in its address is left to the person.
  const withQuery = await fetch(`${server.url}?query=${encodeURIComponent('mutation { createCompany(input: { name: "By page" }) { id } }')}`, { headers: { accept: 'text/html' } });
  expect(withQuery.headers.get('content-type')).toContain('text/html');
  expect(await boardroom.db.prisma.company.count({ where: { name: 'By page' } })).toBe(0);
});

test('a file of the board that is gone since the start cuts its own answer short, and nobody else\'s', async () => {
  const web = await mkdtemp(join(tmpdir(), 'boardroom web '));
  onTestFinished(() => rm(web, { recursive: true, force: true }));
  await mkdir(join(web, 'assets'));
  for (const name of ['index.html', 'assets/old.js', 'assets/kept.js']) await writeFile(join(web, name), name);
  const board = await testServer(boardroom, { web });
  onTestFinished(() => board.close());
  await rm(join(web, 'assets', 'old.js')); // as a new build does
  await expect(fetch(`${board.origin}/assets/old.js`).then((response) => response.text())).rejects.toThrow();
  expect(await (await fetch(`${board.origin}/assets/kept.js`)).text()).toBe('assets/kept.js');
});
