import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { insertRun } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let company: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  company = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const dashboard = async (fields: string) =>
  (await boardroom.ask(BOARD, `query ($ref: String!) { company(ref: $ref) { dashboard { ${fields} } } }`, { ref: company.id }))['company'].dashboard;
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

test('issues are counted by status, and the open ones by priority', async () => {
  await company.issue({ priority: 'HIGH' });
  await company.issue({ priority: 'HIGH', status: 'TODO' });
  const done = await company.issue({ priority: 'LOW' });
  await boardroom.db.prisma.issue.update({ where: { id: done.id }, data: { status: 'DONE' } });
  expect(await dashboard('issues { total open backlog todo done } issuesByPriority { critical high medium low }')).toEqual({
    issues: { total: 3, open: 2, backlog: 1, todo: 1, done: 1 }, issuesByPriority: { critical: 0, high: 2, medium: 0, low: 0 },
  });
});

test('runs are counted on their day, days without any are there too, today is last', async () => {
  await insertRun(boardroom.db, company.engineer, { status: 'SUCCEEDED', createdAt: daysAgo(0) });
  await insertRun(boardroom.db, company.engineer, { status: 'TIMED_OUT', createdAt: daysAgo(2) });
  await insertRun(boardroom.db, company.engineer, { status: 'CANCELLED', createdAt: daysAgo(2) });
  await insertRun(boardroom.db, company.engineer, { status: 'FAILED', createdAt: daysAgo(3) });
  const day = (days: number) => daysAgo(days).toISOString().slice(0, 10);
  expect((await dashboard('runsByDay(days: 3) { date succeeded failed other }')).runsByDay).toEqual([
    { date: day(2), succeeded: 0, failed: 1, other: 1 }, { date: day(1), succeeded: 0, failed: 0, other: 0 }, { date: day(0), succeeded: 1, failed: 0, other: 0 },
  ]);
  expect(await dashboard('successRate failedRuns { status } liveRuns { status }')).toEqual({
    successRate: 1 / 3, failedRuns: [{ status: 'TIMED_OUT' }, { status: 'FAILED' }], liveRuns: [],
  });
});

test('a company without runs has days all the same', async () => {
  const other = await smallCompany(boardroom, 'Other');
  const { company: found } = await boardroom.ask(BOARD, 'query ($ref: String!) { company(ref: $ref) { dashboard { runsByDay(days: 2) { succeeded } successRate } } }', { ref: other.id });
  expect(found.dashboard).toEqual({ runsByDay: [{ succeeded: 0 }, { succeeded: 0 }], successRate: null });
});
