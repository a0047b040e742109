import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestBoardroom, testBoardroom } from '../../schema/testing/boardroom.ts';
import { testServer, type TestServer } from './testing.ts';

let boardroom: TestBoardroom;
let server: TestServer;
let web: string;
beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), 'boardroom-web-'));
  await mkdir(join(web, 'assets'));
  await writeFile(join(web, 'index.html'), '<!doctype html><title>Boardroom</title>');
  await writeFile(join(web, 'assets', 'app-1a2b.js'), 'export const built = true;');
  boardroom = await testBoardroom();
  server = await testServer(boardroom, { web });
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
  await rm(web, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.origin}${path}`, { headers });

test.each(['/', '/ACME/issues/ACME-12', '/no/such/page'])('%s is the board, asked for anew each time', async (path) => {
  const response = await get(path, { accept: 'text/html' });
  expect(await response.text()).toContain('<title>Boardroom</title>');
  expect(response.headers.get('cache-control')).toBe('no-cache');
});

test('built files never change', async () => {
  const response = await get('/assets/app-1a2b.js');
  expect(await response.text()).toContain('built');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await get('/assets/app-1a2b.js', { 'if-none-match': response.headers.get('etag') ?? '' })).status).toBe(304);
});

test('pages cannot be framed, nor run what is not ours', async () => {
  const { headers } = await get('/');
  expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
  expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'no-referrer']);
});

test.each(['/../package.json', '/..%2f..%2fetc/passwd', '/assets/../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd'])('%s stays in the folder', async (path) => {
  expect(await (await get(path)).text()).not.toMatch(/root:|"name"/);
});

test('health is told to anybody, readiness only while the database answers', async () => {
  expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 200]);
  const other = await testBoardroom();
  const broken = await testServer(other);
  await other.db.close();
  expect([(await fetch(`${broken.origin}/healthz`)).status, (await fetch(`${broken.origin}/readyz`)).status]).toEqual([200, 503]);
  await broken.close();
  await other.live.close();
});

test('a board that was not built says what to do', async () => {
  const unbuilt = await testServer(boardroom, { web: join(web, 'missing') });
  const response = await fetch(unbuilt.origin);
  expect([response.status, await response.json()]).toEqual([503, { error: 'the board is not built: run npm run build' }]);
  await unbuilt.close();
});
