import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { write } from '../../../prisma/transaction.ts';
import { updateCompany } from '../../../schema/company/commands.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../../schema/testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../../schema/testing/company.ts';
import { insertRun } from '../../../schema/testing/runs.ts';
import { testServer, type TestServer } from '../testing.ts';
import { rangeOf } from './download.ts';
import { sweepFiles } from './sweep.ts';

let boardroom: TestBoardroom;
let server: TestServer;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  server = await testServer(boardroom);
  await write(boardroom.db, (tx) => updateCompany(tx, BOARD, { companyId: acme.id, attachmentMaxBytes: 3_000_000n }));
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
});

const MUTATION = `mutation ($input: UploadAttachmentInput!) { uploadAttachment(input: $input) {
  __typename ... on Attachment { id filename contentType byteSize sha256 path isShown } ... on IssueHeld { message } } }`;
const OURS = { 'x-boardroom-request': '1' };

interface Sent { issueId: string; name?: string; content: BlobPart; headers?: Record<string, string>; operations?: unknown; map?: unknown; input?: object }
async function upload({ issueId, name = 'note.txt', content, headers = OURS, operations, map, input = {} }: Sent) {
  const form = new FormData();
  form.append('operations', JSON.stringify(operations ?? { query: MUTATION, variables: { input: { issueId, file: null, ...input } } }));
  form.append('map', JSON.stringify(map ?? { 0: ['variables.input.file'] }));
  form.append('0', new Blob([content]), name);
  const response = await fetch(server.url, { method: 'POST', headers, body: form });
  const body = (await response.json()) as { data?: { uploadAttachment: Record<string, string> } | null; errors?: { message: string; extensions: { code: string } }[] };
  return { status: response.status, attachment: body.data?.uploadAttachment ?? {}, code: body.errors?.[0]?.extensions.code, message: body.errors?.[0]?.message };
}
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => fetch(`${server.origin}${path}`, { headers, method });
const incoming = () => readdir(boardroom.files.incoming).catch(() => []);
const count = () => boardroom.db.prisma.attachment.count();

test('a file goes up and comes down as it was', async () => {
  const issue = await acme.issue();
  const content = randomBytes(2_500_000);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const { status, attachment } = await upload({ issueId: issue.id, name: 'Bericht – für “alle”.bin', content });
  expect([status, attachment]).toEqual([200, expect.objectContaining({ filename: 'Bericht – für “alle”.bin', contentType: 'application/octet-stream', byteSize: '2500000', sha256, isShown: false })]);
  const response = await get(attachment['path'] ?? '');
  expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-disposition': expect.stringContaining("attachment; filename*=UTF-8''Bericht%20"), 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'accept-ranges': 'bytes', etag: `"${sha256}"`,
  });
  expect((await get(attachment['path'] ?? '', { 'if-none-match': `"${sha256}"` })).status).toBe(304);
  const head = await get(attachment['path'] ?? '', {}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual([200, '2500000', 0]);
  expect((await get(attachment['path'] ?? '', {}, 'DELETE')).status).toBe(405);
});

test('ranges', async () => {
  const { attachment } = await upload({ issueId: (await acme.issue()).id, content: '0123456789' });
  const ask = async (range: string, more = {}) => {
    const response = await get(attachment['path'] ?? '', { range, ...more });
    return [response.status, response.headers.get('content-range'), await response.text()];
  };
  expect(await ask('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
  expect(await ask('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
  expect(await ask('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
  expect(await ask('bytes=0-99')).toEqual([206, 'bytes 0-9/10', '0123456789']);
  expect(await ask('bytes=10-')).toEqual([416, 'bytes */10', '']);
  expect(await ask('bytes=0-1,4-5')).toEqual([200, null, '0123456789']);
  expect(await ask('bytes=0-1', { 'if-range': '"other"' })).toEqual([200, null, '0123456789']);
  expect([rangeOf('bytes=-', 10), rangeOf('bytes=5-2', 10), rangeOf('bytes=-0', 10), rangeOf('bytes=0-', 0), rangeOf('items=0-1', 10)]).toEqual([null, null, 'none', 'none', null]);
});

test('an empty file is one too', async () => {
  const { attachment } = await upload({ issueId: (await acme.issue()).id, content: '' });
  const response = await get(attachment['path'] ?? '');
  expect([response.status, await response.text()]).toEqual([200, '']);
});

test.each([['page.html', '<script>alert(1)</script>'], ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'], ['code.js', 'alert(1)']])('%s is never shown here', async (name, content) => {
  const { attachment } = await upload({ issueId: (await acme.issue()).id, name, content });
  const { headers } = await get(attachment['path'] ?? '');
  expect(headers.get('content-disposition')).toMatch(/^attachment;/);
  expect([headers.get('x-content-type-options'), headers.get('content-security-policy'), headers.get('cross-origin-resource-policy')]).toEqual(['nosniff', "default-src 'none'; sandbox", 'same-origin']);
});

test('texts and pictures are shown', async () => {
  const { attachment } = await upload({ issueId: (await acme.issue()).id, name: 'a.md', content: '# <b>x' });
  const { headers } = await get(attachment['path'] ?? '');
  expect([headers.get('content-type'), headers.get('content-disposition')?.split(';')[0]]).toEqual(['text/plain; charset=utf-8', 'inline']);
});

describe('what is too large', () => {
  test('is cut off and leaves nothing', async () => {
    const before = await count();
    const { code, message } = await upload({ issueId: (await acme.issue()).id, content: new Uint8Array(3_000_001) });
    expect([code, message]).toEqual(['RULE_VIOLATION', 'a file may have at most 3000000 bytes here']);
    expect([await incoming(), await count()]).toEqual([[], before]);
    expect((await upload({ issueId: (await acme.issue()).id, content: new Uint8Array(3_000_000) })).status).toBe(200);
  });

  test('is told before all of it has come', async () => {
    const issue = await acme.issue();
    const [hostname, port] = server.host.split(':');
    const opening = [
      ['operations', JSON.stringify({ query: MUTATION, variables: { input: { issueId: issue.id, file: null } } })], ['map', '{"0":["variables.input.file"]}'],
    ].map(([name, value]) => `--xx\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('') + '--xx\r\ncontent-disposition: form-data; name="0"; filename="a.bin"\r\n\r\n';
    const answer = await new Promise<string>((resolve, reject) => {
      const asked = httpRequest({ hostname, port, method: 'POST', path: '/graphql', headers: { ...OURS, 'content-type': 'multipart/form-data; boundary=xx', 'content-length': 500_000_000 } }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += String(part)));
        response.on('end', () => { resolve(text); asked.destroy(); });
      });
      asked.on('error', reject);
      asked.write(opening);
      asked.write(Buffer.alloc(4_000_000)); // and the rest never comes
    });
    expect(answer).toContain('RULE_VIOLATION');
    await expect.poll(incoming).toEqual([]);
  });
});

describe('what is cut short', () => {
  const opening = (issueId: string) => [
    ['operations', JSON.stringify({ query: MUTATION, variables: { input: { issueId, file: null } } })], ['map', '{"0":["variables.input.file"]}'],
  ].map(([name, value]) => `--xx\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('') + '--xx\r\ncontent-disposition: form-data; name="0"; filename="a.bin"\r\n\r\n';

  test('by a line that breaks is no attachment', async () => {
    const [issue, before] = [await acme.issue(), await count()];
    const [hostname, port] = server.host.split(':');
    const socket = connect(Number(port), hostname ?? '');
    socket.on('error', () => {});
    socket.write(`POST /graphql HTTP/1.1\r\nHost: ${server.host}\r\nx-boardroom-request: 1\r\ncontent-type: multipart/form-data; boundary=xx\r\ncontent-length: 100000\r\n\r\n${opening(issue.id)}half of it`);
    await expect.poll(incoming).toHaveLength(1);
    socket.destroy();
    await expect.poll(incoming).toEqual([]);
    expect(await count()).toBe(before);
  });

  test('by a body that has no end is no attachment', async () => {
    const [issue, before] = [await acme.issue(), await count()];
    const response = await fetch(server.url, { method: 'POST', headers: { ...OURS, 'content-type': 'multipart/form-data; boundary=xx' }, body: `${opening(issue.id)}half of it` });
    expect(JSON.stringify(await response.json())).toMatch(/BAD_USER_INPUT/);
    expect([await incoming(), await count()]).toEqual([[], before]);
  });
});

describe('what is no upload', () => {
  test.each<[string, Partial<Sent>]>([
    ['no operations', { operations: 1 }], ['a batch', { operations: [{ query: '{ viewer { mode } }' }] }], ['a map to nowhere', { map: { 0: ['variables.other.file'] } }], ['a map to the query', { map: { 0: ['query'] } }],
    ['a map that says nothing of the file', { map: { 1: ['variables.input.file'] } }], ['a map to two places', { map: { 0: ['variables.input.file', 'variables.input.filename'] } }],
    ['a map into prototypes', { map: { 0: ['variables.__proto__.file'] } }], ['a map over a value', { map: { 0: ['variables.input.issueId'] } }],
  ])('%s', async (_what, sent) => {
    const { status, code } = await upload({ issueId: (await acme.issue()).id, content: 'x', ...sent });
    expect([status, code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('a file as JSON', async () => {
    const answer = await server.ask(MUTATION, { input: { issueId: (await acme.issue()).id, file: 'x' } });
    expect(answer.body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('a form of another site', async () => {
    const issueId = (await acme.issue()).id;
    for (const headers of [{}, { ...OURS, origin: 'https://evil.example' }, { ...OURS, 'sec-fetch-site': 'cross-site' }]) expect((await upload({ issueId, content: 'x', headers: headers as Record<string, string> })).status).toBe(403);
  });

  test('a subscription', async () => {
    const operations = { query: `subscription { companyEvents(companyId: "${acme.id}") { __typename } }`, variables: { file: null } };
    const form = new FormData();
    form.append('operations', JSON.stringify(operations));
    form.append('map', '{"0":["variables.file"]}');
    form.append('0', new Blob(['x']), 'a.txt');
    expect((await fetch(server.url, { method: 'POST', headers: { ...OURS, accept: 'text/event-stream' }, body: form })).status).toBe(406);
  });

  test('variables as deep as a request can make them are answered', async () => {
    const form = new FormData();
    form.append('operations', `{"query":"{ viewer { mode } }","variables":{"file":null,"deep":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`);
    form.append('map', '{"0":["variables.file"]}');
    form.append('0', new Blob(['x']), 'a.txt');
    expect(await (await fetch(server.url, { method: 'POST', headers: OURS, body: form })).json()).toHaveProperty('errors');
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  });

  test('a wrong query, and an issue that is not there', async () => {
    const issueId = (await acme.issue()).id;
    expect((await upload({ issueId, content: 'x', operations: { query: '{ nope }', variables: { file: null } }, map: { 0: ['variables.file'] } })).code).toBe('BAD_USER_INPUT');
    expect((await upload({ issueId: acme.id, content: 'x' })).code).toBe('NOT_FOUND');
    expect(await incoming()).toEqual([]);
  });
});

describe('who may', () => {
  test('agents attach in their company and read there alone', async () => {
    const zebra = await smallCompany(boardroom, 'Zebra');
    const [own, foreign] = [await acme.issue(), await zebra.issue()];
    const run = await insertRun(boardroom.db, acme.engineer);
    const token = { authorization: `Bearer ${await server.runToken({ agentId: acme.engineer.id, companyId: acme.id, runId: run.id })}` };
    const { attachment } = await upload({ issueId: own.id, content: 'mine', headers: { ...OURS, ...token } });
    expect(await (await get(attachment['path'] ?? '', token)).text()).toBe('mine');
    expect((await upload({ issueId: foreign.id, content: 'x', headers: { ...OURS, ...token } })).code).toBe('NOT_FOUND');
    const { attachment: theirs } = await upload({ issueId: foreign.id, content: 'theirs' });
    expect([(await get(theirs['path'] ?? '', token)).status, (await get(theirs['path'] ?? '')).status]).toEqual([404, 200]);
    expect((await get(theirs['path'] ?? '', { authorization: 'Bearer nonsense' })).status).toBe(401);
    expect((await get(theirs['path'] ?? '', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('an id of nothing is not found', async () => expect((await get('/files/00000000-0000-7000-8000-000000000000')).status).toBe(404));
});

test('a file that two mutations ask for goes to the first, and is no empty one for the second', async () => {
  const { id } = await acme.issue();
  const one = (name: string) => `${name}: uploadAttachment(input: { issueId: "${id}", file: $file }) { ... on Attachment { byteSize } }`;
  const form = new FormData();
  form.append('operations', JSON.stringify({ query: `mutation ($file: File!) { ${one('a')} ${one('b')} }`, variables: { file: null } }));
  form.append('map', '{"0":["variables.file"]}');
  form.append('0', new Blob(['hello']), 'a.txt');
  const before = await count();
  const body: unknown = await (await fetch(server.url, { method: 'POST', headers: OURS, body: form })).json();
  expect(body).toMatchObject({ errors: [{ path: ['b'], extensions: { code: 'BAD_USER_INPUT', field: 'file' } }] });
  expect(await count()).toBe(before + 1);
});

test('a database that does not answer is an answer, and the server goes on', async () => {
  const { attachment } = await upload({ issueId: (await acme.issue()).id, content: 'x' });
  const { query } = boardroom.db;
  boardroom.db.query = () => Promise.reject(new Error('away'));
  const response = await get(attachment['path'] ?? '').finally(() => { boardroom.db.query = query; });
  expect([response.status, await response.json()]).toEqual([500, { errors: [{ message: expect.any(String), extensions: { code: 'INTERNAL', requestId: response.headers.get('x-request-id') } }] }]);
  expect((await get(attachment['path'] ?? '')).status).toBe(200);
});

test('the same key with the same file attaches once', async () => {
  const issue = await acme.issue();
  const send = (content: string) => upload({ issueId: issue.id, content, input: { idempotencyKey: 'once' } });
  const [first, again, other] = [await send('same'), await send('same'), await send('other')];
  expect(again.attachment['id']).toBe(first.attachment['id']);
  expect(other.code).toBe('CONFLICT');
});

test('the sweep takes what nothing refers to, once it is old', async () => {
  const issue = await acme.issue();
  const [kept, gone] = [await upload({ issueId: issue.id, content: 'kept' }), await upload({ issueId: issue.id, content: 'gone' })];
  await boardroom.ask(BOARD, 'mutation ($id: ID!) { deleteAttachment(input: { attachmentId: $id }) { __typename } }', { id: gone.attachment['id'] });
  await sweepFiles(boardroom.db, boardroom.files);
  const paths = [kept, gone].map(({ attachment }) => boardroom.files.pathOf(attachment['sha256'] ?? ''));
  const old = new Date(Date.now() - 2 * 3_600_000);
  for (const path of paths) await utimes(path, old, old); // both are still there
  await mkdir(boardroom.files.incoming, { recursive: true });
  const left = `${boardroom.files.incoming}/left-by-a-crash`;
  await writeFile(left, 'half');
  await utimes(left, old, old);
  expect(await sweepFiles(boardroom.db, boardroom.files)).toBe(2);
  expect(await (await get(kept.attachment['path'] ?? '')).text()).toBe('kept');
  await expect(boardroom.files.open(gone.attachment['sha256'] ?? '')).rejects.toThrow('ENOENT');
  expect((await get(gone.attachment['path'] ?? '')).status).toBe(404);
});
