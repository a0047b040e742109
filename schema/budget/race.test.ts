import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../prisma/client.ts';
import { write } from '../../prisma/transaction.ts';
import { reportCost } from '../cost/commands.ts';
import { claimableRuns } from '../run/commands/claim-run.ts';
import { type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { insertRun, tokenOf } from '../testing/runs.ts';
import { sweepBudgets } from './sweep.ts';
import { budgetTools } from './testing.ts';

const PROCESSES = 5;
let boardroom: TestBoardroom;
let acme: SmallCompany;
let tools: ReturnType<typeof budgetTools>;
/** As many processes as share the database, each with connections and a gate of its own. */
let processes: Database[];
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 8 });
  acme = await smallCompany(boardroom);
  tools = budgetTools(boardroom);
  processes = Array.from({ length: PROCESSES }, () => openDatabase({ url: boardroom.url, connections: 5 }));
});
afterAll(async () => {
  await Promise.all(processes.map((db) => db.close()));
  await boardroom.close();
});

test('50 reporters at once: one stop, all recorded, and nobody passes it unknowing', async () => {
  const [each, limit, reporters] = [10n, 205n, 50];
  const budget = await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: limit });
  const agents = await Promise.all(Array.from({ length: reporters }, (_, index) => acme.agent({ name: `Agent ${index}` })));
  const runs = await Promise.all(agents.map((agent) => insertRun(boardroom.db, agent)));
  const queued = await insertRun(boardroom.db, acme.writer, { status: 'QUEUED' });

  const reports = await Promise.all(runs.map((run, index) =>
    write(processes[index % PROCESSES] as Database, (tx) => reportCost(tx, tokenOf(run), { provider: 'p', model: 'm', costMicros: each }))));

  const incidents = await tools.incidents(budget.id);
  const [soft, hard, ...more] = incidents;
  expect(more).toEqual([]);
  expect(soft).toMatchObject({ threshold: 'SOFT', observed: 170n });
  expect(hard).toMatchObject({ threshold: 'HARD', status: 'OPEN', observed: 210n });
  expect((hard?.observed ?? 0n) < limit + each).toBe(true);
  expect(await boardroom.db.prisma.approval.count({ where: { companyId: acme.id } })).toBe(1);
  expect(await boardroom.db.prisma.costEvent.count({ where: { companyId: acme.id } })).toBe(reporters);

  // The reports that reach the limit and all after it are told, those before it are not.
  const told = reports.filter((report) => report.stop);
  expect(told).toHaveLength(reporters - Number(hard?.observed ?? 0n) / Number(each) + 1);
  expect(new Set(told.map((report) => report.stop?.incidentId))).toEqual(new Set([hard?.id]));
  expect(reports.filter((report) => report.stop === null)).toHaveLength(20);

  // More than one transaction ends: the job ends the rest, in several processes at once.
  await Promise.all(processes.map((db) => sweepBudgets(db)));
  expect(await boardroom.db.prisma.run.count({ where: { companyId: acme.id, status: 'RUNNING', cancelRequestedAt: null } })).toBe(0);
  expect((await tools.run(queued.id)).status).toBe('CANCELLED');
  const slipped = await insertRun(boardroom.db, acme.writer, { status: 'QUEUED' });
  expect((await claimableRuns(boardroom.db, 100)).map(({ id }) => id)).not.toContain(slipped.id);
  expect(await Promise.all(Array.from({ length: 5 }, () => tools.claim(slipped.id)))).toEqual(Array.from({ length: 5 }, () => ({ kind: 'left' })));
});

test('a claim and the report that reaches the limit: whoever comes second knows of the first', async () => {
  const other = await smallCompany(boardroom, 'Other');
  for (let round = 0; round < 10; round += 1) {
    const agent = await other.agent({ name: `Rival ${round}` });
    await tools.set({ scope: 'AGENT', subjectId: agent.id, amount: 10n });
    const queued = await insertRun(boardroom.db, agent, { status: 'QUEUED' });
    await Promise.all([tools.claim(queued.id), tools.spend(agent.id, 10n)]);
    const run = await tools.run(queued.id);
    // Either it was cancelled before it could start, or it had started and is asked to end.
    expect(run.cancelRequestedAt).not.toBeNull();
    expect(['CANCELLED', 'RUNNING']).toContain(run.status);
  }
});
