import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { archiveCompany } from '../company/commands.ts';
import { repriceCosts } from '../cost/reprice.ts';
import { insertRun } from '../testing/runs.ts';
import { enqueueWake } from '../wake/enqueue-wake.ts';
import { removeBudget } from './commands/remove-budget.ts';
import { resolveIncident } from './resolve.ts';
import { sweepBudgets } from './sweep.ts';
import { at, budgetTools } from './testing.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let tools: ReturnType<typeof budgetTools>;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  tools = budgetTools(boardroom);
});
beforeEach(async () => { acme = await smallCompany(boardroom, 'Acme'); });
afterAll(() => boardroom.close());

const prisma = () => boardroom.db.prisma;
const work = async (agentId: string, status: 'TODO' | 'IN_PROGRESS' | 'IN_REVIEW' = 'IN_PROGRESS') => {
  const issue = await acme.issue({ assigneeId: agentId, status: 'BACKLOG' });
  return prisma().issue.update({ where: { id: issue.id }, data: { status } });
};
const waiting = (companyId = acme.id) => prisma().run.findMany({ where: { companyId, status: { in: ['QUEUED', 'SCHEDULED_RETRY'] } }, select: { agentId: true, issueId: true, reason: true } });
const resolve = (incidentId: string, amount?: bigint) => write(boardroom.db, (tx) => resolveIncident(tx, BOARD, amount === undefined ? { incidentId, resolution: 'KEEP_PAUSED' } : { incidentId, resolution: 'RAISE_AND_RESUME', amount }));
const hardOf = async (budgetId: string) => {
  const stop = (await tools.incidents(budgetId)).findLast(({ threshold }) => threshold === 'HARD');
  if (!stop) throw new Error('it is not stopped');
  return stop;
};

/** One run that is stopped, one that is taken from the queue, one wake that comes too late, a reviewer, and something of another scope. */
async function stopped(window: 'MONTH' | 'ROLLING' | 'LIFETIME' = 'MONTH', scope: 'COMPANY' | 'AGENT' = 'COMPANY') {
  const agent = acme.engineer;
  const [ran, queued, asked] = [await work(agent.id), await work(agent.id), await work(agent.id, 'TODO')];
  const running = await insertRun(boardroom.db, agent, { issueId: ran.id });
  await insertRun(boardroom.db, agent, { issueId: queued.id, status: 'QUEUED' });
  const budget = await tools.set({ scope, subjectId: scope === 'AGENT' ? agent.id : acme.id, amount: 100n, window, ...(window === 'ROLLING' ? { windowHours: 5 } : {}) });
  await tools.spend(agent.id, 110n);
  await tools.finish(running, (await tools.run(running.id)).cancelReason);
  await write(boardroom.db, (tx) => enqueueWake(tx, BOARD, { agentId: agent.id, issueId: asked.id, source: 'AUTOMATION', reason: 'issue_commented', payload: { commentId: newId(), body: 'Go on' } }));
  expect(await waiting()).toEqual([]);
  return { agent, budget, stop: await hardOf(budget.id), issues: [ran, queued, asked] };
}

/** Each issue has exactly one run that waits, the comment among what it is told. */
async function expectResumed({ agent, issues }: Awaited<ReturnType<typeof stopped>>) {
  const runs = await waiting();
  expect(runs.toSorted((a, b) => String(a.issueId).localeCompare(String(b.issueId)))).toEqual(
    [
      { agentId: agent.id, issueId: issues[0]?.id, reason: 'issue_continuation_needed' }, { agentId: agent.id, issueId: issues[1]?.id, reason: 'issue_continuation_needed' },
      { agentId: agent.id, issueId: issues[2]?.id, reason: 'issue_commented' },
    ].toSorted((a, b) => String(a.issueId).localeCompare(String(b.issueId))),
  );
}

describe('raised', () => {
  test.each(['COMPANY', 'AGENT'] as const)('%s: everything goes on once, however often it is said', async (scope) => {
    const before = await stopped('MONTH', scope);
    const { budget, stop } = before;
    expect(await resolve(stop.id, 500n)).toMatchObject({ status: 'RESOLVED', resolution: 'RAISED', resolverType: 'USER' });
    await expectResumed(before);
    expect(await resolve(stop.id, 500n)).toMatchObject({ status: 'RESOLVED', resolution: 'RAISED' });
    await sweepBudgets(boardroom.db);
    await expectResumed(before);
    expect(await prisma().budget.findUniqueOrThrow({ where: { id: budget.id } })).toMatchObject({ amount: 500n });
    expect(await prisma().approval.findUniqueOrThrow({ where: { id: stop.approvalId as string } })).toMatchObject({ status: 'APPROVED' });
    expect(await tools.agent(before.agent.id)).toMatchObject({ status: 'IDLE', pauseReason: null });
    await expect(resolve(stop.id, 600n)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(resolve(stop.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('of rivals who decide, one does', async () => {
    const before = await stopped();
    const decided = await Promise.allSettled([resolve(before.stop.id, 500n), resolve(before.stop.id, 600n), resolve(before.stop.id), sweepBudgets(boardroom.db)]);
    expect(decided.slice(0, 2).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectResumed(before);
  });

  test('the warning of the amount that was ends with its stop; the new amount has its own', async () => {
    const { id } = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 100n });
    for (const cost of [80n, 20n]) await tools.spend(acme.engineer.id, cost);
    await resolve((await hardOf(id)).id, 200n);
    const told = async () => (await tools.incidents(id)).map(({ threshold, limit, status, resolution }) => [threshold, limit, status, resolution]);
    const past = [['SOFT', 100n, 'RESOLVED', 'RAISED'], ['HARD', 100n, 'RESOLVED', 'RAISED']];
    expect(await told()).toEqual(past);
    await tools.spend(acme.engineer.id, 60n);
    expect(await told()).toEqual([...past, ['SOFT', 200n, 'OPEN', null]]);
  });

  test('not to what is used already: it says policy, spent and limit', async () => {
    const { stop, budget } = await stopped();
    for (const amount of [100n, 110n]) {
      await expect(resolve(stop.id, amount)).rejects.toMatchObject({ code: 'RULE_VIOLATION', field: 'amount', details: { spent: '110', limit: '100' }, message: expect.stringContaining('the budget of company Acme, $0.0001 billed a month') });
    }
    expect(await hardOf(budget.id)).toMatchObject({ status: 'OPEN' });
    await resolve(stop.id, 111n);
    expect(await hardOf(budget.id)).toMatchObject({ status: 'RESOLVED' });
  });

  test('by setBudget as well; lowered, it stops again, and tells so again', async () => {
    const before = await stopped();
    await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 105n });
    expect(await hardOf(before.budget.id)).toMatchObject({ status: 'OPEN', limit: 105n });
    await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 1_000n });
    expect(await hardOf(before.budget.id)).toMatchObject({ status: 'RESOLVED', resolution: 'RAISED' });
    await expectResumed(before);
    await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 50n });
    expect(await hardOf(before.budget.id)).toMatchObject({ status: 'OPEN', limit: 50n, observed: 110n });
    expect(await waiting()).toEqual([]);
    expect(await prisma().approval.count({ where: { companyId: acme.id, status: 'PENDING' } })).toBe(1);
  });

  test.each<[string, object]>([['without a stop', { hardStop: false }], ['to no limit', { amount: 0n }]])('changed %s', async (_name, change) => {
    const before = await stopped();
    await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 100n, ...change });
    expect(await hardOf(before.budget.id)).toMatchObject({ status: 'RESOLVED', resolution: 'CHANGED' });
    expect(await prisma().approval.findUniqueOrThrow({ where: { id: before.stop.approvalId as string } })).toMatchObject({ status: 'CANCELLED' });
    await expectResumed(before);
  });
});

test('removed: everything goes on, and the approval is off the table', async () => {
  const before = await stopped('LIFETIME', 'AGENT');
  await write(boardroom.db, (tx) => removeBudget(tx, BOARD, { budgetId: before.budget.id }));
  expect(await prisma().budget.count({ where: { id: before.budget.id } })).toBe(0);
  expect(await prisma().approval.findUniqueOrThrow({ where: { id: before.stop.approvalId as string } })).toMatchObject({ status: 'CANCELLED' });
  expect((await tools.agent(before.agent.id)).status).toBe('IDLE');
  await expectResumed(before);
});

describe('time', () => {
  const [june, july] = ['2026-06-30T23:59:30Z', '2026-07-01T00:00:00Z'];
  const spendAt = (time: string) => at(time, () => tools.spend(acme.engineer.id, 110n, { occurredAt: new Date(time) }));

  test.each(['OPEN', 'KEPT_PAUSED'] as const)('the next month resumes what is %s, once, and counts from nothing', async (status) => {
    const issue = await work(acme.engineer.id);
    const { id } = await at(june, () => tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 100n }));
    await insertRun(boardroom.db, acme.engineer, { issueId: issue.id, status: 'QUEUED' });
    await spendAt(june);
    const stop = await hardOf(id);
    if (status === 'KEPT_PAUSED') await at(june, () => resolve(stop.id));
    await at(june, () => sweepBudgets(boardroom.db));
    expect(await hardOf(id)).toMatchObject({ status, windowStart: new Date('2026-06-01T00:00:00Z') });
    await at(july, () => Promise.all([sweepBudgets(boardroom.db), sweepBudgets(boardroom.db), sweepBudgets(boardroom.db)]));
    expect(await hardOf(id)).toMatchObject({ status: 'RESOLVED', resolution: 'WINDOW_ENDED', resolverType: 'SYSTEM', resolvedAt: new Date(july) });
    expect(await waiting()).toEqual([{ agentId: acme.engineer.id, issueId: issue.id, reason: 'issue_continuation_needed' }]);
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'IDLE', pauseReason: null });
    await spendAt('2026-07-02T00:00:00Z');
    expect((await tools.incidents(id)).filter(({ threshold }) => threshold === 'HARD')).toMatchObject([{ windowStart: new Date('2026-06-01T00:00:00Z') }, { windowStart: new Date('2026-07-01T00:00:00Z'), observed: 110n }]);
  });

  test('a warning is given once a month and amount', async () => {
    const { id } = await at(june, () => tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 100n }));
    const use = (time: string) => at(time, () => tools.spend(acme.engineer.id, 5n, { occurredAt: new Date(time) }));
    await at(june, () => tools.spend(acme.engineer.id, 80n, { occurredAt: new Date(june) }));
    await use(june);
    expect(await tools.incidents(id)).toHaveLength(1);
    await at(june, () => tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 101n }));
    expect((await tools.incidents(id)).map(({ status, limit }) => [status, limit])).toEqual([['RESOLVED', 100n], ['OPEN', 101n]]);
    await at(june, () => tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 100n }));
    expect(await tools.incidents(id)).toHaveLength(2);
    await at(july, () => sweepBudgets(boardroom.db));
    expect((await tools.incidents(id)).map(({ status }) => status)).toEqual(['RESOLVED', 'RESOLVED']);
    await at('2026-07-02T00:00:00Z', () => tools.spend(acme.engineer.id, 90n, { occurredAt: new Date('2026-07-02T00:00:00Z') }));
    expect(await tools.incidents(id)).toHaveLength(3);
  });

  test('a rolling window lets go below the warning', async () => {
    const issue = await work(acme.engineer.id);
    const hour = (n: number) => `2026-06-10T${String(n).padStart(2, '0')}:30:00Z`;
    const use = (n: number, amount: bigint) => at(hour(n), () => tools.spend(acme.engineer.id, amount, { occurredAt: new Date(hour(n)) }));
    const { id } = await at(hour(0), () => tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 100n, window: 'ROLLING', windowHours: 5 }));
    await use(1, 15n);
    await use(2, 10n);
    await insertRun(boardroom.db, acme.engineer, { issueId: issue.id, status: 'QUEUED' });
    await use(3, 75n);
    expect(await hardOf(id)).toMatchObject({ observed: 100n, windowStart: new Date(hour(3)) });
    await at('2026-06-10T06:31:00Z', () => sweepBudgets(boardroom.db)); // 85 of the last five hours
    expect((await hardOf(id)).status).toBe('OPEN');
    await at('2026-06-10T07:31:00Z', () => sweepBudgets(boardroom.db)); // 75
    expect(await hardOf(id)).toMatchObject({ status: 'RESOLVED', resolution: 'WINDOW_ENDED' });
    expect(await waiting()).toEqual([{ agentId: acme.engineer.id, issueId: issue.id, reason: 'issue_continuation_needed' }]);
  });

  test('what was used while the stop of the last month was still in force stops the next one as well', async () => {
    const issue = await work(acme.engineer.id);
    const { id } = await at(june, () => tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 100n }));
    await insertRun(boardroom.db, acme.engineer, { issueId: issue.id, status: 'QUEUED' });
    await spendAt(june);
    await spendAt(july); // the job has not looked yet
    await at(july, () => sweepBudgets(boardroom.db));
    expect((await tools.incidents(id)).map(({ status, windowStart, observed }) => [status, windowStart, observed])).toEqual([
      ['RESOLVED', new Date('2026-06-01T00:00:00Z'), 110n], ['OPEN', new Date('2026-07-01T00:00:00Z'), 110n],
    ]);
    expect(await waiting()).toEqual([]);
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
  });

  test('a lifetime does not pass', async () => {
    const { id } = await at(june, () => tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 100n, window: 'LIFETIME' }));
    await spendAt(june);
    await at('2030-01-01T00:00:00Z', () => sweepBudgets(boardroom.db));
    expect((await hardOf(id)).status).toBe('OPEN');
  });
});

test('of a company that was closed meanwhile nobody works again, however a stop of it ends; and no budget is set there', async () => {
  const { agent, budget, stop } = await stopped('MONTH', 'AGENT');
  await write(boardroom.db, (tx) => archiveCompany(tx, BOARD, { companyId: acme.id }));
  expect(await tools.agent(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
  await expect(tools.set({ scope: 'AGENT', subjectId: agent.id, amount: 999n })).rejects.toThrow('the company is archived');
  await write(boardroom.db, (tx) => removeBudget(tx, BOARD, { budgetId: budget.id }));
  expect(await prisma().budgetIncident.findUnique({ where: { id: stop.id } })).toBeNull();
  expect(await tools.agent(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'COMPANY_ARCHIVED' });
  expect(await waiting()).toEqual([]);
});

describe('kept paused', () => {
  test('the approval is rejected, and nothing goes on; it may still be raised', async () => {
    const before = await stopped();
    expect(await resolve(before.stop.id)).toMatchObject({ status: 'KEPT_PAUSED', resolution: null, resolverType: 'USER' });
    expect(await resolve(before.stop.id)).toMatchObject({ status: 'KEPT_PAUSED' });
    expect(await prisma().approval.findUniqueOrThrow({ where: { id: before.stop.approvalId as string } })).toMatchObject({ status: 'REJECTED' });
    expect(await waiting()).toEqual([]);
    await tools.spend(before.agent.id, 1n);
    expect((await tools.incidents(before.budget.id)).filter(({ threshold }) => threshold === 'HARD')).toHaveLength(1);
    await resolve(before.stop.id, 500n);
    await expectResumed(before);
  });
});

test('what another budget still stops waits for that one', async () => {
  const before = await stopped();
  const other = await tools.set({ scope: 'ISSUE_SUBTREE', subjectId: before.issues[0]?.id as string, metric: 'RUNS', amount: 1n });
  expect(await hardOf(other.id)).toMatchObject({ observed: 1n });
  await resolve(before.stop.id, 500n);
  expect((await waiting()).map(({ issueId }) => issueId).toSorted()).toEqual([before.issues[1]?.id, before.issues[2]?.id].toSorted());
  await resolve((await hardOf(other.id)).id, 2n);
  await expectResumed(before);
});

test('a run that is still ending when it goes on is followed by another, once', async () => {
  const issue = await work(acme.engineer.id);
  const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
  const budget = await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 100n });
  await tools.spend(acme.engineer.id, 110n);
  await resolve((await hardOf(budget.id)).id, 500n);
  expect(await waiting()).toEqual([]);
  await tools.finish(run, (await tools.run(run.id)).cancelReason);
  expect(await waiting()).toEqual([{ agentId: acme.engineer.id, issueId: issue.id, reason: 'issue_continuation_needed' }]);
});

describe('reached without any use', () => {
  test('an issue that moves below another is within its budget by the next look', async () => {
    const [root, issue] = [await work(acme.engineer.id), await work(acme.engineer.id)];
    await tools.spend(acme.engineer.id, 110n, { issueId: issue.id });
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: root.id });
    const budget = await tools.set({ scope: 'ISSUE_SUBTREE', subjectId: root.id, amount: 100n });
    await sweepBudgets(boardroom.db);
    expect(await tools.incidents(budget.id)).toEqual([]);
    await prisma().issue.update({ where: { id: issue.id }, data: { parentId: root.id } });
    await Promise.all([sweepBudgets(boardroom.db), sweepBudgets(boardroom.db)]);
    expect(await tools.incidents(budget.id)).toMatchObject([{ threshold: 'HARD', status: 'OPEN', observed: 110n }]);
    expect((await tools.run(run.id)).cancelRequestedAt).not.toBeNull();
  });

  test.each([[1_000_000n, 'SOFT'], [1_250_000n, 'HARD']] as const)('tokens that are priced anew at %s a million: %s', async (inputMicros, threshold) => {
    await tools.spend(acme.engineer.id, 0n, { inputTokens: 80n });
    const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, metric: 'IMPUTED_COST', amount: 100n });
    await boardroom.ask(BOARD, 'mutation ($input: SetPriceInput!) { setPrice(input: $input) { id } }', {
      input: { companyId: acme.id, provider: 'test', model: 'test', inputMicros: String(inputMicros), outputMicros: '0', effectiveAt: '2020-01-01T00:00:00Z' },
    });
    expect(await repriceCosts(boardroom.db)).toMatchObject({ changed: 1 });
    await sweepBudgets(boardroom.db);
    await sweepBudgets(boardroom.db);
    expect(await tools.incidents(budget.id)).toMatchObject([{ threshold, status: 'OPEN' }]);
  });
});
