import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setClock } from '../../prisma/clock.ts';
import type { Principal } from '../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { foldActions } from '../recovery/sweep/fold.ts';
import { fireMonitors } from './fire-monitor.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let restore = () => {};
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterEach(() => { restore(); restore = () => {}; });
afterAll(() => boardroom.close());

const MINUTE = 60_000;
const at = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();
const later = (minutes: number) => { restore(); restore = setClock(() => new Date(Date.now() + minutes * MINUTE)); };
const SET = 'mutation ($input: SetMonitorInput!) { setMonitor(input: $input) { __typename ... on Issue { monitor { nextCheckAt notes serviceName externalRef timeoutAt attempts maxAttempts policy firedAt } } } }';
const set = async (by: Principal, issueId: string, more: object = {}) => (await boardroom.ask(by, SET, { input: { issueId, nextCheckAt: at(10), ...more } })).setMonitor;
const refused = (by: Principal, issueId: string, more: object = {}) => boardroom.refusal(by, SET, { input: { issueId, nextCheckAt: at(10), ...more } });
const row = (issueId: string) => boardroom.db.prisma.issueMonitor.findUnique({ where: { issueId } });
const wakes = (issueId: string) => boardroom.db.prisma.wakeup.findMany({ where: { issueId, reason: 'issue_monitor_due' }, orderBy: { id: 'asc' } });
const work = async (status = 'IN_PROGRESS') => {
  const agent = await acme.agent();
  const issue = await acme.issue({ assigneeId: agent.id, status: 'BACKLOG' });
  return { agent, issueId: issue.id, issue: await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never } }) };
};

test('it is kept, without what looks like a secret', async () => {
  const { agent, issueId } = await work();
  const { monitor } = await set(keyOf(agent), issueId, { notes: 'Is the build done?', serviceName: 'CI', externalRef: 'https://ci.example.com/5?token=abc', maxAttempts: 3 });
  expect(monitor).toMatchObject({ notes: 'Is the build done?', serviceName: 'CI', externalRef: 'https://ci.example.com/5?token=***', attempts: 0, maxAttempts: 3, policy: 'WAKE_OWNER', firedAt: null });
});

test('it fires once, when it is due, and tells its owner what for', async () => {
  const { agent, issueId } = await work();
  await set(keyOf(agent), issueId, { notes: 'look', maxAttempts: 2 });
  await fireMonitors(boardroom.db);
  expect(await wakes(issueId)).toEqual([]);
  later(11);
  await Promise.all([fireMonitors(boardroom.db), fireMonitors(boardroom.db), fireMonitors(boardroom.db)]);
  expect(await wakes(issueId)).toMatchObject([{ agentId: agent.id, status: 'QUEUED', payload: { monitor: { notes: 'look', attempt: 1, maxAttempts: 2, isLast: false } } }]);
  expect(await row(issueId)).toMatchObject({ nextCheckAt: null, attempts: 1, firedAt: expect.any(Date) });
});

test('it says when the next falls due within a minute', async () => {
  const { agent, issueId } = await work();
  await set(keyOf(agent), issueId, { nextCheckAt: new Date(Date.now() + 30_000).toISOString() });
  expect(await fireMonitors(boardroom.db)).toEqual((await row(issueId))?.nextCheckAt);
  await set(keyOf(agent), issueId, { nextCheckAt: null });
});

test('armed again past a bound it is refused; only the board moves the bound', async () => {
  const { agent, issueId } = await work();
  await set(keyOf(agent), issueId, { maxAttempts: 1 });
  later(11);
  await fireMonitors(boardroom.db);
  expect(await refused(keyOf(agent), issueId, { nextCheckAt: at(20) })).toMatchObject({ code: 'RULE_VIOLATION', field: 'nextCheckAt' });
  expect(await refused(keyOf(agent), issueId, { nextCheckAt: at(20), maxAttempts: 5 })).toMatchObject({ code: 'RULE_VIOLATION' });
  expect(await set(BOARD, issueId, { nextCheckAt: at(20), maxAttempts: 2 })).toMatchObject({ monitor: { attempts: 1, maxAttempts: 2 } });
});

describe('its end', () => {
  test.each<[string, string, (at: Awaited<ReturnType<typeof work>>) => Promise<unknown>]>([
    ['done', 'goes', ({ issueId }) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", status: DONE }) { __typename } }`)],
    ['cancelled', 'goes', ({ issueId }) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", status: CANCELLED }) { __typename } }`)],
    ['blocked', 'goes', ({ issueId }) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", status: BLOCKED }) { __typename } }`)],
    ['given to another', 'goes', ({ issueId }) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", assigneeId: "${acme.ceo.id}" }) { __typename } }`)],
    ['in review', 'stays', ({ issueId }) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", status: IN_REVIEW }) { __typename } }`)],
    ['retitled', 'stays', ({ issueId }) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", title: "x" }) { __typename } }`)],
    ['changed by hand', 'goes', ({ issueId }) => boardroom.db.prisma.$executeRaw`UPDATE issue SET status = 'TODO' WHERE id = ${issueId}::uuid`],
  ])('%s: it %s', async (_name, fate, act) => {
    const target = await work();
    await set(BOARD, target.issueId);
    await act(target);
    expect(await row(target.issueId) === null).toBe(fate === 'goes');
  });

  test('the last check files an issue, or tells the board, where that is wanted', async () => {
    const [filed, told] = [await work(), await work()];
    await set(BOARD, filed.issueId, { maxAttempts: 1, policy: 'CREATE_RECOVERY_ISSUE', serviceName: 'The build' });
    await set(BOARD, told.issueId, { timeoutAt: at(10.5), policy: 'ESCALATE_TO_BOARD' });
    later(11);
    await fireMonitors(boardroom.db);
    expect(await boardroom.db.prisma.issue.findMany({ where: { title: { startsWith: 'The build did not come' } } })).toMatchObject([{ status: 'BACKLOG', assigneeId: null, creatorType: 'SYSTEM' }]);
    expect(await boardroom.db.prisma.recoveryAction.findMany({ where: { issueId: told.issueId } })).toMatchObject([{ ownerType: 'BOARD', cause: 'monitor_exhausted' }]);
    for (const { issueId } of [filed, told]) expect(await wakes(issueId)).toMatchObject([{ payload: { monitor: { isLast: true } } }]);
  });
});

test.each([['DONE', 'RESTORED', 1], ['CANCELLED', 'CANCELLED', 0]])('the issue that a last check filed is the action’s own: %s it ends it as %s', async (status, outcome, wakesAfter) => {
  const { issueId, agent } = await work();
  await set(BOARD, issueId, { maxAttempts: 1, policy: 'CREATE_RECOVERY_ISSUE', serviceName: 'The mill' });
  later(11);
  await fireMonitors(boardroom.db);
  const mending = await boardroom.db.prisma.issue.findFirstOrThrow({ where: { origin: 'RECOVERY', originId: issueId } });
  const recovery = async () => (await boardroom.ask(BOARD, `{ issue(ref: "${issueId}") { recoveries { nodes { cause status outcome recoveryIssue { id } } } } }`)).issue.recoveries.nodes;
  expect(await recovery()).toMatchObject([{ cause: 'monitor_exhausted', outcome: null, recoveryIssue: { id: mending.id } }]);
  await set(BOARD, issueId, { maxAttempts: 2, nextCheckAt: at(12) });
  await boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", title: "A deed" }) { __typename } }`);
  await foldActions(boardroom.db);
  later(24);
  await fireMonitors(boardroom.db);
  expect(await boardroom.db.prisma.issue.count({ where: { origin: 'RECOVERY', originId: issueId } })).toBe(1);
  expect(await recovery()).toMatchObject([{ outcome: null }]);
  const move = (to: string) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${mending.id}", status: ${to} }) { __typename } }`);
  if (status === 'DONE') {
    await boardroom.db.prisma.issue.update({ where: { id: mending.id }, data: { status: 'IN_PROGRESS', assigneeId: agent.id } });
  }
  await move(status);
  expect(await recovery()).toMatchObject([{ outcome }]);
  expect(await boardroom.db.prisma.wakeup.count({ where: { issueId, reason: 'issue_recovery_action_restored' } })).toBe(wakesAfter);
});

test('an issue that a last check filed, called off together with others, ends the action at the next sweep', async () => {
  const { issueId } = await work();
  await set(BOARD, issueId, { maxAttempts: 1, policy: 'CREATE_RECOVERY_ISSUE' });
  later(11);
  await fireMonitors(boardroom.db);
  await boardroom.db.prisma.issue.updateMany({ where: { origin: 'RECOVERY', originId: issueId }, data: { status: 'CANCELLED' } });
  await foldActions(boardroom.db);
  expect(await boardroom.db.prisma.recoveryAction.findMany({ where: { issueId } })).toMatchObject([{ status: 'CANCELLED', outcome: 'CANCELLED' }]);
});

test('a paused company is left alone until it works again', async () => {
  const other = await smallCompany(boardroom, 'Other');
  const issue = await other.issue({ assigneeId: other.engineer.id, status: 'BACKLOG' });
  await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS' } });
  await set(BOARD, issue.id);
  await boardroom.db.prisma.company.update({ where: { id: other.id }, data: { status: 'PAUSED' } });
  later(11);
  await fireMonitors(boardroom.db);
  expect(await row(issue.id)).toMatchObject({ attempts: 0, nextCheckAt: expect.any(Date) });
});

test.each<[string, object, string]>([
  ['in the past', { nextCheckAt: '2020-01-01T00:00:00Z' }, 'RULE_VIOLATION'], ['too often', { maxAttempts: 101 }, 'BAD_USER_INPUT'], ['never', { maxAttempts: 0 }, 'BAD_USER_INPUT'],
  ['after its end', { timeoutAt: at(5) }, 'RULE_VIOLATION'], ['with a long note', { notes: 'x'.repeat(501) }, 'BAD_USER_INPUT'], ['with a long name', { serviceName: 'x'.repeat(121) }, 'BAD_USER_INPUT'],
])('%s it is refused', async (_name, more, code) => {
  expect(await refused(BOARD, (await work()).issueId, more)).toMatchObject({ code });
});

test('for work that is at work or in review, by those whose work it is', async () => {
  for (const status of ['TODO', 'BLOCKED', 'DONE']) expect(await refused(BOARD, (await work(status)).issueId)).toMatchObject({ code: 'RULE_VIOLATION' });
  const { issueId, agent } = await work();
  expect(await refused(keyOf(acme.writer), issueId)).toMatchObject({ code: 'FORBIDDEN' });
  const run = await insertRun(boardroom.db, agent, { issueId });
  await boardroom.db.prisma.issue.update({ where: { id: issueId }, data: { holderRunId: run.id, holderStatus: 'RUNNING' } });
  expect(await set(keyOf(acme.writer), issueId)).toMatchObject({ __typename: 'IssueHeld' });
  expect(await set(tokenOf(run), issueId)).toMatchObject({ __typename: 'Issue' });
});
