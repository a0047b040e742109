import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { pauseAgent, resumeAgent } from '../agent/commands.ts';
import { createGoal } from '../goal/commands.ts';
import { createProject } from '../project/commands.ts';
import { sweep } from '../recovery/sweep/sweep.ts';
import { claimableRuns } from '../run/commands/claim-run.ts';
import { beatHeart } from '../run/commands/heartbeat.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { reportUsage } from '../run/commands/report-usage.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { enqueueWake } from '../wake/enqueue-wake.ts';
import { AT_ONCE } from './open-stop.ts';
import { STOPPED_FOR } from './rules.ts';
import { sweepBudgets } from './sweep.ts';
import { budgetTools } from './testing.ts';

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
const wake = async (agentId: string, issueId?: string) =>
  (await boardroom.ask(BOARD, `mutation ($input: WakeAgentInput!) { wakeAgent(input: $input) { __typename ... on Wakeup { id status run { id } } ... on WakeRefused { reason message wakeup { status skipReason message budgetStop { message } } } } }`, { input: { agentId, issueId } })).wakeAgent;
const CHECKOUT = 'mutation ($input: CheckoutIssueInput!) { checkoutIssue(input: $input) { __typename ... on Conflict { message } ... on BudgetExceeded { spent limit budget { id scope } issue { id } } } }';
const why = async (agentId: string, issueId?: string) => (await boardroom.ask(BOARD, 'query ($agentId: ID!, $issueId: ID) { explainWake(agentId: $agentId, issueId: $issueId) { text gates { gate isOpen message } } }', { agentId, issueId })).explainWake;
const moves = async (ref: string) => (await boardroom.ask(BOARD, 'query ($ref: String!) { issue(ref: $ref) { liveness { state mover stalled text } budgetStop { message } } }', { ref })).issue;
const raise = (incidentId: string, amount: string) =>
  boardroom.ask(BOARD, 'mutation ($input: ResolveBudgetIncidentInput!) { resolveBudgetIncident(input: $input) { status resolution approval { status } budget { amount } } }', { input: { incidentId, resolution: 'RAISE_AND_RESUME', amount } });
const live = (agentId: string) => prisma().run.findMany({ where: { agentId, status: { in: ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'] } } });
const work = async (agentId: string, fields: object = {}) => {
  const issue = await acme.issue({ assigneeId: agentId, status: 'BACKLOG', ...fields });
  return prisma().issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS' } });
};

test('work that a budget stops is none that a heartbeat could get on with', async () => {
  const issue = await work(acme.engineer.id);
  await tools.set({ scope: 'ISSUE_SUBTREE', subjectId: issue.id, amount: 10n });
  await tools.spend(acme.engineer.id, 10n, { issueId: issue.id });
  const beat = async () => {
    await write(boardroom.db, (tx) => beatHeart(tx, { agentId: acme.engineer.id, dueAt: new Date(1_000) }));
    return prisma().wakeup.findFirst({ where: { agentId: acme.engineer.id, source: 'TIMER' }, orderBy: { id: 'desc' } });
  };
  await prisma().agent.update({ where: { id: acme.engineer.id }, data: { heartbeatEnabled: true, heartbeatIntervalSec: 60, nextHeartbeatAt: new Date(1_000) } });
  expect(await beat()).toMatchObject({ status: 'SKIPPED', skipReason: 'nothing_to_do' });
  await work(acme.engineer.id);
  await prisma().agent.update({ where: { id: acme.engineer.id }, data: { nextHeartbeatAt: new Date(1_000) } });
  expect(await beat()).toMatchObject({ status: 'QUEUED' });
});

describe('every scope stops its own part, and nothing else', () => {
  test.each(['COMPANY', 'AGENT', 'PROJECT', 'GOAL', 'ISSUE_SUBTREE'] as const)('%s', async (scope) => {
    const [inside, outside] = [acme.engineer, acme.writer];
    const top = await write(boardroom.db, (tx) => createGoal(tx, BOARD, { companyId: acme.id, title: 'Top' }));
    const goal = await write(boardroom.db, (tx) => createGoal(tx, BOARD, { companyId: acme.id, title: 'Below', parentId: top.id }));
    const project = await write(boardroom.db, (tx) => createProject(tx, BOARD, { companyId: acme.id, name: 'Site', goalId: goal.id }));
    const root = await work(inside.id, { projectId: project.id });
    const issue = await work(inside.id, { parentId: root.id, projectId: project.id });
    const elsewhere = await work(outside.id);
    const budget = await tools.set({ scope, subjectId: { COMPANY: acme.id, AGENT: inside.id, PROJECT: project.id, GOAL: top.id, ISSUE_SUBTREE: root.id }[scope], amount: 1_000n });
    const running = await insertRun(boardroom.db, inside, { issueId: issue.id });
    const retry = await insertRun(boardroom.db, inside, { issueId: root.id, status: 'SCHEDULED_RETRY' });
    const others = await insertRun(boardroom.db, outside, { issueId: elsewhere.id });

    expect((await tools.spend(inside.id, 999n, { issueId: issue.id })).stop).toBeNull();
    expect(await tools.incidents(budget.id)).toMatchObject([{ threshold: 'SOFT', limit: 1_000n, observed: 999n }]);
    const told = await tools.spend(inside.id, 1n, { issueId: issue.id });
    expect(told.stop).toMatchObject({ budgetId: budget.id, scope, spent: 1_000n, limit: 1_000n, message: expect.stringContaining('is used up: $0.001 of $0.001.') });

    const [, stop] = await tools.incidents(budget.id);
    expect(stop).toMatchObject({ threshold: 'HARD', status: 'OPEN', limit: 1_000n, observed: 1_000n });
    expect(await prisma().approval.findUniqueOrThrow({ where: { id: stop?.approvalId as string } })).toMatchObject({ type: 'BUDGET_OVERRIDE', status: 'PENDING', incidentId: stop?.id, requesterType: 'SYSTEM' });
    expect(await tools.run(running.id)).toMatchObject({ status: 'RUNNING', cancelReason: expect.stringContaining(`${STOPPED_FOR}The budget of`) });
    expect(await tools.run(retry.id)).toMatchObject({ status: 'CANCELLED', cancelReason: expect.stringContaining(STOPPED_FOR) });
    expect((await tools.run(others.id)).cancelRequestedAt !== null).toBe(scope === 'COMPANY');
    expect(await tools.agent(inside.id)).toMatchObject(scope === 'AGENT' ? { status: 'PAUSED', pauseReason: 'BUDGET' } : { pauseReason: null });

    expect(await boardroom.ask(tokenOf(running), CHECKOUT, { input: { issueId: issue.id } })).toMatchObject({
      checkoutIssue: { __typename: 'BudgetExceeded', message: told.stop?.message, spent: '1000', limit: '1000', budget: { id: budget.id, scope }, issue: { id: issue.id } },
    });
    expect(await wake(inside.id, issue.id)).toMatchObject({ __typename: 'WakeRefused', reason: 'budget_stopped', message: told.stop?.message, wakeup: { status: 'SKIPPED', skipReason: 'budget_stopped', budgetStop: { message: told.stop?.message } } });
    expect((await why(inside.id, issue.id)).gates[1]).toEqual({ gate: 'budget_stopped', isOpen: false, message: told.stop?.message });
    expect(await moves(root.id)).toMatchObject({ budgetStop: { message: told.stop?.message }, liveness: { state: 'BUDGET_STOPPED', mover: 'BOARD', stalled: false, text: told.stop?.message } });

    // Whatever is queued past the gates by some other way waits.
    const slipped = await insertRun(boardroom.db, inside, { issueId: root.id, status: 'QUEUED' });
    await prisma().agent.update({ where: { id: inside.id }, data: { status: 'IDLE' } });
    expect((await claimableRuns(boardroom.db, 100)).map(({ id }) => id)).not.toContain(slipped.id);
    expect(await tools.claim(slipped.id)).toEqual({ kind: 'left' });

    expect((await wake(outside.id, elsewhere.id)).__typename).toBe(scope === 'COMPANY' ? 'WakeRefused' : 'Wakeup');
    expect(await boardroom.ask(tokenOf(others), CHECKOUT, { input: { issueId: elsewhere.id } })).toMatchObject({ checkoutIssue: { __typename: scope === 'COMPANY' ? 'BudgetExceeded' : 'Issue' } });
  });
});

describe('while it is stopped', () => {
  test('heartbeats, wakes of events and mentions lead to nothing, and leave their reason', async () => {
    const issue = await work(acme.engineer.id);
    await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 5n });
    await tools.spend(acme.writer.id, 5n);
    await prisma().agent.update({ where: { id: acme.engineer.id }, data: { heartbeatEnabled: true, heartbeatWhenIdle: true, nextHeartbeatAt: new Date(1_000) } });
    await write(boardroom.db, (tx) => beatHeart(tx, { agentId: acme.engineer.id, dueAt: new Date(1_000) }));
    await boardroom.ask(BOARD, 'mutation ($input: AddCommentInput!) { addComment(input: $input) { __typename } }', { input: { issueId: issue.id, body: `[@Writer](agent:${acme.writer.id}) look` } });
    expect(await prisma().wakeup.findMany({ where: { companyId: acme.id, skipReason: 'budget_stopped' }, select: { agentId: true, source: true }, orderBy: { id: 'asc' } })).toEqual(
      expect.arrayContaining([{ agentId: acme.engineer.id, source: 'TIMER' }, { agentId: acme.writer.id, source: 'AUTOMATION' }]),
    );
    expect(await live(acme.engineer.id)).toEqual([]);
    expect(await live(acme.writer.id)).toEqual([]);
  });

  test('a run that was stopped is not tried again, and recovery leaves the issue to the board', async () => {
    const [agent, issue] = [acme.engineer, await work(acme.engineer.id)];
    const waiting = await work(acme.writer.id);
    await prisma().issueBlocker.create({ data: { companyId: acme.id, issueId: waiting.id, blockerId: issue.id } });
    const run = await insertRun(boardroom.db, agent, { issueId: issue.id });
    await tools.set({ scope: 'AGENT', subjectId: agent.id, amount: 5n });
    await tools.spend(agent.id, 5n, { runId: run.id });
    await tools.finish(run, (await tools.run(run.id)).cancelReason);
    const failed = await insertRun(boardroom.db, agent, { issueId: issue.id, status: 'FAILED', errorCode: 'PROCESS_LOST', finishedAt: new Date() });
    expect(failed.status).toBe('FAILED');
    await sweep(boardroom.db, { graceMs: -1_000 });
    expect(await prisma().recoveryAction.findMany({ where: { companyId: acme.id } })).toEqual([]);
    expect(await live(agent.id)).toEqual([]);
    expect((await moves(waiting.id)).liveness).toMatchObject({ state: 'BLOCKED', stalled: false });
  });

  test('the end of a run that its number of runs let finish uses up no try, and is followed up once work goes on', async () => {
    const [agent, issue] = [acme.engineer, await work(acme.engineer.id)];
    const budget = await tools.set({ scope: 'ISSUE_SUBTREE', subjectId: issue.id, metric: 'RUNS', amount: 1n });
    const run = await insertRun(boardroom.db, agent, { issueId: issue.id, status: 'QUEUED' });
    expect(await tools.claim(run.id)).toMatchObject({ kind: 'claimed' });
    expect((await tools.run(run.id)).cancelRequestedAt).toBeNull();
    await write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: null, end: { kind: 'failed', code: 'X', message: 'it failed', family: 'transient_upstream' } }));
    expect(await live(agent.id)).toEqual([]);
    await sweep(boardroom.db, { graceMs: -1_000 });
    expect(await live(agent.id)).toEqual([]);
    expect(await prisma().recoveryAction.findMany({ where: { companyId: acme.id } })).toEqual([]);
    const [stop] = await tools.incidents(budget.id);
    await raise(stop?.id as string, '5');
    expect(await live(agent.id)).toMatchObject([{ issueId: issue.id, status: 'QUEUED', reason: 'issue_continuation_needed' }]);
  });

  test.each(['cancelled', 'succeeded'] as const)('a reviewer whose run is %s while the budget is used up is asked again when work goes on, once', async (end) => {
    const [owner, reviewer] = [acme.engineer, acme.writer];
    const issue = await acme.issue({ assigneeId: owner.id, status: 'BACKLOG' });
    const stageId = newId();
    await prisma().issue.update({ where: { id: issue.id }, data: { status: 'IN_REVIEW' } });
    await prisma().issuePolicy.create({
      data: {
        issueId: issue.id, companyId: issue.companyId, stages: [{ id: stageId, type: 'REVIEW', participants: [{ type: 'AGENT', id: reviewer.id }] }], stageId,
        participantType: 'AGENT', participantId: reviewer.id, executorType: 'AGENT', executorId: owner.id,
      },
    });
    await write(boardroom.db, (tx) => enqueueWake(tx, SYSTEM, { agentId: reviewer.id, issueId: issue.id, source: 'AUTOMATION', reason: 'execution_review_requested', payload: { stageId } }));
    const [run] = await live(reviewer.id);
    expect(await tools.claim(run?.id as string)).toMatchObject({ kind: 'claimed' });
    const budget = await tools.set({ scope: 'AGENT', subjectId: reviewer.id, amount: 5n });
    await tools.spend(reviewer.id, 5n);
    await tools.finish({ id: run?.id as string }, end === 'cancelled' ? (await tools.run(run?.id as string)).cancelReason : null);
    await sweep(boardroom.db, { graceMs: -1_000 });
    expect(await live(reviewer.id)).toEqual([]);
    expect(await prisma().recoveryAction.findMany({ where: { companyId: acme.id } })).toEqual([]);
    expect((await moves(issue.id)).liveness).toMatchObject({ state: 'BUDGET_STOPPED', stalled: false });
    const [stop] = await tools.incidents(budget.id);
    await raise(stop?.id as string, '50');
    expect(await live(reviewer.id)).toMatchObject([{ issueId: issue.id, status: 'QUEUED', reason: 'execution_review_requested' }]);
  });

  test('work of people, and work that is parked, is told as what it is', async () => {
    await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 5n });
    await tools.spend(acme.writer.id, 5n);
    const parked = await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
    const nobodys = await acme.issue();
    expect([(await moves(parked.id)).liveness.state, (await moves(nobodys.id)).liveness.state]).toEqual(['PARKED', 'UNASSIGNED']);
  });

  test('the board cannot resume the agent by hand: it is told policy, spent and limit', async () => {
    await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 10_000_000n });
    await tools.spend(acme.engineer.id, 10_020_000n);
    const refused = await boardroom.refusal(BOARD, 'mutation ($input: ResumeAgentInput!) { resumeAgent(input: $input) { id } }', { input: { agentId: acme.engineer.id } });
    expect(refused).toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('$10.02 of $10.00') });
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
  });

  test('a second budget over the same place stops on its own, and the agent goes on when both are over', async () => {
    const [tokens, cost] = [await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, metric: 'TOKENS', amount: 10n }), await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 10n })];
    await tools.spend(acme.engineer.id, 10n, { inputTokens: 10n });
    const [[first], [second]] = [await tools.incidents(tokens.id), await tools.incidents(cost.id)];
    await raise(first?.id as string, '100');
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
    await raise(second?.id as string, '100');
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'IDLE', pauseReason: null });
  });
});

test.each([
  ['the approval', 'approval', "type <> 'BUDGET_OVERRIDE'"], ['what the log says', 'activity', "action <> 'budget.stopped'"], ['the pause', 'agent', "pause_reason IS DISTINCT FROM 'BUDGET'"],
  ['the end of what waits', 'run', "status <> 'CANCELLED'"], ['the end of what runs', 'run', "status <> 'RUNNING' OR cancel_reason IS NULL"],
])('a stop that dies at %s leaves nothing, neither of the report nor of the stop; told again, all is there', async (_what, table, check) => {
  const agent = acme.engineer;
  const budget = await tools.set({ scope: 'AGENT', subjectId: agent.id, amount: 10n });
  const running = await insertRun(boardroom.db, agent, { issueId: (await work(agent.id)).id });
  const queued = await insertRun(boardroom.db, agent, { issueId: (await work(agent.id)).id, status: 'QUEUED' });
  const before = await dump(boardroom.db);
  await prisma().$executeRawUnsafe(`ALTER TABLE ${table} ADD CONSTRAINT in_the_way CHECK (${check}) NOT VALID`);
  try {
    await expect(tools.spend(agent.id, 10n)).rejects.toThrow();
  } finally {
    await prisma().$executeRawUnsafe(`ALTER TABLE ${table} DROP CONSTRAINT in_the_way`);
  }
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  expect((await tools.spend(agent.id, 10n)).stop).toMatchObject({ budgetId: budget.id, spent: 10n });
  expect(await tools.incidents(budget.id)).toMatchObject([{ threshold: 'HARD', status: 'OPEN', approvalId: expect.any(String) }]);
  expect((await tools.run(running.id)).cancelRequestedAt).not.toBeNull();
  expect((await tools.run(queued.id)).status).toBe('CANCELLED');
  expect(await tools.agent(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
});

describe('a number of runs', () => {
  test('exactly so many start, of rivals too; those that run go on', async () => {
    const agent = acme.engineer;
    const budget = await tools.set({ scope: 'AGENT', subjectId: agent.id, metric: 'RUNS', amount: 3n });
    const queued = [];
    for (let index = 0; index < 6; index += 1) queued.push(await insertRun(boardroom.db, agent, { issueId: (await work(agent.id)).id, status: 'QUEUED' }));
    const claims = await Promise.all(queued.map((run) => tools.claim(run.id)));
    expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(3);
    const runs = await prisma().run.findMany({ where: { agentId: agent.id } });
    expect(runs.map(({ status, cancelRequestedAt }) => `${status} ${cancelRequestedAt !== null}`).toSorted()).toEqual(['CANCELLED true', 'CANCELLED true', 'CANCELLED true', 'RUNNING false', 'RUNNING false', 'RUNNING false']);
    expect((await tools.incidents(budget.id)).map(({ threshold, observed }) => [threshold, observed])).toEqual([['HARD', 3n]]);
    expect(await tools.agent(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
  });

  test.each(['COMPANY', 'AGENT', 'PROJECT', 'GOAL', 'ISSUE_SUBTREE'] as const)('of %s: those that were started there, and no others', async (scope) => {
    const goal = await write(boardroom.db, (tx) => createGoal(tx, BOARD, { companyId: acme.id, title: 'Top' }));
    const project = await write(boardroom.db, (tx) => createProject(tx, BOARD, { companyId: acme.id, name: 'Site', goalId: goal.id }));
    const root = await work(acme.engineer.id, { projectId: project.id });
    const issue = await work(acme.engineer.id, { parentId: root.id, projectId: project.id });
    const elsewhere = await work(acme.writer.id);
    for (const issueId of [root.id, issue.id, issue.id]) await insertRun(boardroom.db, acme.engineer, { issueId, status: 'SUCCEEDED', finishedAt: new Date() });
    await insertRun(boardroom.db, acme.writer, { issueId: elsewhere.id, status: 'SUCCEEDED', finishedAt: new Date() });
    await insertRun(boardroom.db, acme.writer, { issueId: issue.id, status: 'SUCCEEDED', startedAt: null, finishedAt: new Date() });
    const budget = await tools.set({ scope, subjectId: { COMPANY: acme.id, AGENT: acme.engineer.id, PROJECT: project.id, GOAL: goal.id, ISSUE_SUBTREE: root.id }[scope], metric: 'RUNS', window: 'LIFETIME', amount: 5n });
    const used = scope === 'COMPANY' ? 4 : 3;
    const { company } = await boardroom.ask(BOARD, 'query ($ref: String!) { company(ref: $ref) { budgets { nodes { used } } } }', { ref: acme.id });
    expect(company.budgets.nodes).toEqual([{ used: String(used) }]);
    for (let left = 5 - used; left > 0; left -= 1) expect(await tools.claim((await insertRun(boardroom.db, acme.engineer, { issueId: (await work(acme.engineer.id, { parentId: root.id, projectId: project.id })).id, status: 'QUEUED' })).id)).toMatchObject({ kind: 'claimed' });
    expect(await tools.incidents(budget.id)).toMatchObject([{ threshold: 'SOFT', observed: 4n }, { threshold: 'HARD', observed: 5n }]);
  });

  test('runs of before the month do not count', async () => {
    const budget = await tools.set({ scope: 'COMPANY', subjectId: acme.id, metric: 'RUNS', amount: 2n });
    await insertRun(boardroom.db, acme.engineer, { status: 'SUCCEEDED', startedAt: new Date('2020-01-01'), finishedAt: new Date('2020-01-01') });
    await insertRun(boardroom.db, acme.engineer, { status: 'SUCCEEDED', finishedAt: new Date() });
    const { company } = await boardroom.ask(BOARD, 'query ($ref: String!) { company(ref: $ref) { budgets { nodes { id used usedPercent } } } }', { ref: acme.id });
    expect(company.budgets.nodes).toEqual([{ id: budget.id, used: '1', usedPercent: 50 }]);
  });
});

test('what running runs have used so far counts', async () => {
  const run = await insertRun(boardroom.db, acme.engineer, { inputTokens: 60n, cachedInputTokens: 10n, outputTokens: 5n });
  const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, metric: 'TOKENS', amount: 100n });
  await tools.spend(acme.engineer.id, 1n, { inputTokens: 24n });
  expect(await tools.incidents(budget.id)).toMatchObject([{ threshold: 'SOFT', observed: 99n }]);
  await tools.spend(acme.engineer.id, 1n, { inputTokens: 1n });
  expect((await tools.incidents(budget.id))[1]).toMatchObject({ threshold: 'HARD', observed: 100n });
  expect((await tools.run(run.id)).cancelRequestedAt).not.toBeNull();
});

test('a heartbeat that checks an issue out spends there: its budgets hold it while it runs, and its cost is told at the end', async () => {
  const agent = acme.engineer;
  const project = await write(boardroom.db, (tx) => createProject(tx, BOARD, { companyId: acme.id, name: 'Site' }));
  const issue = await prisma().issue.update({ where: { id: (await acme.issue({ assigneeId: agent.id, projectId: project.id, status: 'BACKLOG' })).id }, data: { status: 'TODO' } });
  const budget = await tools.set({ scope: 'PROJECT', subjectId: project.id, metric: 'TOKENS', amount: 100n });
  const heartbeat = await insertRun(boardroom.db, agent, { source: 'TIMER', leaseToken: 1 });
  const use = (inputTokens: bigint) => write(boardroom.db, (tx) => reportUsage(tx, { runId: heartbeat.id, leaseToken: 1, usage: { inputTokens, cachedInputTokens: 0n, outputTokens: 0n } }));
  expect(await use(90n)).toEqual({ kind: 'stored', stop: null });
  expect((await boardroom.ask(tokenOf(heartbeat), CHECKOUT, { input: { issueId: issue.id } })).checkoutIssue.__typename).toBe('Issue');
  expect(await use(120n)).toMatchObject({ kind: 'stored', stop: expect.stringContaining('project Site') });
  expect(await tools.incidents(budget.id)).toMatchObject([{ threshold: 'HARD', observed: 120n }]);
  await write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: heartbeat.id, leaseToken: 1, end: { kind: 'cancelled', reason: 'x' } }));
  expect(await prisma().costEvent.findMany({ where: { runId: heartbeat.id } })).toMatchObject([{ issueId: issue.id, projectId: project.id, inputTokens: 120n }]);
});

test('a paused agent whose budget is used up stays paused for what it was', async () => {
  const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 5n });
  await write(boardroom.db, (tx) => pauseAgent(tx, BOARD, { agentId: acme.engineer.id }));
  await tools.spend(acme.engineer.id, 5n);
  expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'MANUAL' });
  const [stop] = await tools.incidents(budget.id);
  await raise(stop?.id as string, '6');
  expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'MANUAL' });
  await write(boardroom.db, (tx) => resumeAgent(tx, BOARD, { agentId: acme.engineer.id }));
  expect((await tools.agent(acme.engineer.id)).status).toBe('IDLE');
});

test('an agent that the board pauses while its budget is used up stays paused when that is raised', async () => {
  const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 5n });
  await tools.spend(acme.engineer.id, 5n);
  await write(boardroom.db, (tx) => pauseAgent(tx, BOARD, { agentId: acme.engineer.id }));
  const [stop] = await tools.incidents(budget.id);
  await raise(stop?.id as string, '6');
  expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'MANUAL' });
});

test('an event without an issue counts for company and agent only; what is reported later still is', async () => {
  const company = await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 5n });
  await tools.spend(acme.engineer.id, 50n);
  const after = await boardroom.ask(keyOf(acme.engineer), 'mutation ($input: ReportCostInput!) { reportCost(input: $input) { costMicros budgetStop { spent limit message budget { id } incident { id status } } } }', { input: { provider: 'p', model: 'm', costMicros: '7' } });
  const [stop] = await tools.incidents(company.id);
  expect(after.reportCost).toMatchObject({ costMicros: '7', budgetStop: { spent: '50', limit: '5', budget: { id: company.id }, incident: { id: stop?.id, status: 'OPEN' } } });
  expect(await tools.incidents(company.id)).toHaveLength(1);
});

test('who listens to stops and to approvals is told of a stop once, with what the board is asked; who listens to one of both, by that', async () => {
  const target = (name: string, events: ('APPROVAL_WAITING' | 'BUDGET_STOPPED' | 'BUDGET_WARNING')[]) =>
    prisma().notificationTarget.create({ data: { id: newId(), companyId: acme.id, name, channel: 'WEBHOOK', address: `https://${name}.test/`, events } });
  const [all, approvals, stops] = [await target('all', ['APPROVAL_WAITING', 'BUDGET_STOPPED', 'BUDGET_WARNING']), await target('approvals', ['APPROVAL_WAITING']), await target('stops', ['BUDGET_STOPPED'])];
  const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 10n });
  await tools.spend(acme.engineer.id, 10n);
  const told = async (targetId: string) => (await prisma().notificationDelivery.findMany({ where: { targetId } })).map(({ event, payload }) => ({ event, payload }));
  const [incident] = await tools.incidents(budget.id);
  const approvalId = incident?.approvalId as string;
  for (const { id } of [all, stops]) expect(await told(id)).toMatchObject([{ event: 'BUDGET_STOPPED', payload: { approvalId, incidentId: incident?.id, limit: '10', spent: '10' } }]);
  expect(await told(approvals.id)).toMatchObject([{ event: 'APPROVAL_WAITING', payload: { approvalId, type: 'BUDGET_OVERRIDE' } }]);
});

test('a stop of many runs ends some at once, the others by their next report or by the job; none of them starts anything', async () => {
  const agents = await Promise.all([...Array(6)].map((_, index) => acme.agent({ name: `Agent ${index}` })));
  const many = { running: 2 * AT_ONCE.running, queued: AT_ONCE.queued + 10 };
  const rows = [...Array(many.running).fill('RUNNING'), ...Array(many.queued).fill('SCHEDULED_RETRY')].map((status: 'RUNNING' | 'SCHEDULED_RETRY', index) => ({
    id: newId(), companyId: acme.id, agentId: agents[index % agents.length]?.id as string, number: 5_000_000 + index, status, leaseToken: 1,
    source: 'ON_DEMAND' as const, reason: 'manual', adapterType: 'process', startedAt: status === 'RUNNING' ? new Date() : null,
  }));
  await prisma().run.createMany({ data: rows });
  const budget = await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 10n });
  const sent = await boardroom.statements(async () => { await tools.spend(acme.writer.id, 10n); });
  expect(sent.length).toBeLessThan(60);
  const going = () => prisma().run.findMany({ where: { companyId: acme.id, cancelRequestedAt: null }, orderBy: { number: 'asc' } });
  const left = await going();
  expect(left.map(({ id }) => id)).toEqual([...rows.slice(AT_ONCE.running, many.running), ...rows.slice(-10)].map(({ id }) => id));
  for (const run of left.filter(({ status }) => status === 'SCHEDULED_RETRY').slice(0, 3)) expect(await tools.claim(run.id)).toEqual({ kind: 'left' });
  const running = left.find(({ status }) => status === 'RUNNING');
  const told = await write(boardroom.db, (tx) => reportUsage(tx, { runId: running?.id as string, leaseToken: 1, usage: { inputTokens: 1n, cachedInputTokens: 0n, outputTokens: 0n } }));
  expect(told).toMatchObject({ kind: 'stored', stop: expect.stringMatching(/^budget used up: The budget of company/) });
  await sweepBudgets(boardroom.db);
  expect(await going()).toEqual([]);
  expect((await tools.incidents(budget.id)).filter(({ threshold }) => threshold === 'HARD')).toHaveLength(1);
});
