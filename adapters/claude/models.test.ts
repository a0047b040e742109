import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bedrockModels, claudeModels, modelLister } from './models.ts';
import { contextWith } from './testing.ts';

const key = 'made-up-key';
const probe = { fetch: (url: string, init?: RequestInit) => fetch(url, init) };
let server: Server;
let asked: { path: string; key: string; version: string }[];
let answer: { status: number; body: string; location?: string };
let now: number;

beforeEach(async () => {
  asked = [];
  now = 1_000_000;
  answer = { status: 200, body: JSON.stringify({ data: [{ id: 'claude-next', display_name: 'Claude Next' }, { id: 'claude-sonnet-5' }] }) };
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', key: String(request.headers['x-api-key']), version: String(request.headers['anthropic-version']) });
    response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const config = (env: Record<string, string> = {}) => contextWith({
  env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ...env },
}).config;

test('the service’s list comes first, known models that it lacks follow, none twice', async () => {
  const ids = (await modelLister()(config(), probe)).map(({ id }) => id);
  expect(ids.slice(0, 2)).toEqual(['claude-next', 'claude-sonnet-5']);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('opus');
  expect(asked).toEqual([{ path: '/v1/models?limit=1000', key, version: '2023-06-01' }]);
});

test('one list serves a minute, per key and service', async () => {
  const list = modelLister(() => now);
  await list(config(), probe);
  now += 59_000;
  await list(config(), probe);
  expect(asked).toHaveLength(1);
  await list(config({ ANTHROPIC_API_KEY: 'other' }), probe);
  expect(asked).toHaveLength(2);
  now += 2_000;
  await list(config(), probe);
  expect(asked).toHaveLength(3);
});

test('an older list is better than none, the known models better than nothing', async () => {
  const list = modelLister(() => now);
  answer.status = 500;
  expect(await list(config(), probe)).toEqual(claudeModels);
  answer.status = 200;
  const fresh = await list(config(), probe);
  now += 61_000;
  for (const broken of [{ status: 401, body: '{}' }, { status: 200, body: 'no json' }, { status: 200, body: '{"data":7}' }]) {
    answer = broken;
    expect(await list(config(), probe)).toEqual(fresh);
  }
});

test('a redirect is not followed: the key goes to no other place', async () => {
  answer = { status: 302, body: '', location: '/elsewhere' };
  expect(await modelLister()(config(), probe)).toEqual(claudeModels);
  expect(asked).toHaveLength(1);
});

test('without a key nobody is asked; Bedrock knows its own ids only', async () => {
  expect(await modelLister()(config({ ANTHROPIC_API_KEY: '' }), probe)).toEqual(claudeModels);
  expect(await modelLister()(config({ CLAUDE_CODE_USE_BEDROCK: '1' }), probe)).toEqual(bedrockModels);
  expect(asked).toEqual([]);
});
