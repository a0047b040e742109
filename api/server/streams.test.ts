import type { AddressInfo } from 'node:net';
import { createClient } from 'graphql-ws';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localWorkspaces } from '../../adapters/workspaces/local/local-workspaces.ts';
import { write } from '../../prisma/transaction.ts';
import type { Live } from '../../schema/context.ts';
import { addComment } from '../../schema/issue/commands/add-comment.ts';
import { BOARD, testBoardroom, type TestBoardroom, testSchema } from '../../schema/testing/boardroom.ts';
import { smallCompany } from '../../schema/testing/company.ts';
import { authenticator } from '../auth/principal.ts';
import { type BoardServer, boardServer } from './http.ts';

// What readers of a stream go through when the database or the server is not there for a while.

const EVENTS = 'subscription($id: ID!, $after: Cursor) { companyEvents(companyId: $id, after: $after) { cursor kind entity { __typename } } }';

let boardroom: TestBoardroom;
let company: Awaited<ReturnType<typeof smallCompany>>;
let server: BoardServer;
let address = '';

beforeEach(async () => {
  boardroom = await testBoardroom();
  company = await smallCompany(boardroom);
  await serve();
});

async function serve({ live = boardroom.live as Live, log = pino({ level: 'silent' }) } = {}): Promise<void> {
  const { db, files } = boardroom;
  server = boardServer({
    schema: testSchema(), db, live, files, notifications: boardroom.contextFor(BOARD).notifications, adapters: boardroom.contextFor(BOARD).adapters, workspaces: localWorkspaces({}), authenticate: authenticator(db, new Uint8Array(32)),
    log, version: '0',
  });
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.http.address() as AddressInfo).port}`;
}

afterEach(async () => {
  await server.close();
  await boardroom.close();
});

const comment = async (body: string) => {
  const issue = await company.issue({ title: body });
  return write(boardroom.db, (tx) => addComment(tx, BOARD, { issueId: issue.id, body }));
};
const breakConnections = () =>
  boardroom.db.prisma.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'boardroom-read'`;

/** What came by WebSocket, and how it ended. */
function followBySocket() {
  const client = createClient({ url: `ws://${address}/graphql`, retryAttempts: 0 });
  const seen: string[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  client.subscribe<{ companyEvents: { kind: string } }>({ query: EVENTS, variables: { id: company.company.id, after: '0' } }, {
    next: ({ data, errors }) => seen.push(errors ? 'error' : (data?.companyEvents.kind ?? 'nothing')),
    error: (error) => resolve(`error ${(error as { code?: number }).code}`),
    complete: () => resolve('complete'),
  });
  return { seen, ended, close: () => client.dispose() };
}

test('a subscription outlives the connections that it reads by', async () => {
  const { seen, close } = followBySocket();
  await expect.poll(() => seen).toContain('company.created');
  for (let round = 1; round <= 10; round += 1) {
    await breakConnections();
    await comment(`round ${round}`);
    await expect.poll(() => seen.filter((kind) => kind === 'comment.added').length, { timeout: 60_000 }).toBe(round);
  }
  expect(seen).not.toContain('error');
  await close();
});

test('a server that stops cuts its streams off, and calls none of them complete', async () => {
  const { seen, ended } = followBySocket();
  const response = await fetch(`http://${address}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: EVENTS, variables: { id: company.company.id, after: '0' } }),
  });
  let text = '';
  const cutOff = (async () => {
    for await (const part of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) text += part;
  })().then(() => 'ended', () => 'cut off');
  await expect.poll(() => seen.length > 0 && text.includes('company.created')).toBe(true);
  await server.close();
  await boardroom.live.close();
  expect(await ended).toBe('error 1001');
  expect(await cutOff).toBe('cut off');
  expect(text).not.toContain('event: complete');
});

test('a subscription that fails as it ends, when its reader has gone, ends nothing else', async () => {
  await server.close();
  const logged: string[] = [];
  const live: Live = {
    open(topic) {
      const wakes = boardroom.live.open(topic);
      return {
        next: () => wakes.next(),
        within: (ms) => wakes.within(ms),
        close() {
          wakes.close();
          throw new Error('it does not end well');
        },
      };
    },
  };
  await serve({ live, log: pino({ level: 'warn' }, { write: (line: string) => void logged.push((JSON.parse(line) as { msg: string }).msg) }) });
  const { seen, close } = followBySocket();
  await expect.poll(() => seen).toContain('company.created');
  await close();
  await expect.poll(() => logged).toContain('a subscription did not end well');
});
