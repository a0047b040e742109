import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { changes, dump } from '../../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const CANCEL = 'mutation ($input: CancelRunInput!) { cancelRun(input: $input) { status cancelRequestedAt error { code message } } }';
const cancel = async (by: Principal, runId: string, reason?: string) => (await boardroom.ask(by, CANCEL, { input: { runId, reason } })).cancelRun;

describe('cancelRun', () => {
  test('the board, the agent itself and its managers may', async () => {
    for (const by of [BOARD, keyOf(acme.engineer), keyOf(acme.ceo)]) {
      expect(await cancel(by, (await insertRun(boardroom.db, acme.engineer)).id)).toMatchObject({ status: 'RUNNING', cancelRequestedAt: expect.any(String) });
    }
    const run = await insertRun(boardroom.db, acme.engineer);
    expect(await cancel(tokenOf(run), run.id)).toMatchObject({ cancelRequestedAt: expect.any(String) });
  });

  test('colleagues and reports may not', async () => {
    const run = await insertRun(boardroom.db, acme.ceo);
    const before = await dump(boardroom.db);
    for (const by of [keyOf(acme.engineer), keyOf(acme.writer)]) {
      expect(await boardroom.refusal(by, CANCEL, { input: { runId: run.id } })).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });

  test('what waits is cancelled at once, with its wake', async () => {
    const agent = await acme.agent();
    const { wakeAgent } = await boardroom.ask(BOARD, `mutation { wakeAgent(input: { agentId: "${agent.id}" }) { ... on Wakeup { id run { id } } } }`);
    expect(await cancel(BOARD, wakeAgent.run.id, 'not now')).toMatchObject({ status: 'CANCELLED', error: { code: 'CANCELLED', message: 'not now' } });
    expect(await boardroom.db.prisma.wakeup.findUniqueOrThrow({ where: { id: wakeAgent.id } })).toMatchObject({ status: 'CANCELLED' });
  });

  test('twice is once, and what is over stays so', async () => {
    const run = await insertRun(boardroom.db, acme.engineer);
    await cancel(BOARD, run.id, 'first');
    const over = await insertRun(boardroom.db, acme.engineer, { status: 'SUCCEEDED' });
    const before = await dump(boardroom.db);
    await cancel(BOARD, run.id, 'second');
    expect(await cancel(BOARD, over.id)).toMatchObject({ status: 'SUCCEEDED', cancelRequestedAt: null });
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });
});

const COMPLETE = `mutation ($input: CompleteRunInput!) { completeRun(input: $input) {
  __typename ... on Run { status summary costMicros costStatus provider model usage { inputTokens cachedInputTokens outputTokens } error { code message } } ... on RunNotRunning { message run { status } } } }`;
const complete = async (by: Principal, input: object = {}) => (await boardroom.ask(by, COMPLETE, { input: { outcome: 'SUCCEEDED', ...input } })).completeRun;
const elsewhere = (fields: object = {}) => insertRun(boardroom.db, acme.engineer, { execution: { kind: 'request' }, ...fields });

describe('completeRun', () => {
  test('its own token ends it, with what it used', async () => {
    const run = await elsewhere();
    expect(await complete(tokenOf(run), { summary: 'all done', usage: { inputTokens: '10', outputTokens: '2' }, costMicros: '7', provider: 'p', model: 'm' })).toEqual({
      __typename: 'Run', status: 'SUCCEEDED', summary: 'all done', costMicros: '7', costStatus: 'REPORTED', provider: 'p', model: 'm', usage: { inputTokens: '10', cachedInputTokens: '0', outputTokens: '2' }, error: null,
    });
    expect(await boardroom.db.prisma.costEvent.findMany({ where: { runId: run.id } })).toMatchObject([{ costMicros: 7n, model: 'm' }]);
  });

  test('usage without a price is unpriced, and a failure says why', async () => {
    expect(await complete(tokenOf(await elsewhere()), { usage: { inputTokens: '1', outputTokens: '1' } })).toMatchObject({ costMicros: null, costStatus: 'UNPRICED' });
    expect(await complete(tokenOf(await elsewhere()), { outcome: 'FAILED', errorCode: 'NO_LUCK', errorMessage: 'none' })).toMatchObject({ status: 'FAILED', error: { code: 'NO_LUCK', message: 'none' } });
    expect(await complete(tokenOf(await elsewhere()), { outcome: 'FAILED' })).toMatchObject({ error: { code: 'REPORTED_FAILURE' } });
  });

  test('the board may; no other agent, and no key', async () => {
    const run = await elsewhere();
    for (const by of [keyOf(acme.engineer), keyOf(acme.ceo), tokenOf(await elsewhere())]) {
      expect(await boardroom.refusal(by, COMPLETE, { input: { runId: run.id, outcome: 'SUCCEEDED' } })).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await boardroom.refusal(BOARD, COMPLETE, { input: { outcome: 'SUCCEEDED' } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'runId' });
    expect(await complete(BOARD, { runId: run.id })).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('a run with a process ends with its process', async () => {
    const run = await elsewhere({ execution: { kind: 'process' } });
    expect(await boardroom.refusal(BOARD, COMPLETE, { input: { runId: run.id, outcome: 'SUCCEEDED' } })).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test.each([['SUCCEEDED'], ['CANCELLED'], ['QUEUED']] as const)('a run that is %s is not running', async (status) => {
    const run = await elsewhere({ status, ...(status === 'QUEUED' ? { agentId: (await acme.agent()).id } : {}) });
    expect(await complete(BOARD, { runId: run.id })).toEqual({ __typename: 'RunNotRunning', message: `the run is ${status}`, run: { status } });
  });

  test.each<[string, object]>([
    ['usage.inputTokens', { usage: { inputTokens: '-1', outputTokens: '0' } }], ['costMicros', { costMicros: '-1' }], ['summary', { summary: 'x'.repeat(4_001) }], ['errorCode', { outcome: 'FAILED', errorCode: 'x'.repeat(121) }],
  ])('%s out of range ends nothing', async (field, input) => {
    const run = await elsewhere();
    expect(await boardroom.refusal(tokenOf(run), COMPLETE, { input: { outcome: 'SUCCEEDED', ...input } })).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ status: 'RUNNING' });
  });

  test('of two at once one ends it', async () => {
    const run = await elsewhere();
    const answers = await Promise.all([complete(tokenOf(run)), complete(tokenOf(run), { outcome: 'FAILED' })]);
    expect(answers.map((answer) => answer.__typename).sort()).toEqual(['Run', 'RunNotRunning']);
  });
});

test('runs by status, agent, issue and whether they are live; newest first', async () => {
  const other = await smallCompany(boardroom, 'Other');
  const issue = await other.issue();
  await insertRun(boardroom.db, other.engineer, { status: 'FAILED', errorCode: 'EXIT_CODE', errorMessage: 'exited with code 1', errorRemedy: 'look', exitCode: 1 });
  await insertRun(boardroom.db, other.engineer, { issueId: issue.id });
  await insertRun(boardroom.db, other.writer, { status: 'QUEUED' });
  const list = async (filter: string) => (await boardroom.ask(BOARD, `{ company(ref: "${other.id}") { runs(filter: { ${filter} }) { nodes { status agent { name } issue { id } error { code message remedy } exitCode } } } }`)).company.runs.nodes;
  expect((await list('')).map((run: { status: string }) => run.status)).toEqual(['QUEUED', 'RUNNING', 'FAILED']);
  expect((await list('live: true')).map((run: { status: string }) => run.status)).toEqual(['QUEUED', 'RUNNING']);
  expect(await list('live: false')).toEqual([{ status: 'FAILED', agent: { name: 'Other engineer' }, issue: null, error: { code: 'EXIT_CODE', message: 'exited with code 1', remedy: 'look' }, exitCode: 1 }]);
  expect(await list(`issueId: "${issue.id}"`)).toMatchObject([{ issue: { id: issue.id } }]);
  expect(await list(`agentId: "${other.writer.id}", statuses: [QUEUED]`)).toHaveLength(1);
});
