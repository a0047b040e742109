import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../contract.ts';
import { contextWith } from '../claude/testing.ts';
import { localProbe } from '../targets/local/probe.ts';
import { httpAdapter } from './adapter.ts';
import { httpConfig } from './config.ts';

const token = 'run-token-of-this-run';
let server: Server;
let base = '';
let asked: { method: string; path: string; headers: IncomingHttpHeaders; body: string }[];
let answer: (response: ServerResponse, path: string) => void;
let log = '';

beforeEach(async () => {
  asked = [];
  log = '';
  answer = (response) => response.writeHead(202).end();
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text)).on('end', () => {
      asked.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      answer(response, request.url ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function start(config: object = {}, signal: AbortSignal = new AbortController().signal) {
  const { config: _, ...context } = contextWith({}, { env: { BOARDROOM_API_URL: 'http://127.0.0.1:4400', BOARDROOM_API_KEY: token } });
  return httpAdapter.start({ ...context, config: httpConfig.parse({ url: `${base}/wake?secret=1`, ...config }) }, signal, (text) => (log += text));
}

async function failure(config: object = {}): Promise<Extract<Outcome, { kind: 'failed' }>> {
  const result = await start(config);
  if (result.kind !== 'failed') throw new Error(`it ${result.kind}`);
  return result;
}

const respond = (status: number, body: unknown, headers: Record<string, string> = {}) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));

describe('the request', () => {
  test('says who is woken, why, about what, and how to answer, beside the configured fields', async () => {
    await start({ body: { text: 'Hello {{agent.name}}', nested: [{ about: '{{issue.identifier}}' }], runId: 'not this one' }, headers: { authorization: 'Bearer secret' } });
    expect(asked).toHaveLength(1);
    const { method, path, headers, body } = asked[0] ?? { method: '', path: '', headers: {}, body: '{}' };
    expect({ method, path }).toEqual({ method: 'POST', path: '/wake?secret=1' });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'run-1', authorization: 'Bearer secret' });
    expect(JSON.parse(body)).toEqual({
      text: 'Hello Ada', nested: [{ about: 'ACME-12' }],
      agentId: 'agent-1', companyId: 'company-1', runId: 'run-1',
      context: { source: 'ASSIGNMENT', reason: 'the issue was assigned to you', commentId: null, comments: [], payload: {} },
      issue: expect.objectContaining({ id: 'issue-1', identifier: 'ACME-12' }),
      callback: { url: 'http://127.0.0.1:4400/graphql', token, mutation: 'completeRun', runId: 'run-1' },
    });
  });

  test('the log tells what was asked and answered, without secrets', async () => {
    answer = respond(202, { echo: token, job: 7 });
    await start({ headers: { authorization: 'Bearer secret' } });
    expect(log).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+\/wake with \d+ bytes\nAnswered 202\n\{"echo":"\[run token\]","job":7\}\n$/);
  });

  test('another method', async () => {
    await start({ method: 'PUT' });
    expect(asked[0]?.method).toBe('PUT');
  });
});

describe('completion by callback', () => {
  test.each([200, 202, 204])('%i accepts the run', async (status) => {
    answer = (response) => response.writeHead(status).end();
    expect(await start()).toMatchObject({ kind: 'accepted', handle: { runId: 'run-1', agentId: 'agent-1', answer: null } });
  });

  test('what the service answered is kept, and given back when the run is cancelled', async () => {
    answer = respond(202, { jobId: 'j-1' });
    const accepted = await start();
    if (accepted.kind !== 'accepted') throw new Error('not accepted');
    const config = httpConfig.parse({ url: base, cancelUrl: `${base}/cancel`, headers: { authorization: 'Bearer secret' } });
    await httpAdapter.cancel?.(config, accepted.handle, new AbortController().signal);
    expect(asked[1]).toMatchObject({ method: 'POST', path: '/cancel', headers: { authorization: 'Bearer secret' } });
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ runId: 'run-1', agentId: 'agent-1', answer: { jobId: 'j-1' } });
  });

  test('an accepted run has an hour unless told otherwise', () => {
    expect(httpAdapter.timeoutSec(httpConfig.parse({ url: base }))).toBe(3_600);
    expect(httpAdapter.timeoutSec(httpConfig.parse({ url: base, timeoutSec: 5 }))).toBe(5);
  });
});

describe('completion by the answer', () => {
  const completion = 'response';

  test('JSON carries summary, usage and cost', async () => {
    answer = respond(200, { summary: 'Done.', usage: { inputTokens: '9007199254740993', outputTokens: 5 }, costMicros: 12, model: 'm', provider: 'p', more: true });
    expect(await start({ completion })).toEqual({
      kind: 'succeeded', summary: 'Done.', usage: { inputTokens: 9007199254740993n, cachedInputTokens: 0n, outputTokens: 5n }, costMicros: 12n, model: 'm', provider: 'p',
    });
  });

  test('text is the summary, nothing is nothing', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(' All good. \n');
    expect(await start({ completion })).toEqual({ kind: 'succeeded', summary: 'All good.' });
    answer = respond(200, '');
    expect(await start({ completion })).toEqual({ kind: 'succeeded' });
  });

  test('the agent may say that it failed', async () => {
    answer = respond(200, { outcome: 'FAILED', errorCode: 'NO_DATA', errorMessage: 'The table is empty' });
    expect(await start({ completion })).toEqual({ kind: 'failed', code: 'NO_DATA', message: 'The table is empty' });
  });

  test.each([
    ['a negative cost', { costMicros: -1 }, 'costMicros'],
    ['half a token', { usage: { inputTokens: 1.5, outputTokens: 1 } }, 'usage.inputTokens'],
    ['a list', [1], 'the answer'],
    ['broken JSON', '{"summary":', 'the answer'],
  ])('%s is refused by name', async (_, body, named) => {
    answer = respond(200, body);
    expect(await start({ completion })).toMatchObject({ kind: 'failed', code: 'HTTP_RESPONSE_INVALID', message: expect.stringContaining(named) });
  });

  test('an endless answer is not read to its end', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => { while (!response.destroyed && response.write('x'.repeat(65_536))); };
      response.on('drain', more);
      more();
    };
    expect(await start({ completion })).toMatchObject({ kind: 'failed', code: 'HTTP_RESPONSE_INVALID', message: expect.stringContaining('1 MiB') });
    expect(log.length).toBeLessThan(70_000);
  });
});

describe('what goes wrong has a code', () => {
  test('a status that is no 2xx', async () => {
    answer = respond(500, 'it broke');
    expect(await failure()).toMatchObject({ code: 'HTTP_STATUS', family: 'transient_upstream', message: `${base}/wake answered 500: it broke` });
    answer = respond(401, '');
    expect(await failure()).toMatchObject({ code: 'HTTP_STATUS', family: 'auth' });
    answer = respond(404, '');
    expect(await failure()).toMatchObject({ code: 'HTTP_STATUS', family: 'configuration' });
  });

  test('a limit says when to come back', async () => {
    answer = respond(429, '', { 'retry-after': '120' });
    const { family, retryNotBefore } = await failure();
    expect(family).toBe('provider_quota');
    expect(Date.parse(retryNotBefore ?? '') - Date.now()).toBeGreaterThan(100_000);
  });

  test('a redirect is not followed', async () => {
    answer = respond(307, '', { location: `${base}/elsewhere` });
    expect(await failure()).toMatchObject({ code: 'HTTP_REDIRECT', message: expect.stringContaining('/elsewhere') });
    expect(asked.map(({ path }) => path)).toEqual(['/wake?secret=1']);
  });

  test('nobody listens', async () => {
    const { code, message } = await failure({ url: 'http://127.0.0.1:9/wake?secret=1' });
    expect(code).toBe('HTTP_CONNECTION_REFUSED');
    expect(message).not.toContain('secret');
  });

  test('no such host', async () => {
    expect((await failure({ url: 'http://no-such-host.invalid/' })).code).toBe('HTTP_HOST_NOT_FOUND');
  });

  test('no answer in time, or half of one', async () => {
    answer = () => {};
    expect(await failure({ timeoutMs: 150 })).toMatchObject({ code: 'HTTP_TIMEOUT', family: 'transient_upstream', message: expect.stringContaining('150 ms') });
    answer = (response) => void response.writeHead(200).write('half');
    expect((await failure({ timeoutMs: 150 })).code).toBe('HTTP_TIMEOUT');
  });

  test('a connection that breaks', async () => {
    answer = (response) => response.destroy();
    expect((await failure()).code).toBe('HTTP_FAILED');
  });

  test('something that does not speak HTTP over TLS', async () => {
    expect((await failure({ url: base.replace('http:', 'https:') })).code).toMatch(/HTTP_(CERTIFICATE|FAILED)/);
  });

  test('a cancelled run stops waiting at once', async () => {
    const abort = new AbortController();
    answer = () => abort.abort();
    expect(await start({}, abort.signal)).toMatchObject({ kind: 'failed', code: 'HTTP_ABORTED' });
  });
});

describe('the configuration', () => {
  test('is refused field by field', () => {
    const fields = (config: object) => httpConfig.safeParse(config).error?.issues.map(({ path }) => path.join('.'));
    expect(fields({})).toEqual(['url']);
    expect(fields({ url: 'ftp://host/' })).toEqual(['url']);
    expect(fields({ url: 'not a url' })).toEqual(['url']);
    expect(fields({ url: 'http://user:word@host/' })).toEqual(['url']);
    expect(fields({ url: base, headers: { 'a b': 'x', ok: 'line\nbreak', Host: 'x', 'Idempotency-Key': 'x' } })).toEqual(['headers.a b', 'headers.ok', 'headers.Host', 'headers.Idempotency-Key']);
    expect(fields({ url: base, method: 'GET', timeoutMs: 0, colour: 1 })?.sort()).toEqual(['', 'method', 'timeoutMs']);
  });

  test('is shown without the query, which may hold a key', () => {
    expect(httpAdapter.describe(httpConfig.parse({ url: `${base}/wake?secret=1` }))).toEqual({ url: `${base}/wake` });
    expect(httpAdapter.secretKeys).toEqual(['headers.*']);
  });
});

describe('the test of an agent', () => {
  const check = async (url: string) => (await httpAdapter.test(httpConfig.parse({ url }), localProbe({})))[0];

  test('asks by HEAD, which wakes nobody', async () => {
    answer = (response) => response.writeHead(405).end();
    expect(await check(`${base}/wake`)).toMatchObject({ outcome: 'OK' });
    expect(asked.map(({ method }) => method)).toEqual(['HEAD']);
  });

  test('tells what to do', async () => {
    answer = (response) => response.writeHead(401).end();
    expect(await check(base)).toMatchObject({ outcome: 'WARNING', hint: expect.stringContaining('headers') });
    answer = (response) => response.writeHead(301, { location: '/x' }).end();
    expect(await check(base)).toMatchObject({ outcome: 'FAILED', hint: expect.stringContaining('url') });
    expect(await check('http://127.0.0.1:9/')).toMatchObject({ outcome: 'FAILED', message: expect.stringContaining('ECONNREFUSED') });
  });
});
