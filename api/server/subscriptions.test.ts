import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Run } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../../schema/access/principal.ts';
import { appendLog } from '../../schema/run/commands/append-log.ts';
import { finishRun } from '../../schema/run/commands/finish-run.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../schema/testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../schema/testing/company.ts';
import { insertRun } from '../../schema/testing/runs.ts';
import { testServer, type TestServer } from './testing.ts';

/* The same streams by both transports, through the real server. */
let boardroom: TestBoardroom;
let acme: SmallCompany;
let server: TestServer;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 8 });
  acme = await smallCompany(boardroom);
  server = await testServer(boardroom);
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
});

interface Item { data?: Record<string, Record<string, never>> | null; errors?: readonly { message: string; extensions?: Record<string, unknown> }[] }
interface Stream extends AsyncIterable<Item> { cut(): void }
type Open = (query: string, variables?: Record<string, unknown>, token?: string) => Stream;

const byWebSocket: Open = (query, variables = {}, token) => {
  const client: Client = createClient({ url: `ws://${server.host}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, ...(token ? { connectionParams: { authorization: `Bearer ${token}` } } : {}) });
  const iterator = client.iterate({ query, variables }) as AsyncIterableIterator<Item>;
  return {
    cut: () => client.terminate(),
    async *[Symbol.asyncIterator]() {
      try {
        for await (const item of iterator) yield item;
      } catch (error) {
        // The protocol tells what is refused before the first item as an error of the operation.
        if (!Array.isArray(error)) throw error;
        yield { errors: error as Item['errors'] };
      } finally {
        await client.dispose();
      }
    },
  } as Stream;
};

const bySse: Open = (query, variables = {}, token) => {
  const stop = new AbortController();
  return {
    cut: () => stop.abort(),
    async *[Symbol.asyncIterator]() {
      const headers = { 'content-type': 'application/json', accept: 'text/event-stream', ...(token ? { authorization: `Bearer ${token}` } : {}) };
      const response = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }), signal: stop.signal });
      let text = '';
      try {
        for await (const part of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
          text += part;
          for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
            const event = text.slice(0, end);
            text = text.slice(end + 2);
            if (/^event: complete/m.test(event)) return;
            const data = /^data: (.+)$/m.exec(event)?.[1];
            if (data) yield JSON.parse(data) as Item;
          }
        }
        if (text.startsWith('{')) yield JSON.parse(text) as Item;
      } finally {
        stop.abort();
      }
    },
  };
};

const EVENTS = 'subscription ($id: ID!, $after: Cursor) { companyEvents(companyId: $id, after: $after) { cursor kind entity { ... on Comment { body } } } }';
const LOG = 'subscription ($id: ID!, $after: Cursor) { runLog(runId: $id, after: $after) { __typename ... on RunLogChunk { cursor text } ... on RunEnded { status } } }';
const say = async (body: string) => {
  const issue = await acme.issue();
  return boardroom.ask(BOARD, 'mutation ($input: AddCommentInput!) { addComment(input: $input) { id } }', { input: { issueId: issue.id, body } });
};
const print = (run: Run, seq: number) => appendLog(boardroom.db, { id: run.id, leaseToken: 0 }, [{ seq, stream: 'STDOUT', offset: seq, byteSize: 1, text: `${seq}\n` }], []);
const finish = (run: Run) => write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: null, end: { kind: 'succeeded' } }));
const codeOf = (item: Item | undefined) => item?.errors?.[0]?.extensions?.['code'];
async function first(stream: Stream): Promise<Item | undefined> {
  for await (const item of stream) return item;
  return undefined;
}

describe.each([['WebSocket', byWebSocket], ['SSE', bySse]])('%s', (_name, open) => {
  test('company events from the beginning, then live, and on from a cursor after the line was cut', async () => {
    const seen: string[] = [];
    const cursors: string[] = [];
    const marks = ['one', 'two', 'three', 'four'];
    const follow = async (after: string, until: string) => {
      const stream = open(EVENTS, { id: acme.id, after });
      for await (const { data } of stream) {
        const event = data?.['companyEvents'] as unknown as { cursor: string; kind: string; entity?: { body?: string } };
        cursors.push(event.cursor);
        if (event.entity?.body) seen.push(event.entity.body);
        if (event.entity?.body === 'one') await say('two');
        if (event.entity?.body === until) break;
      }
      stream.cut();
    };
    const from = (await boardroom.db.prisma.activity.findFirstOrThrow({ where: { companyId: acme.id }, orderBy: [{ txid: 'desc' }, { seq: 'desc' }] }));
    await say('one');
    await follow(`${from.txid}.${from.seq}`, 'two');
    await say('three');
    const rest = follow(cursors.at(-1) ?? '0', 'four');
    await say('four');
    await rest;
    expect(seen).toEqual(marks);
    expect(new Set(cursors).size).toBe(cursors.length);
  });

  test('a log until its run has ended, then the stream is complete', async () => {
    const run = await insertRun(boardroom.db, acme.engineer);
    await print(run, 1);
    const items: unknown[] = [];
    for await (const { data } of open(LOG, { id: run.id, after: '0' })) {
      items.push(data?.['runLog']);
      if (items.length === 1) await print(run, 2).then(() => finish(run));
    }
    expect(items).toEqual([{ __typename: 'RunLogChunk', cursor: '1', text: '1\n' }, { __typename: 'RunLogChunk', cursor: '2', text: '2\n' }, { __typename: 'RunEnded', status: 'SUCCEEDED' }]);
  });

  test('an agent follows with the token of its run, until the run is over', async () => {
    const run = await insertRun(boardroom.db, acme.engineer);
    const token = await server.runToken({ runId: run.id, agentId: run.agentId, companyId: run.companyId });
    const [{ txid, seq }] = [await boardroom.db.prisma.activity.findFirstOrThrow({ where: { companyId: acme.id }, orderBy: [{ txid: 'desc' }, { seq: 'desc' }] })];
    const codes: unknown[] = [];
    await say('heard');
    for await (const item of open(EVENTS, { id: acme.id, after: `${txid}.${seq}` }, token)) {
      codes.push(codeOf(item) ?? 'event');
      if (codes.length === 1) {
        await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { status: 'SUCCEEDED' } });
        await say('not heard');
      }
      if (item.errors) break;
    }
    expect(codes.at(-1)).toBe('UNAUTHENTICATED');
  });

  test.each<[string, string, (() => Promise<Record<string, unknown>>), string]>([
    ['an unknown company', EVENTS, async () => ({ id: newId() }), 'NOT_FOUND'],
    ['an unknown run', LOG, async () => ({ id: newId() }), 'NOT_FOUND'],
    ['a cursor that is none', EVENTS, async () => ({ id: acme.id, after: 'x' }), 'BAD_USER_INPUT'],
    ['a field that is none', 'subscription { nope }', async () => ({}), 'BAD_USER_INPUT'],
    ['no GraphQL', 'subscription {', async () => ({}), 'BAD_USER_INPUT'],
    ['a variable that is missing', EVENTS, async () => ({}), 'BAD_USER_INPUT'],
  ])('%s is refused with its code', async (_what, query, variables, code) => expect(codeOf(await first(open(query, await variables())))).toBe(code));

  test('a token that is none is refused', async () => expect(codeOf(await first(open(EVENTS, { id: acme.id }, 'nonsense')))).toBe('UNAUTHENTICATED'));

  test('a fault in an event is masked, and logged under the id that is shown', async () => {
    const stream = open('subscription ($id: ID!, $after: Cursor) { companyEvents(companyId: $id, after: $after) { entity { ... on Label { name } } } }', { id: acme.id, after: '0' });
    const name = `Hidden ${Math.random()}`;
    await boardroom.ask(BOARD, `mutation { createLabel(input: { companyId: "${acme.id}", name: "${name}" }) { id } }`);
    await boardroom.db.prisma.$executeRawUnsafe('ALTER TABLE label RENAME TO hidden');
    try {
      for await (const item of stream) {
        if (!item.errors) continue;
        expect(item.errors[0]).toMatchObject({ message: 'something went wrong here; it is logged under the request id', extensions: { code: 'INTERNAL', requestId: expect.any(String) } });
        expect(server.logged.filter((line) => line['requestId'] === item.errors?.[0]?.extensions?.['requestId'])).toHaveLength(1);
        break;
      }
    } finally {
      stream.cut();
      await boardroom.db.prisma.$executeRawUnsafe('ALTER TABLE hidden RENAME TO label');
    }
  });
});

test.each([['empty', ''], ['a number', 1], ['an object', {}], ['a list', ['Bearer x']]])('a WebSocket whose credential is %s is nobody’s', async (_what, authorization) => {
  const client = createClient({ url: `ws://${server.host}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization } });
  const error = await new Promise<unknown>((resolve) => client.subscribe({ query: '{ viewer { kind } }' }, { next: resolve, error: resolve, complete: () => {} }));
  expect(JSON.stringify(error)).toContain('UNAUTHENTICATED');
  await client.dispose();
});

test('one WebSocket carries many operations, queries and mutations among them', async () => {
  const client = createClient({ url: `ws://${server.host}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  const once = async (query: string) => {
    for await (const item of client.iterate({ query })) return item as Item;
    return undefined;
  };
  const answers = await Promise.all([once('{ viewer { mode } }'), once(`mutation { createLabel(input: { companyId: "${acme.id}", name: "by socket" }) { name } }`), once('{ companies { nodes { name } } }')]);
  expect(answers.map((answer) => Object.keys(answer?.data ?? {}))).toEqual([['viewer'], ['createLabel'], ['companies']]);
  await client.dispose();
});

test('whoever leaves is forgotten', async () => {
  const waiting = () => (boardroom.live as unknown as { readers: Map<string, unknown> }).readers.size;
  await expect.poll(waiting).toBe(0);
  for (const open of [byWebSocket, bySse]) {
    const stream = open(EVENTS, { id: acme.id });
    const reading = first(stream).catch(() => undefined);
    await expect.poll(waiting).toBe(1);
    stream.cut();
    await reading;
    await expect.poll(waiting).toBe(0);
  }
});
