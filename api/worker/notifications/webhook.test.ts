import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { receiver } from './testing.ts';
import { postWebhook, type Webhook } from './webhook.ts';

const post = (address: string, more: Partial<Webhook> = {}) => postWebhook({ address, body: '{}', headers: { 'content-type': 'application/json' }, allowsPrivate: true, ...more });
async function listening(...args: Parameters<typeof receiver>) {
  const made = await receiver(...args);
  onTestFinished(() => made.close());
  return made;
}

test.each([200, 201, 204, 299])('%i is success', async (status) => {
  const hook = await listening(() => status);
  expect(await post(hook.url)).toEqual({ arrived: true, status });
  expect(hook.received[0]).toMatchObject({ path: '/hook', body: '{}' });
});

test.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
  const other = await listening();
  const hook = await listening(() => ({ status, headers: { location: other.url } }));
  expect(await post(hook.url)).toEqual({ arrived: false, status, error: `answered ${status}, and redirects are not followed` });
  expect(other.received).toEqual([]);
});

test('of an answer that is no success its beginning is kept', async () => {
  const hook = await listening(() => ({ status: 500, body: `no\0pe ${'x'.repeat(100_000)}` }));
  const outcome = await post(hook.url);
  expect(outcome).toMatchObject({ arrived: false, status: 500 });
  expect((outcome as { error: string }).error).toHaveLength('answered 500: '.length + 200);
});

test('an answer of bytes that are no text is kept as well as can be', async () => {
  const hook = await listening(() => ({ status: 502, body: Buffer.from([0xff, 0xfe, 0x41]) }));
  expect(await post(hook.url)).toEqual({ arrived: false, status: 502, error: 'answered 502: \ufffd\ufffdA' });
});

test('whoever does not answer, or not to the end, is not waited for', async () => {
  const silent = await listening(() => ({ status: 200, never: true }));
  expect(await post(silent.url, { timeoutMs: 100 })).toEqual({ arrived: false, status: null, error: 'no answer within 0.1 s' });
  const dribble = createServer((socket) => { socket.on('error', () => undefined); socket.write('HTTP/1.1 503 no\r\ncontent-length: 100\r\n\r\nbusy'); });
  dribble.listen(0, '127.0.0.1');
  await once(dribble, 'listening');
  onTestFinished(() => void dribble.close());
  expect(await post(`http://127.0.0.1:${(dribble.address() as AddressInfo).port}/`, { timeoutMs: 100 })).toEqual({ arrived: false, status: 503, error: 'answered 503: busy' });
});

test('a name that takes too long to look up is given up', async () => {
  expect(await post('http://slow.test/', { timeoutMs: 50, resolve: () => new Promise(() => undefined) })).toEqual({ arrived: false, status: null, error: 'no answer within 0.05 s' });
});

test('a port where nobody listens is an outcome', async () => {
  const hook = await receiver();
  await hook.close();
  expect(await post(hook.url)).toMatchObject({ arrived: false, status: null, error: expect.stringContaining('ECONNREFUSED') });
});

test('a name that leads nowhere is an outcome', async () => {
  expect(await post('http://hook.test/', { resolve: () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND hook.test'), { code: 'ENOTFOUND' })) }))
    .toEqual({ arrived: false, status: null, error: 'getaddrinfo ENOTFOUND hook.test' });
});

test('the connection goes to the address that was checked, and the name is looked up once', async () => {
  const hook = await listening();
  const asked: string[] = [];
  const resolve = (host: string) => { asked.push(host); return Promise.resolve([{ address: '127.0.0.1', family: 4 }]); };
  // No name server knows hook.test: a second look-up of any kind would fail.
  expect(await post(`http://hook.test:${hook.port}/x`, { resolve })).toEqual({ arrived: true, status: 204 });
  expect(asked).toEqual(['hook.test']);
  expect(hook.received[0]?.headers.host).toBe(`hook.test:${hook.port}`);
});

test.each([
  ['http://127.0.0.1', '127.0.0.1'], ['http://2130706433', '127.0.0.1'], ['http://0x7f.1', '127.0.0.1'], ['http://017700000001', '127.0.0.1'], ['http://0', '0.0.0.0'],
  ['http://[::1]', '::1'], ['http://[::ffff:127.0.0.1]', '::ffff:7f00:1'], ['http://169.254.169.254', '169.254.169.254'], ['http://[fd00::1]', 'fd00::1'], ['https://10.0.0.1', '10.0.0.1'],
])('%s is not called', async (address, ip) => {
  expect(await post(`${address}/`, { allowsPrivate: false })).toEqual({ arrived: false, status: null, error: `${ip}, which is no address of the public internet` });
});

test.each([
  [['127.0.0.1']], [['93.184.216.34', '10.0.0.8']], [['::ffff:10.0.0.8']],
])('a name that leads to %j is not called', async (addresses) => {
  const resolve = () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  expect(await post('http://inside.test/', { allowsPrivate: false, resolve })).toEqual({ arrived: false, status: null, error: `inside.test leads to ${addresses.at(-1)}, which is no address of the public internet` });
});

test('what speaks no TLS is an outcome', async () => {
  const hook = await listening();
  expect(await post(hook.url.replace('http:', 'https:'))).toMatchObject({ arrived: false, status: null });
});
