import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { now, setClock } from '../../prisma/clock.ts';
import type { Agent } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { pauseAgent, resumeAgent } from '../agent/commands.ts';
import { removeBudget } from '../budget/commands/remove-budget.ts';
import { setBudget } from '../budget/commands/set-budget.ts';
import { reportCost } from '../cost/commands.ts';
import { setPrice } from '../cost/set-price.ts';
import { createCompany } from '../company/commands.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { reportUsage } from '../run/commands/report-usage.ts';
import type { RunEnd } from '../run/rules.ts';
import { BOARD, testCompany, type TestCompany } from '../run/testing.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { resetBreaker } from './commands/reset-breaker.ts';
import { setBreakers, type SetBreakers } from './commands/set-breakers.ts';
import { trip } from './trip.ts';

let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

let aheadMs = 0;
let restore = () => {};
beforeAll(() => { restore = setClock(() => new Date(Date.now() + aheadMs)); });
afterAll(() => restore());

const MINUTE = 60_000;
const succeeded: RunEnd = { kind: 'succeeded' };
const failed = (code = 'EXIT_CODE'): RunEnd => ({ kind: 'failed', code, message: `it said ${code}` });
const lost: RunEnd = { kind: 'lost', code: 'PROCESS_LOST', message: 'gone' };

const limits = (input: SetBreakers) => write(acme.db, (tx) => setBreakers(tx, BOARD, input));
const reset = (agentId: string, note?: string) => write(acme.db, (tx) => resetBreaker(tx, BOARD, { agentId, note }));
const finish = (runId: string, end: RunEnd) => write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId, leaseToken: null, end }));
const tripsOf = (agentId: string) => acme.db.prisma.breakerTrip.findMany({ where: { agentId }, orderBy: { trippedAt: 'asc' } });
const agentOf = (id: string) => acme.db.prisma.agent.findUniqueOrThrow({ where: { id } });
const told = (event: 'BREAKER_TRIPPED' | 'RUN_FAILED') => acme.db.prisma.notificationDelivery.findMany({ where: { event } });

beforeEach(async () => {
  await acme.db.prisma.notificationTarget.create({ data: { id: newId(), companyId: acme.companyId, name: 'Owner', channel: 'WEBHOOK', address: 'https://owner.test/', events: ['BREAKER_TRIPPED', 'RUN_FAILED'] } });
});
afterEach(async () => {
  await acme.db.prisma.notificationTarget.deleteMany({});
  await acme.db.prisma.breakerSettings.deleteMany({ where: { agentId: null } });
});

/** A run of an agent that goes on now, for an issue of its own unless told otherwise. */
async function running(agent: Agent, issueId?: string | null) {
  const issue = issueId === undefined ? (await acme.db.prisma.issue.findUniqueOrThrow({ where: { id: (await acme.issue({ assigneeId: agent.id, status: 'BACKLOG' })).id } })).id : issueId;
  return insertRun(acme.db, agent, { issueId: issue, startedAt: now(), leaseToken: 1 });
}
async function ran(agent: Agent, end: RunEnd, issueId?: string | null) {
  const run = await running(agent, issueId);
  await finish(run.id, end);
  return run;
}

describe('failures in a row', () => {
  test('pause the agent with what was seen, stop what it runs, cancel what it has queued, and are told once', async () => {
    const agent = await acme.agent();
    const issue = await acme.issue({ assigneeId: agent.id });
    const other = await running(agent);
    for (let count = 1; count <= 5; count += 1) await ran(agent, failed(count % 2 ? 'EXIT_CODE' : 'OTHER'));
    expect(await tripsOf(agent.id)).toEqual([]);
    const last = await ran(agent, failed());

    const [trip, ...more] = await tripsOf(agent.id);
    expect(more).toEqual([]);
    expect(trip).toMatchObject({ kind: 'CONSECUTIVE_FAILURES', limit: 6n, observed: 6n, runId: last.id, resetAt: null });
    expect(trip?.evidence).toHaveProperty('runs.length', 6);
    expect(await agentOf(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BREAKER' });
    expect(await acme.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id, issueId: issue.id } })).toMatchObject({ status: 'CANCELLED', cancelReason: 'circuit breaker: 6 runs in a row failed' });
    expect(await acme.run(other.id)).toMatchObject({ status: 'RUNNING', cancelReason: 'circuit breaker: 6 runs in a row failed' });
    expect(await acme.db.prisma.activity.findMany({ where: { entityId: trip?.id as string } })).toMatchObject([{ action: 'breaker.tripped', actorType: 'SYSTEM', agentId: agent.id }]);
    expect(await told('BREAKER_TRIPPED')).toMatchObject([{ subject: trip?.id, payload: { agent: agent.name, kind: 'CONSECUTIVE_FAILURES', limit: '6', observed: '6' } }]);
    // Who hears of failed runs need not hear of breakers: the sixth is told like the five before.
    expect((await told('RUN_FAILED')).filter(({ subject }) => subject === last.id)).toHaveLength(1);

    // Nothing makes it run: not its work, not a person, not the end of what still ran.
    expect(await acme.wake(agent.id, issue.id)).toMatchObject({ status: 'SKIPPED', skipReason: 'agent_paused' });
    await finish(other.id, { kind: 'cancelled', reason: 'circuit breaker: 6 runs in a row failed' });
    expect(await tripsOf(agent.id)).toHaveLength(1);
    expect(await acme.db.prisma.run.count({ where: { agentId: agent.id, status: { in: ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'] } } })).toBe(0);
  });

  test('a reset brings back what was cancelled, and what was before counts no more', async () => {
    const agent = await acme.agent();
    const issue = await acme.issue({ assigneeId: agent.id });
    await limits({ agentId: agent.id, consecutiveFailures: 2 });
    await ran(agent, failed());
    await ran(agent, failed());
    expect((await agentOf(agent.id)).status).toBe('PAUSED');
    aheadMs += 1_000;
    expect(await reset(agent.id, 'mended')).toMatchObject({ status: 'IDLE', pauseReason: null, errorMessage: null });
    expect(await tripsOf(agent.id)).toMatchObject([{ resetType: 'USER', resetNote: 'mended', resetAt: expect.any(Date) }]);
    expect(await acme.db.prisma.run.findMany({ where: { agentId: agent.id, issueId: issue.id, status: 'QUEUED' } })).toHaveLength(1);
    aheadMs += 1_000;
    await ran(agent, failed());
    expect((await agentOf(agent.id)).status).not.toBe('PAUSED');
    aheadMs += 1_000;
    await ran(agent, failed());
    expect(await tripsOf(agent.id)).toHaveLength(2);
  });

  test('a success ends the row; lost processes neither count nor end it; what was stopped neither', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, consecutiveFailures: 3 });
    const go = async (...ends: RunEnd[]) => { for (const end of ends) { aheadMs += 1_000; await ran(agent, end); } };
    await go(failed(), failed(), succeeded, failed(), lost, { kind: 'cancelled', reason: 'enough' }, failed(), lost, lost);
    expect(await tripsOf(agent.id)).toEqual([]);
    await go({ kind: 'timedOut', message: 'too long' });
    expect(await tripsOf(agent.id)).toMatchObject([{ kind: 'CONSECUTIVE_FAILURES', observed: 3n }]);
  });

  test('of very many queued runs the last are left where they are, and start no more than those that are cancelled', async () => {
    const agent = await acme.agent();
    for (let count = 0; count < 4; count += 1) await acme.issue({ assigneeId: agent.id });
    const live = await running(agent);
    const passed = { kind: 'CONSECUTIVE_FAILURES' as const, limit: 1n, observed: 1n, evidence: {} };
    await write(acme.db, (tx) => trip(tx, { agentId: agent.id, runId: live.id, passed, atOnce: 3 }));
    expect(await acme.run(live.id)).toMatchObject({ cancelRequestedAt: expect.any(Date) });
    const waiting = await acme.db.prisma.run.findMany({ where: { agentId: agent.id, status: 'QUEUED' } });
    expect(waiting).toHaveLength(1);
    await finish(live.id, { kind: 'cancelled', reason: 'x' });
    expect(await acme.claim(waiting[0]?.id as string)).toEqual({ kind: 'left' });
    await reset(agent.id);
    expect(await acme.claim(waiting[0]?.id as string)).toMatchObject({ kind: 'claimed' });
  });

  test('of many that end at once make one trip', async () => {
    const agent = await acme.agent();
    const runs = await Promise.all(Array.from({ length: 9 }, () => running(agent)));
    await Promise.all(runs.map((run) => finish(run.id, failed())));
    expect(await tripsOf(agent.id)).toHaveLength(1);
    expect(await told('BREAKER_TRIPPED')).toHaveLength(1);
  });

  test('one that trying again does not mend is one too many, whatever the limit says', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, consecutiveFailures: 0 });
    await ran(agent, failed('CLAUDE_AUTH_REQUIRED'));
    expect(await tripsOf(agent.id)).toMatchObject([{ kind: 'CONSECUTIVE_FAILURES', limit: 0n, observed: 1n, evidence: { isPermanent: true } }]);
  });

  test('are not counted where the limit is off', async () => {
    const agent = await acme.agent();
    await limits({ companyId: acme.companyId, consecutiveFailures: 0, runsWithoutProgress: 0 });
    for (let count = 0; count < 8; count += 1) await ran(agent, failed());
    expect(await tripsOf(agent.id)).toEqual([]);
  });
});

test('runs in a row that leave nothing on their issues; those without an issue say nothing', async () => {
  const agent = await acme.agent();
  await limits({ agentId: agent.id, runsWithoutProgress: 3 });
  const go = async (issueId?: null) => { aheadMs += 1_000; await ran(agent, succeeded, issueId); };
  for (let count = 0; count < 5; count += 1) await go(null);
  await go();
  await go(null);
  await go();
  expect(await tripsOf(agent.id)).toEqual([]);
  await go();
  expect(await tripsOf(agent.id)).toMatchObject([{ kind: 'RUNS_WITHOUT_PROGRESS', limit: 3n, observed: 3n }]);
  expect(await told('RUN_FAILED')).toEqual([]);
});

describe('runs of a time', () => {
  const start = async (agent: Agent) => {
    const issue = await acme.issue({ assigneeId: agent.id });
    const run = await acme.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id, issueId: issue.id, status: 'QUEUED' } });
    return { run, claim: await acme.claim(run.id) };
  };

  test('the one too many is not started, and pauses the agent; an hour later the hour is new', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, runsPerHour: 2 });
    expect([(await start(agent)).claim.kind, (await start(agent)).claim.kind]).toEqual(['claimed', 'claimed']);
    aheadMs += 61 * MINUTE;
    expect([(await start(agent)).claim.kind, (await start(agent)).claim.kind]).toEqual(['claimed', 'claimed']);
    const { run, claim } = await start(agent);
    expect(claim.kind).toBe('dropped');
    expect(await acme.run(run.id)).toMatchObject({ status: 'CANCELLED', startedAt: null, cancelReason: 'circuit breaker: run 3 within an hour, and 2 are allowed' });
    expect(await tripsOf(agent.id)).toMatchObject([{ kind: 'RUNS_PER_HOUR', limit: 2n, observed: 3n, runId: run.id }]);
    await reset(agent.id);
    const next = await acme.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id, status: 'QUEUED', issueId: run.issueId } });
    expect((await acme.claim(next.id)).kind).toBe('claimed');
  });

  test('a day is counted as well', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, runsPerDay: 2, runsPerHour: 0 });
    await start(agent);
    aheadMs += 5 * 60 * MINUTE;
    await start(agent);
    aheadMs += 5 * 60 * MINUTE;
    expect((await start(agent)).claim.kind).toBe('dropped');
    expect(await tripsOf(agent.id)).toMatchObject([{ kind: 'RUNS_PER_DAY', limit: 2n, observed: 3n }]);
  });

  test('of rivals for the last place one starts', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, runsPerHour: 3 });
    const issues = await Promise.all(Array.from({ length: 8 }, () => acme.issue({ assigneeId: agent.id })));
    const runs = await acme.db.prisma.run.findMany({ where: { agentId: agent.id, issueId: { in: issues.map(({ id }) => id) }, status: 'QUEUED' } });
    await Promise.all(runs.map((run) => acme.claim(run.id)));
    expect(await acme.db.prisma.run.count({ where: { agentId: agent.id, startedAt: { not: null } } })).toBe(3);
    expect(await tripsOf(agent.id)).toHaveLength(1);
  });
});

describe('what a run uses', () => {
  const use = (runId: string, tokens: bigint, leaseToken = 1) => write(acme.db, (tx) => reportUsage(tx, { runId, leaseToken, usage: { inputTokens: tokens, cachedInputTokens: 0n, outputTokens: 0n }, model: 'm', provider: 'p' }));

  test('is told as a whole: the same again changes nothing, and nobody but its worker tells it', async () => {
    const agent = await acme.agent();
    const run = await running(agent);
    expect(await use(run.id, 70n)).toEqual({ kind: 'stored', stop: null });
    expect(await use(run.id, 70n)).toEqual({ kind: 'stored', stop: null });
    // A worker that reads the output anew knows less for a moment.
    expect(await use(run.id, 30n)).toEqual({ kind: 'stored', stop: null });
    expect(await use(run.id, 9_999n, 2)).toEqual({ kind: 'notRunning' });
    expect(await acme.run(run.id)).toMatchObject({ inputTokens: 70n, model: 'm', provider: 'p', biller: 'p', usageAt: expect.any(Date) });
    expect(await acme.db.prisma.costEvent.count({ where: { runId: run.id } })).toBe(0);
    await finish(run.id, succeeded);
    expect(await use(run.id, 80n)).toEqual({ kind: 'notRunning' });
    expect(await acme.run(run.id)).toMatchObject({ inputTokens: 70n });
  });

  test('stops it by the report that passes the limit, once', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, tokensPerRun: 100n });
    const run = await running(agent);
    expect(await use(run.id, 100n)).toEqual({ kind: 'stored', stop: null });
    expect(await use(run.id, 101n)).toEqual({ kind: 'stored', stop: 'circuit breaker: a run used 101 tokens, and 100 are allowed' });
    expect(await use(run.id, 150n)).toMatchObject({ stop: expect.stringContaining('101') });
    expect(await tripsOf(agent.id)).toHaveLength(1);
    // Reset before the run is gone: it is what was reset, and does not trip again.
    await reset(agent.id);
    await use(run.id, 200n);
    await finish(run.id, { kind: 'cancelled', reason: 'circuit breaker: …' });
    expect(await tripsOf(agent.id)).toHaveLength(1);
    expect((await agentOf(agent.id)).status).toBe('IDLE');
  });

  test('counts against the agent’s own average, from five runs on', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, velocityPercent: 200 });
    const from = now();
    for (let count = 1; count <= 5; count += 1) {
      const eager = await running(agent);
      expect(await use(eager.id, 1_000_000n)).toMatchObject({ stop: null });
      await acme.db.prisma.run.update({ where: { id: eager.id }, data: { inputTokens: 1_000n, status: 'SUCCEEDED', startedAt: from, finishedAt: new Date(from.getTime() + 2 * MINUTE) } });
    }
    aheadMs += 10 * MINUTE;
    const run = await running(agent); // the five used 500 a minute
    aheadMs += 2 * MINUTE;
    expect(await use(run.id, 1_990n)).toMatchObject({ stop: null });
    expect(await use(run.id, 2_100n)).toMatchObject({ stop: expect.stringContaining('tokens a minute') });
    expect(await tripsOf(agent.id)).toMatchObject([{ kind: 'TOKEN_VELOCITY', limit: 1_000n, evidence: { averagePerMinute: 500, percent: 200, runs: 5 } }]);
  });

  test('that only its end tells is judged there', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, tokensPerRun: 100n });
    const run = await running(agent);
    await write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 1, end: succeeded, report: { usage: { inputTokens: 90n, cachedInputTokens: 5n, outputTokens: 6n }, model: 'm' } }));
    expect(await tripsOf(agent.id)).toMatchObject([{ kind: 'TOKENS_PER_RUN', limit: 100n, observed: 101n, runId: run.id }]);
    expect(await agentOf(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BREAKER' });
  });

  test('an agent that a person paused stays so, and its run is stopped all the same', async () => {
    const agent = await acme.agent();
    await limits({ agentId: agent.id, tokensPerRun: 100n });
    const run = await running(agent);
    await write(acme.db, (tx) => pauseAgent(tx, BOARD, { agentId: agent.id, cancelRuns: false }));
    expect(await use(run.id, 101n)).toMatchObject({ stop: expect.stringContaining('circuit breaker') });
    expect(await agentOf(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'MANUAL' });
    expect(await reset(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'MANUAL' });
    expect(await tripsOf(agent.id)).toMatchObject([{ resetAt: expect.any(Date) }]);
  });
});

test('an agent whose budget ends its stop stays paused for the breaker that tripped meanwhile', async () => {
  const agent = await acme.agent();
  await limits({ agentId: agent.id, tokensPerRun: 200n });
  const run = await running(agent);
  const { id: budgetId } = await write(acme.db, (tx) => setBudget(tx, BOARD, { scope: 'AGENT', subjectId: agent.id, metric: 'TOKENS', window: 'LIFETIME', amount: 100n }));
  const use = (tokens: bigint, runId: string) => write(acme.db, (tx) => reportUsage(tx, { runId, leaseToken: 1, usage: { inputTokens: tokens, cachedInputTokens: 0n, outputTokens: 0n }, model: 'm', provider: 'p' }));
  expect(await use(150n, run.id)).toMatchObject({ stop: expect.stringContaining('budget used up') });
  expect(await agentOf(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
  // It is stopped already: only its end tells that it used more than one run may.
  await write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 1, end: { kind: 'cancelled', reason: 'budget used up: …' }, report: { usage: { inputTokens: 250n, cachedInputTokens: 0n, outputTokens: 0n }, model: 'm' } }));
  expect(await tripsOf(agent.id)).toHaveLength(1);
  expect(await agentOf(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
  await write(acme.db, (tx) => removeBudget(tx, BOARD, { budgetId }));
  expect(await agentOf(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BREAKER' });
  expect(await reset(agent.id)).toMatchObject({ status: 'IDLE', pauseReason: null });
});

test('tokens that an agent reports itself are tokens of its run, once', async () => {
  const agent = await acme.agent();
  await limits({ agentId: agent.id, tokensPerRun: 100n });
  const report = (run: Awaited<ReturnType<typeof running>>, tokens: bigint) =>
    write(acme.db, (tx) => reportCost(tx, tokenOf(run), { provider: 'p', model: 'm', inputTokens: tokens }));
  const use = (tokens: bigint, runId: string) => write(acme.db, (tx) => reportUsage(tx, { runId, leaseToken: 1, usage: { inputTokens: tokens, cachedInputTokens: 0n, outputTokens: 0n }, model: 'm', provider: 'p' }));
  const first = await running(agent);
  await use(60n, first.id);
  await finish(first.id, succeeded); // 60 by its worker and by its event are 60
  expect(await tripsOf(agent.id)).toEqual([]);

  const run = await running(agent);
  await use(60n, run.id);
  await report(run, 40n);
  expect(await tripsOf(agent.id)).toEqual([]);
  await report(run, 1n);
  expect(await tripsOf(agent.id)).toMatchObject([{ kind: 'TOKENS_PER_RUN', limit: 100n, observed: 101n, runId: run.id, evidence: { run: run.number, tokens: '101', elapsedMs: expect.any(Number) } }]);
  expect(await acme.run(run.id)).toMatchObject({ status: 'RUNNING', cancelReason: expect.stringContaining('circuit breaker: a run used 101 tokens') });
});

describe('a failure', () => {
  test('that nothing follows is told; one that is tried again is not', async () => {
    const agent = await acme.agent();
    const issue = await acme.issue({ assigneeId: agent.id });
    const retried = await acme.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id, issueId: issue.id } });
    await acme.claim(retried.id);
    await finish(retried.id, failed());
    expect(await told('RUN_FAILED')).toEqual([]);
    const beat = await ran(agent, failed(), null);
    expect(await told('RUN_FAILED')).toMatchObject([{ subject: beat.id, payload: { agent: agent.name, runNumber: beat.number, errorCode: 'EXIT_CODE' } }]);
  });
});

describe('a report that is lost', () => {
  const usage = { inputTokens: 600n, cachedInputTokens: 300n, outputTokens: 100n };
  const told = { usage, model: 'claude-sonnet-4-5', provider: 'anthropic', billingType: 'METERED_API' as const };

  test('is stood in for by what was told meanwhile', async () => {
    const run = await running(await acme.agent());
    await write(acme.db, (tx) => reportUsage(tx, { runId: run.id, leaseToken: 1, ...told }));
    const live = await acme.run(run.id);
    await finish(run.id, lost);
    const events = await acme.db.prisma.costEvent.findMany({ where: { runId: run.id } });
    expect(events).toMatchObject([{ ...usage, model: 'claude-sonnet-4-5', provider: 'anthropic', billingType: 'METERED_API', costStatus: 'PRICED', costMicros: live.costMicros }]);
    expect(live.costMicros).toBeGreaterThan(0n);
    // Amounts are said by the event alone: a price that is set later changes it there.
    expect(await acme.run(run.id)).toMatchObject({ ...usage, costMicros: null, imputedMicros: null, billingType: 'METERED_API', biller: 'anthropic' });
  });

  test('a cost that was told stays what was told', async () => {
    const run = await running(await acme.agent());
    await write(acme.db, (tx) => reportUsage(tx, { runId: run.id, leaseToken: 1, ...told, costMicros: 123n }));
    await write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 1, end: lost, report: { usage: undefined, costMicros: undefined, model: undefined, summary: 'half a report' } }));
    expect(await acme.db.prisma.costEvent.findMany({ where: { runId: run.id } })).toMatchObject([{ costStatus: 'REPORTED', costMicros: 123n, model: 'claude-sonnet-4-5' }]);
  });

  test('an end that tells the cost alone has the tokens that were told', async () => {
    const run = await running(await acme.agent());
    await write(acme.db, (tx) => reportUsage(tx, { runId: run.id, leaseToken: 1, ...told }));
    await write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 1, end: succeeded, report: { costMicros: 77n } }));
    expect(await acme.db.prisma.costEvent.findMany({ where: { runId: run.id } })).toMatchObject([{ ...usage, model: 'claude-sonnet-4-5', costStatus: 'REPORTED', costMicros: 77n }]);
    expect(await acme.run(run.id)).toMatchObject(usage);
  });

  test('a price that is set meanwhile makes no bill of what was taken from the price list before', async () => {
    const run = await running(await acme.agent());
    await write(acme.db, (tx) => reportUsage(tx, { runId: run.id, leaseToken: 1, ...told }));
    const { id, costMicros, companyId } = await acme.run(run.id);
    await write(acme.db, (tx) => setPrice(tx, BOARD, { companyId, provider: 'anthropic', model: 'claude-sonnet-4-5', inputMicros: 1_000_000n, outputMicros: 1_000_000n, effectiveAt: new Date(0) }));
    await finish(run.id, lost);
    const [event] = await acme.db.prisma.costEvent.findMany({ where: { runId: id } });
    expect(event).toMatchObject({ costStatus: 'PRICED', costMicros: 1_000n, imputedMicros: 1_000n });
    expect(costMicros).not.toBe(1_000n);
  });

  test('a bill that happens to be the list price stays a bill; an end with tokens alone keeps it too', async () => {
    const run = await running(await acme.agent());
    await write(acme.db, (tx) => reportUsage(tx, { runId: run.id, leaseToken: 1, ...told }));
    const listed = (await acme.run(run.id)).costMicros as bigint;
    await write(acme.db, (tx) => reportUsage(tx, { runId: run.id, leaseToken: 1, ...told, costMicros: listed }));
    expect(await acme.run(run.id)).toMatchObject({ costReported: true });
    await write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 1, end: succeeded, report: { usage } }));
    expect(await acme.db.prisma.costEvent.findMany({ where: { runId: run.id } })).toMatchObject([{ ...usage, costStatus: 'REPORTED', costMicros: listed, model: 'claude-sonnet-4-5', billingType: 'METERED_API' }]);
  });

  test('the end’s own report goes before it', async () => {
    const run = await running(await acme.agent());
    await write(acme.db, (tx) => reportUsage(tx, { runId: run.id, leaseToken: 1, ...told }));
    await write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 1, end: succeeded, report: { ...told, usage: { ...usage, outputTokens: 700n } } }));
    expect(await acme.db.prisma.costEvent.findMany({ where: { runId: run.id } })).toMatchObject([{ outputTokens: 700n }]);
  });

  test('what cannot be stored at all does not keep the run from ending', async () => {
    const run = await running(await acme.agent());
    await write(acme.db, (tx) => reportUsage(tx, { runId: run.id, leaseToken: 1, ...told }));
    await write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 1, end: succeeded, withoutCost: true }));
    expect(await acme.db.prisma.costEvent.count({ where: { runId: run.id } })).toBe(0);
    expect(await acme.run(run.id)).toMatchObject({ status: 'SUCCEEDED', inputTokens: 600n });
  });
});

describe('commands', () => {
  test('limits are the board’s to set, of one agent or of a company', async () => {
    const agent = await acme.agent();
    const elsewhere = await write(acme.db, (tx) => createCompany(tx, BOARD, { name: 'Elsewhere' }));
    const code = (work: Promise<unknown>) => work.then(() => null, (error: { code: string }) => error.code);
    const asked = (by: typeof BOARD, input: SetBreakers) => code(write(acme.db, (tx) => setBreakers(tx, by, input)));
    expect(await asked(keyOf(agent), { agentId: agent.id, runsPerHour: 5 })).toBe('FORBIDDEN');
    expect(await asked(tokenOf(await running(agent)), { companyId: acme.companyId, runsPerHour: 5 })).toBe('FORBIDDEN');
    expect(await asked(keyOf(agent), { companyId: elsewhere.id, runsPerHour: 5 })).toBe('NOT_FOUND');
    expect(await asked(BOARD, { agentId: newId(), runsPerHour: 5 })).toBe('NOT_FOUND');
    expect(await asked(BOARD, { runsPerHour: 5 })).toBe('BAD_USER_INPUT');
    expect(await asked(BOARD, { agentId: agent.id, companyId: elsewhere.id, runsPerHour: 5 })).toBe('NOT_FOUND');
    expect(await asked(BOARD, { agentId: agent.id, companyId: acme.companyId, runsPerHour: 5 })).toBeNull();
    for (const bad of [{ consecutiveFailures: -1 }, { consecutiveFailures: 1_001 }, { runsPerHour: 100_001 }, { tokensPerRun: -1n }, { velocityPercent: 100 }]) {
      expect(await asked(BOARD, { agentId: agent.id, ...bad })).toBe('BAD_USER_INPUT');
    }
    expect(await code(write(acme.db, (tx) => resetBreaker(tx, keyOf(agent), { agentId: agent.id })))).toBe('FORBIDDEN');
    expect(await code(write(acme.db, (tx) => resetBreaker(tx, BOARD, { agentId: newId() })))).toBe('NOT_FOUND');
  });

  test('absent stays, null takes from above, 0 is off; the same again leaves no trace', async () => {
    const agent = await acme.agent();
    const of = { agentId: agent.id };
    await limits({ ...of, consecutiveFailures: 3, tokensPerRun: 9n });
    expect(await limits({ ...of, runsPerHour: 0 })).toMatchObject({ consecutiveFailures: 3, tokensPerRun: 9n, runsPerHour: 0 });
    expect(await limits({ ...of, consecutiveFailures: null })).toMatchObject({ consecutiveFailures: null, tokensPerRun: 9n });
    await limits({ ...of, tokensPerRun: 9n });
    const rows = await acme.db.prisma.activity.findMany({ where: { entityId: agent.id, action: 'breakers.set' } });
    expect(rows.map(({ details }) => (details as { changed: object }).changed)).toEqual([{ consecutiveFailures: '3', tokensPerRun: '9' }, { runsPerHour: '0' }, { consecutiveFailures: null }]);
  });

  test('of many that set different limits of a company at once none is lost', async () => {
    const { id: companyId } = await write(acme.db, (tx) => createCompany(tx, BOARD, { name: 'Rivals' }));
    await Promise.all([{ consecutiveFailures: 7 }, { runsWithoutProgress: 8 }, { runsPerHour: 9 }, { runsPerDay: 10 }, { tokensPerRun: 11n }, { velocityPercent: 120 }].map((given) => limits({ companyId, ...given })));
    expect(await acme.db.prisma.breakerSettings.findMany({ where: { companyId } })).toMatchObject([
      { consecutiveFailures: 7, runsWithoutProgress: 8, runsPerHour: 9, runsPerDay: 10, tokensPerRun: 11n, velocityPercent: 120 },
    ]);
  });

  test('resuming the agent resets as well; a reset where nothing has tripped changes nothing', async () => {
    const agent = await acme.agent();
    expect(await reset(agent.id)).toMatchObject({ status: 'IDLE' });
    expect(await acme.db.prisma.activity.count({ where: { agentId: agent.id, action: { in: ['breaker.reset', 'agent.resumed'] } } })).toBe(0);
    await limits({ agentId: agent.id, consecutiveFailures: 1 });
    await ran(agent, failed());
    expect(await write(acme.db, (tx) => resumeAgent(tx, BOARD, { agentId: agent.id }))).toMatchObject({ status: 'IDLE' });
    expect(await tripsOf(agent.id)).toMatchObject([{ resetType: 'USER', resetAt: expect.any(Date) }]);
    await reset(agent.id);
    expect(await tripsOf(agent.id)).toHaveLength(1);
  });

  test('an agent that was paused for failures before there were breakers is resumed by a reset', async () => {
    const agent = await acme.agent();
    await acme.db.prisma.agent.update({ where: { id: agent.id }, data: { status: 'PAUSED', pauseReason: 'FAILURES' } });
    expect(await reset(agent.id)).toMatchObject({ status: 'IDLE', pauseReason: null });
  });
});
