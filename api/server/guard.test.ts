import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type TestBoardroom, testBoardroom } from '../../schema/testing/boardroom.ts';
import { testServer, type TestServer } from './testing.ts';

let boardroom: TestBoardroom;
let server: TestServer;
beforeAll(async () => {
  boardroom = await testBoardroom();
  server = await testServer(boardroom);
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
});

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request with exactly these headers, also those that fetch does not let one set. */
function send({ method = 'POST', path = '/graphql', headers = {}, body }: Sent): Promise<{ status: number; body: string; headers: IncomingHttpHeaders }> {
  const [hostname, port] = server.host.split(':');
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ hostname, port, method, path, headers: { host: server.host, ...headers } }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += String(part)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const MUTATION = JSON.stringify({ query: 'mutation { createCompany(input: { name: "Forged" }) { id } }' });
const JSON_TYPE = { 'content-type': 'application/json' };
const made = () => boardroom.db.prisma.company.count({ where: { name: 'Forged' } });

describe('a page of another site cannot act here', () => {
  test.each<[string, Sent]>([
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${encodeURIComponent('mutation { createCompany(input: { name: "Forged" }) { id } }')}` }],
    ['a form with a file', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--' }],
    ['a simple request', { headers: { 'content-type': 'text/plain' }, body: MUTATION }],
    ['a simple request that says JSON in a parameter', { headers: { 'content-type': 'text/plain; application/json' }, body: MUTATION }],
    ['no content type', { body: MUTATION }],
    ['an image', { method: 'GET', path: `/graphql?query=${encodeURIComponent('{ companies { nodes { id } } }')}`, headers: { accept: 'image/*' } }],
    ['a script', { method: 'GET', path: `/graphql?query=${encodeURIComponent('{ companies { nodes { id } } }')}`, headers: { accept: '*/*' } }],
    ['a stream', { method: 'GET', path: `/graphql?query=${encodeURIComponent('subscription { companyEvents(companyId: "x") { cursor } }')}`, headers: { accept: 'text/event-stream' } }],
    ['a cross-site fetch', { headers: { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, body: MUTATION }],
    ['another origin', { headers: { ...JSON_TYPE, origin: 'https://evil.example' }, body: MUTATION }],
    ['an origin that is null', { headers: { ...JSON_TYPE, origin: 'null' }, body: MUTATION }],
    ['the same machine, another port', { headers: { ...JSON_TYPE, origin: 'http://127.0.0.1:1' }, body: MUTATION }],
  ])('%s', async (_what, sent) => {
    expect(await send(sent)).toMatchObject({ status: 403 });
    expect(await made()).toBe(0);
  });

  test('nor may it ask whether it may: no answer lets other origins in', async () => {
    const answer = await send({ method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });
    expect(answer.status).toBe(403);
    const same = await send({ method: 'OPTIONS', headers: { origin: server.origin } });
    expect(Object.keys({ ...answer.headers, ...same.headers }).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a name that was bound to this machine is not this machine', () => {
  test.each(['evil.example', 'evil.example:4400', 'localhost.evil.example', '127.0.0.1.evil.example', '127.evil', 'localhost@evil.example', '192.168.0.2', '0.0.0.0', '[::2]', ' '])('Host %j', async (host) => {
    for (const path of ['/graphql', '/', '/readyz']) expect((await send({ method: path === '/graphql' ? 'POST' : 'GET', path, headers: { host, ...JSON_TYPE }, body: path === '/graphql' ? MUTATION : '' })).status).toBe(403);
    expect(await made()).toBe(0);
  });

  test.each(['localhost', 'LOCALHOST:1', '127.0.0.1', '127.1.2.3:80', '[::1]:4400'])('Host %j is', async (host) => {
    expect(await send({ headers: { host, ...JSON_TYPE }, body: JSON.stringify({ query: '{ viewer { mode } }' }) })).toMatchObject({ status: 200 });
  });
});

test('the board’s own page, programs and agents get in', async () => {
  const body = JSON.stringify({ query: '{ viewer { mode } }' });
  for (const headers of [{ ...JSON_TYPE, origin: server.origin, 'sec-fetch-site': 'same-origin' }, JSON_TYPE, { 'content-type': 'application/json; charset=utf-8' }]) {
    expect(await send({ headers, body })).toMatchObject({ status: 200 });
  }
  expect(await send({ method: 'GET', path: `/graphql?query=${encodeURIComponent('{ viewer { mode } }')}`, headers: { 'x-boardroom-request': '1' } })).toMatchObject({ status: 200 });
});

describe('WebSocket', () => {
  const dial = (path: string, headers: Record<string, string>, protocol = 'graphql-transport-ws') =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://${server.host}${path}`, protocol, { headers });
      socket.on('open', () => { if (protocol === 'graphql-transport-ws') { resolve('open'); socket.close(); } });
      socket.on('close', (code) => resolve(`closed ${code}`));
      socket.on('error', (error) => resolve(error.message));
    });

  test.each<[string, string, Record<string, string>]>([
    ['another origin', '/graphql', { origin: 'https://evil.example' }], ['an origin that is null', '/graphql', { origin: 'null' }],
    ['a bound name', '/graphql', { host: 'evil.example' }], ['another path', '/other', {}], ['a path that is no address', '//', {}],
  ])('%s is refused', async (_what, path, headers) => expect(await dial(path, headers)).toBe('Unexpected server response: 403'));

  test('this origin, and none at all, get in', async () => {
    expect(await dial('/graphql', { origin: server.origin })).toBe('open');
    expect(await dial('/graphql', {})).toBe('open');
  });

  test('another protocol is told so', async () => expect(await dial('/graphql', {}, 'graphql-ws')).toBe('closed 4406'));
});

describe('nothing that is sent ends the server', () => {
  /** What comes back first; nothing, where nothing does for so long. */
  const raw = (text: string, patienceMs = 60_000) => new Promise<string>((resolve) => {
    const [hostname, port] = server.host.split(':');
    const socket = connect(Number(port), hostname ?? '', () => socket.write(text));
    let answer = '';
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on('data', (part) => { answer += String(part); if (answer.includes('\r\n\r\n')) socket.destroy(); });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
  });
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

  test.each([
    ['no request', 'nonsense\r\n\r\n'], ['an upgrade to nowhere', `GET // HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`], ['an upgrade without Host', `GET /graphql HTTP/1.0\r\n${upgrade}\r\n`],
    ['half a letter in the path', 'GET /%E0%A4%A HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'], ['half a body', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"query":'],
    ['a path out of the folder', 'GET /../../package.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'], ['an address for a path', 'GET http://evil.example/graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
  ])('%s', async (_what, text) => {
    // Half a body is waited for, by the server too.
    const answer = await raw(text, 1_000);
    expect(answer).not.toMatch(/ 500 /);
    expect(await server.ask('{ viewer { mode } }')).toMatchObject({ status: 200 });
  });

  test('a body too large is refused before it is read', async () => {
    expect(await raw('POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n{')).toContain(' 413 ');
  });

  test('and one that does not say its length as soon as it is too large', async () => {
    const parts = function* () { for (let i = 0; i < 60; i += 1) yield new Uint8Array(512 * 1024).fill(32); };
    const sent = fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: Readable.from(parts()), duplex: 'half' } as unknown as RequestInit);
    // Either the answer comes through, or the line is cut while the rest is still being sent.
    expect(await sent.then((response) => response.status, () => 413)).toBe(413);
    expect(await server.ask('{ viewer { mode } }')).toMatchObject({ status: 200 });
  });

  test('an upgrade that is none is a request like others', async () => {
    const answer = await send({ headers: { 'content-type': 'text/plain', upgrade: 'x' }, body: MUTATION });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await made()).toBe(0);
  });
});
