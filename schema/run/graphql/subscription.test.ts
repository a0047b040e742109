import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../../prisma/generated/client.ts';
import { newId } from '../../../prisma/id.ts';
import { write } from '../../../prisma/transaction.ts';
import { type Principal, SYSTEM } from '../../access/principal.ts';
import { type Answer, BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../../testing/runs.ts';
import { appendLog } from '../commands/append-log.ts';
import { finishRun } from '../commands/finish-run.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 8 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const LOG = `subscription ($id: ID!, $after: Cursor) { runLog(runId: $id, after: $after) {
  __typename ... on RunLogChunk { cursor stream text } ... on RunEnded { end: cursor status run { id status } } } }`;
const follow = (runId: string, after?: string, by: Principal = BOARD) => boardroom.follow(by, LOG, { id: runId, after });
const running = () => insertRun(boardroom.db, acme.engineer);

let offset = 0n;
async function print(run: Run, ...seqs: number[]): Promise<void> {
  const chunks = seqs.map((seq) => ({ seq, stream: 'STDOUT' as const, offset: Number(offset), byteSize: 8, text: `line ${seq}\n` }));
  offset += 8n;
  expect(await appendLog(boardroom.db, { id: run.id, leaseToken: 0 }, chunks, [])).toBe(true);
}
const finish = (run: Run) => write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: null, end: { kind: 'succeeded' } }));

/** Items until there are so many, or the stream ends. */
async function take(stream: AsyncGenerator<ExecutionResult<Answer>>, count: number): Promise<Answer[]> {
  const taken: Answer[] = [];
  while (taken.length < count) {
    const { value, done } = await stream.next();
    if (done) break;
    if (value.errors) throw value.errors[0]?.originalError ?? value.errors[0];
    taken.push(value.data?.['runLog']);
  }
  return taken;
}
const texts = (items: Answer[]) => items.map((item) => item['text'] ?? item['__typename']);
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}\n`);

test('what is stored, then what is printed, then the end', async () => {
  const run = await running();
  await print(run, 1, 2, 3);
  const stream = await follow(run.id, '0');
  expect(await take(stream, 3)).toMatchObject([{ cursor: '1', stream: 'STDOUT', text: 'line 1\n' }, { cursor: '2' }, { cursor: '3' }]);
  const rest = take(stream, 10);
  await print(run, 4);
  await print(run, 5, 6);
  await finish(run);
  const items = await rest;
  expect(texts(items)).toEqual([...lines(4, 6), 'RunEnded']);
  expect(items.at(-1)).toEqual({ __typename: 'RunEnded', end: '6', status: 'SUCCEEDED', run: { id: run.id, status: 'SUCCEEDED' } });
});

test('without a cursor it starts when asked for, and not when first read', async () => {
  const run = await running();
  await print(run, 1);
  const stream = await follow(run.id);
  await print(run, 2);
  expect(texts(await take(stream, 1))).toEqual(['line 2\n']);
  await stream.return(undefined);
});

test('who comes back with a cursor goes on where it left', async () => {
  const run = await running();
  await print(run, 1, 2, 3, 4, 5);
  const first = await follow(run.id, '0');
  const seen = await take(first, 2);
  await first.return(undefined);
  await print(run, 6);
  const second = await follow(run.id, seen[1]?.['cursor']);
  expect(texts(await take(second, 4))).toEqual(lines(3, 6));
  await second.return(undefined);
});

test('readers who join in the middle of much printing miss nothing and get nothing twice', async () => {
  const run = await running();
  const total = 600;
  const readers = [follow(run.id, '0').then((stream) => take(stream, total + 1))];
  for (let seq = 1; seq <= total; seq += 3) {
    await print(run, seq, seq + 1, seq + 2);
    if (seq % 150 === 1) readers.push(follow(run.id, '0').then((stream) => take(stream, total + 1)));
  }
  await finish(run);
  for (const items of await Promise.all(readers)) expect(texts(items)).toEqual([...lines(1, total), 'RunEnded']);
});

test('the end never overtakes the last line', async () => {
  for (let round = 0; round < 15; round += 1) {
    const run = await running();
    const items = follow(run.id, '0').then((stream) => take(stream, 10));
    await print(run, 1);
    await print(run, 2).then(() => finish(run));
    expect(texts(await items)).toEqual([...lines(1, 2), 'RunEnded']);
  }
});

test('a run that is over is replayed, and ends; past its last line there is only the end', async () => {
  const run = await running();
  await print(run, 1, 2);
  await finish(run);
  expect(texts(await take(await follow(run.id, '0'), 5))).toEqual([...lines(1, 2), 'RunEnded']);
  expect(texts(await take(await follow(run.id, '2'), 5))).toEqual(['RunEnded']);
  expect(texts(await take(await follow(run.id), 5))).toEqual(['RunEnded']);
});

test('a queued run is waited for', async () => {
  const run = await insertRun(boardroom.db, await acme.agent(), { status: 'QUEUED' });
  const items = follow(run.id, '0').then((stream) => take(stream, 2));
  await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { status: 'RUNNING' } });
  await print(run, 1);
  await finish(run);
  expect(texts(await items)).toEqual(['line 1\n', 'RunEnded']);
});

test('a run that nobody knows is not found, and a cursor that is none is refused', async () => {
  for (const id of [newId(), 'x', '']) await expect(follow(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const run = await running();
  for (const after of ['x', '-1', '', '99999999999']) await expect(follow(run.id, after)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
});

test('colleagues read along, as long as their own run lasts', async () => {
  const [run, reader] = [await running(), await insertRun(boardroom.db, acme.writer)];
  const stream = await follow(run.id, '0', tokenOf(reader));
  await print(run, 1);
  expect(texts(await take(stream, 1))).toEqual(['line 1\n']);
  await finish(reader);
  await print(run, 2);
  await expect(take(stream, 1)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a page of a log tells where to go on', async () => {
  const run = await running();
  await print(run, 1, 2, 3);
  const page = (args: string) => boardroom.ask(keyOf(acme.ceo), `{ run(id: "${run.id}") { logChunkCount logBytes log${args} { chunks { text } endCursor hasMore } logTail(lines: 2) } }`).then((data) => data.run);
  expect(await page('(first: 2)')).toEqual({ logChunkCount: 3, logBytes: '24', log: { chunks: [{ text: 'line 1\n' }, { text: 'line 2\n' }], endCursor: '2', hasMore: true }, logTail: ['line 2', 'line 3'] });
  expect((await page('(first: 2, after: "2")')).log).toEqual({ chunks: [{ text: 'line 3\n' }], endCursor: '3', hasMore: false });
  expect((await page('(after: "3")')).log).toEqual({ chunks: [], endCursor: '3', hasMore: false });
});

test('however many watch, what is printed is read once', async () => {
  const run = await running();
  const streams = await Promise.all(Array.from({ length: 20 }, () => follow(run.id, '0')));
  const first = streams.map((stream) => take(stream, 1));
  await print(run, 1);
  await Promise.all(first);
  const next = streams.map((stream) => take(stream, 1));
  const reads = (await boardroom.statements(async () => {
    await print(run, 2);
    expect(new Set((await Promise.all(next)).flatMap(texts))).toEqual(new Set(lines(2, 2)));
  })).filter((text) => text.includes('FROM run_log'));
  expect(reads.length).toBeLessThanOrEqual(2);
  for (const stream of streams) await stream.return(undefined);
});
