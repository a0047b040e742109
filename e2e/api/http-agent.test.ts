import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { ask, askUntil, startBoardroom } from '../support/boardroom.ts';

// An agent behind a URL, through the whole system: woken by a request, finished by a callback or by its answer.

interface Wake { runId: string; issue: { id: string; identifier: string }; callback: { url: string; token: string }; key: string }
interface RunSeen {
  id: string; status: string; summary: string | null; costMicros: string | null; costStatus: string | null;
  error: { code: string; message: string } | null; usage: { inputTokens: string } | null; log: { chunks: { text: string }[] };
}

let live: RunningBoardroom;
let service: Server;
let address = '';
let companyId = '';
let requests: { path: string; body: Record<string, unknown> }[] = [];
let onWake: (wake: Wake, response: ServerResponse) => unknown;

beforeAll(async () => {
  service = createServer((request, response) => {
    take(request, response).catch(() => response.destroy()); // the run hears of it: left to nobody it would fail every test
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  live = await startBoardroom();
  ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }'));
});

afterAll(async () => {
  await live?.stop();
  service?.closeAllConnections();
  service?.close();
  if (live) await rm(live.home, { recursive: true, force: true });
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const part of request) text += String(part);
  const body = JSON.parse(text) as Record<string, unknown>;
  requests.push({ path: request.url ?? '', body });
  if (request.url !== '/wake') return void response.writeHead(204).end();
  await onWake({ ...(body as unknown as Wake), key: String(request.headers['idempotency-key']) }, response);
}

/** What a service does with the run's own token. */
async function call(wake: Wake, query: string, input: object): Promise<{ status: number; text: string }> {
  const response = await fetch(wake.callback.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${wake.callback.token}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  return { status: response.status, text: await response.text() };
}

const complete = (wake: Wake, input: object = { outcome: 'SUCCEEDED', summary: 'All done', usage: { inputTokens: '120', outputTokens: '30' }, costMicros: '4500', provider: 'acme', model: 'm-1' }) =>
  call(wake, 'mutation($input: CompleteRunInput!) { completeRun(input: $input) { __typename } }', input);

async function wakeAgent(config: object = {}): Promise<{ issueId: string; run: () => Promise<RunSeen> }> {
  requests = [];
  const agent = { companyId, name: `Remote ${Math.random()}`, adapterType: 'http', adapterConfig: { url: `${address}/wake`, ...config } };
  const { createAgent } = await ask<{ createAgent: { id: string } }>(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input: agent });
  const issue = { companyId, title: 'Remote work', assigneeId: createAgent.id, status: 'TODO' };
  const { createIssue } = await ask<{ createIssue: { id: string } }>(live.address, 'mutation($input: CreateIssueInput!) { createIssue(input: $input) { id } }', { input: issue });
  const query = `query($id: String!) { issue(ref: $id) { runs(first: 20) { nodes { id status summary costMicros costStatus error { code message } usage { inputTokens }
    log(first: 50) { chunks { text } } } } } }`;
  // The first of them: what follows from its end by itself is not what is looked at here.
  const look = async () => (await ask<{ issue: { runs: { nodes: RunSeen[] } } }>(live.address, query, { id: createIssue.id })).issue.runs.nodes.at(-1) as RunSeen;
  return { issueId: createIssue.id, run: () => askUntil(look, (run) => run !== undefined && !['QUEUED', 'RUNNING'].includes(run.status)) };
}

test('a service accepts, works on the issue with the run’s token, and calls back', async () => {
  const seen: string[] = [];
  onWake = async (wake, response) => {
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"job":"j-7"}');
    seen.push(wake.key, wake.runId);
    seen.push((await call(wake, 'mutation($input: CheckoutIssueInput!) { checkoutIssue(input: $input) { __typename } }', { issueId: wake.issue.id })).text);
    await call(wake, 'mutation($input: UpdateIssueInput!) { updateIssue(input: $input) { __typename } }', { issueId: wake.issue.id, status: 'DONE', comment: 'Remote and done' });
    seen.push((await complete(wake)).text);
    seen.push(String((await complete(wake)).status));
  };
  const { issueId, run } = await wakeAgent({ body: { greeting: 'Hello {{agent.name}}' } });
  const ended = await run();
  expect(ended).toMatchObject({ status: 'SUCCEEDED', summary: 'All done', costMicros: '4500', costStatus: 'REPORTED', usage: { inputTokens: '120' }, error: null });
  expect(ended.log.chunks.map(({ text }) => text).join('')).toContain('{"job":"j-7"}');
  expect(requests[0]?.body['greeting']).toMatch(/^Hello Remote/);
  const { issue } = await ask<{ issue: object }>(live.address, 'query($id: String!) { issue(ref: $id) { status holder { id } comments { nodes { body } } } }', { id: issueId });
  expect(issue).toEqual({ status: 'DONE', holder: null, comments: { nodes: [{ body: 'Remote and done' }] } });
  await expect.poll(() => seen.length).toBe(5);
  expect(seen[0]).toBe(seen[1]);
  expect(seen[2]).toContain('"Issue"');
  expect(seen[3]).toContain('"Run"');
  expect(seen[4]).toBe('401'); // its token died with the run
});

test('a callback may come before the answer that accepts the run', async () => {
  onWake = async (wake, response) => {
    await complete(wake);
    response.writeHead(202).end();
  };
  expect(await (await wakeAgent()).run()).toMatchObject({ status: 'SUCCEEDED', summary: 'All done' });
});

test('the answer itself may end the run', async () => {
  onWake = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"summary":"At once","usage":{"inputTokens":5,"outputTokens":1}}');
  expect(await (await wakeAgent({ completion: 'response' })).run()).toMatchObject({ status: 'SUCCEEDED', summary: 'At once', usage: { inputTokens: '5' }, costMicros: null, costStatus: 'UNPRICED' });
});

test('a service that reports failure, refuses, or is not there', async () => {
  onWake = async (wake, response) => {
    response.writeHead(202).end();
    await complete(wake, { outcome: 'FAILED', errorCode: 'NO_DATA', errorMessage: 'The table is empty' });
  };
  expect(await (await wakeAgent()).run()).toMatchObject({ status: 'FAILED', error: { code: 'NO_DATA', message: 'The table is empty' } });
  onWake = (_, response) => response.writeHead(503).end('closed on Sundays');
  expect(await (await wakeAgent()).run()).toMatchObject({ status: 'FAILED', error: { code: 'HTTP_STATUS', message: expect.stringContaining('closed on Sundays') } });
  expect(await (await wakeAgent({ url: 'http://127.0.0.1:9/wake' })).run()).toMatchObject({ status: 'FAILED', error: { code: 'HTTP_CONNECTION_REFUSED' } });
});

test('a callback that never comes is a timeout, and the service is told', async () => {
  onWake = (_, response) => response.writeHead(202, { 'content-type': 'application/json' }).end('{"job":"j-8"}');
  const { run } = await wakeAgent({ timeoutSec: 5, cancelUrl: `${address}/cancel` });
  expect(await run()).toMatchObject({ status: 'TIMED_OUT', error: { code: 'TIMED_OUT' } });
  await expect.poll(() => requests.find(({ path }) => path === '/cancel')?.body).toMatchObject({ answer: { job: 'j-8' } });
});

test('a cancelled run is told to the service, and its late callback changes nothing', async () => {
  const wakes: Wake[] = [];
  onWake = (wake, response) => {
    response.writeHead(202).end();
    wakes.push(wake);
  };
  const { issueId, run } = await wakeAgent({ cancelUrl: `${address}/cancel` });
  const own = () => wakes.find((wake) => wake.issue.id === issueId);
  await expect.poll(own).toBeDefined();
  await ask(live.address, 'mutation($input: CancelRunInput!) { cancelRun(input: $input) { id } }', { input: { runId: own()?.runId } });
  expect(await run()).toMatchObject({ status: 'CANCELLED' });
  await expect.poll(() => requests.some(({ path }) => path === '/cancel')).toBe(true);
  expect((await complete(own() as Wake)).status).toBe(401);
});
