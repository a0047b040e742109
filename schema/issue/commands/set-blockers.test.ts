import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../prisma/id.ts';
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

const SET = 'mutation ($input: SetBlockersInput!) { setBlockers(input: $input) { ... on Issue { blockedBy { id } status } ... on IssueHeld { message holder { id } } } }';
const set = async (issueId: string, blockedByIds: string[], by: Principal = BOARD) => (await boardroom.ask(by, SET, { input: { issueId, blockedByIds } })).setBlockers;
const refusal = (issueId: string, blockedByIds: string[], by: Principal = BOARD) => boardroom.refusal(by, SET, { input: { issueId, blockedByIds } });
const wakes = (issueId: string) => boardroom.db.prisma.wakeup.findMany({ where: { issueId, reason: 'issue_blockers_resolved' } });

test('the set is replaced, doubles count once', async () => {
  const [issue, one, two] = [await acme.issue(), await acme.issue(), await acme.issue()];
  expect((await set(issue.id, [one.id, one.id])).blockedBy).toEqual([{ id: one.id }]);
  expect((await set(issue.id, [two.id])).blockedBy).toEqual([{ id: two.id }]);
  expect((await boardroom.ask(BOARD, `{ issue(ref: "${two.id}") { blocks { id } } }`)).issue.blocks).toEqual([{ id: issue.id }]);
  expect((await set(issue.id, [])).blockedBy).toEqual([]);
});

test('no circle, however long', async () => {
  const [a, b, c] = [await acme.issue(), await acme.issue(), await acme.issue()];
  await set(b.id, [a.id]);
  await set(c.id, [b.id]);
  const before = await dump(boardroom.db);
  for (const [issue, blocker] of [[a, a], [a, b], [a, c], [b, c]] as const) {
    expect(await refusal(issue.id, [blocker.id])).toMatchObject({ code: 'RULE_VIOLATION', field: 'blockedByIds' });
  }
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
});

test('whatever is asked, what is stored has no circle', async () => {
  const issues = await Promise.all(Array.from({ length: 5 }, () => acme.issue()));
  const index = fc.integer({ min: 0, max: 4 });
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(index, fc.array(index, { maxLength: 3 })), { maxLength: 6 }), async (asks) => {
    await boardroom.db.prisma.issueBlocker.deleteMany({ where: { issueId: { in: issues.map((issue) => issue.id) } } });
    for (const [at, blockers] of asks) await boardroom.run(BOARD, SET, { input: { issueId: issues[at]?.id, blockedByIds: blockers.map((i) => issues[i]?.id) } });
    const edges = await boardroom.db.prisma.issueBlocker.findMany({ where: { issueId: { in: issues.map((issue) => issue.id) } } });
    const isBelow = (from: string, to: string, depth = 0): boolean => depth <= 5 && edges.some((edge) => edge.issueId === from && (edge.blockerId === to || isBelow(edge.blockerId, to, depth + 1)));
    expect(issues.filter((issue) => isBelow(issue.id, issue.id))).toEqual([]);
  }), { numRuns: 15 });
});

test('a hundred blockers take as many statements as one, and one of them in a circle is enough to refuse them all', async () => {
  const [few, many] = [await acme.issue(), await acme.issue()];
  const ids = (await Promise.all(Array.from({ length: 100 }, () => acme.issue()))).map(({ id }) => id);
  const count = async (issueId: string, blockedByIds: string[]) => (await boardroom.statements(() => set(issueId, blockedByIds))).length;
  const one = await count(few.id, [ids[0] as string]);
  expect(await count(many.id, ids)).toBe(one);
  await set(ids[99] as string, [few.id]);
  const before = await dump(boardroom.db);
  expect(await refusal(few.id, ids)).toMatchObject({ code: 'RULE_VIOLATION', field: 'blockedByIds', message: 'these blockers would wait for each other in a circle' });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
});

test('two that would close a circle together: one is refused', async () => {
  const [a, b] = [await acme.issue(), await acme.issue()];
  const results = await Promise.allSettled([set(a.id, [b.id]), set(b.id, [a.id])]);
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('finished work waits for nothing, and unknown issues block nothing', async () => {
  const [issue, blocker] = [await acme.issue(), await acme.issue()];
  expect(await refusal(issue.id, [blocker.id, newId()])).toMatchObject({ code: 'NOT_FOUND' });
  await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'DONE' } });
  expect(await refusal(issue.id, [blocker.id])).toMatchObject({ code: 'RULE_VIOLATION' });
});

test('taking the last open blocker away wakes the agent, and blocked work is todo again', async () => {
  const agent = await acme.agent();
  const [done, open, issue] = [await acme.issue(), await acme.issue(), await acme.issue({ assigneeId: agent.id, status: 'BLOCKED' })];
  await boardroom.db.prisma.issue.update({ where: { id: done.id }, data: { status: 'DONE' } });
  await set(issue.id, [done.id, open.id]);
  expect(await wakes(issue.id)).toEqual([]);
  await set(issue.id, [done.id]);
  expect(await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } })).toMatchObject({ status: 'TODO' });
  expect(await wakes(issue.id)).toMatchObject([{ status: 'QUEUED' }]);
  expect(await boardroom.db.prisma.activity.count({ where: { entityId: issue.id, action: 'issue.updated' } })).toBe(1);
});

test('while another run has it, agents leave it alone', async () => {
  const [issue, blocker] = [await acme.issue(), await acme.issue()];
  const run = await insertRun(boardroom.db, acme.engineer);
  await boardroom.ask(tokenOf(run), `mutation { checkoutIssue(input: { issueId: "${issue.id}" }) { __typename } }`);
  expect(await set(issue.id, [blocker.id], keyOf(acme.writer))).toMatchObject({ holder: { id: run.id } });
  for (const by of [tokenOf(run), keyOf(acme.ceo), BOARD]) await set(issue.id, [blocker.id], by);
});
