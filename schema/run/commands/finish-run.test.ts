import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../../prisma/transaction.ts';
import { pauseAgent } from '../../agent/commands.ts';
import { addComment } from '../../issue/commands/add-comment.ts';
import { checkoutIssue } from '../../issue/commands/checkout-issue.ts';
import { SYSTEM } from '../../access/principal.ts';
import type { RunEnd } from '../rules.ts';
import { BOARD, testCompany, type TestCompany } from '../testing.ts';
import { completeRun } from './complete-run.ts';
import { finishRun, type FinishRun } from './finish-run.ts';
import { requestCancel } from './request-cancel.ts';

let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

/** An agent at work on an issue that its run has checked out. */
async function atWork(execution: Record<string, unknown> = { kind: 'process' }) {
  const agent = await acme.agent();
  const issue = await acme.issue({ assigneeId: agent.id });
  const runId = await acme.queuedRun(agent.id);
  await acme.claim(runId, undefined, execution);
  await write(acme.db, (tx) => checkoutIssue(tx, { kind: 'run', agentId: agent.id, companyId: acme.companyId, runId, issueId: issue.id }, { issueId: issue.id }));
  expect((await acme.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } })).holderRunId).toBe(runId);
  return { agent, issue, runId };
}

const finish = (runId: string, end: RunEnd, more: Partial<FinishRun> = {}) =>
  write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId, leaseToken: 1, end, exit: { code: 0, signal: null }, ...more }));
const agentOf = (id: string) => acme.db.prisma.agent.findUniqueOrThrow({ where: { id } });
const issueOf = (id: string) => acme.db.prisma.issue.findUniqueOrThrow({ where: { id } });

test.each<[RunEnd, string, string]>([
  [{ kind: 'succeeded' }, 'SUCCEEDED', 'IDLE'],
  [{ kind: 'failed', code: 'EXIT_CODE', message: 'exited with code 1' }, 'FAILED', 'ERROR'],
  [{ kind: 'timedOut', message: 'after 5 s' }, 'TIMED_OUT', 'ERROR'],
  [{ kind: 'cancelled', reason: 'enough' }, 'CANCELLED', 'IDLE'],
  [{ kind: 'interrupted', message: 'stopped' }, 'INTERRUPTED', 'IDLE'],
  [{ kind: 'lost', code: 'PROCESS_LOST', message: 'gone' }, 'FAILED', 'ERROR'],
])('%o: status %s, the agent is %s, the issue is free', async (end, status, agentStatus) => {
  const { agent, issue, runId } = await atWork();
  expect((await finish(runId, end)).kind).toBe('finished');
  expect((await acme.run(runId)).status).toBe(status);
  expect((await agentOf(agent.id)).status).toBe(agentStatus);
  expect(await issueOf(issue.id)).toMatchObject({ holderRunId: null, holderStatus: null, status: 'IN_PROGRESS' });
  const actions = await acme.db.prisma.activity.findMany({ where: { OR: [{ entityId: runId }, { entityId: issue.id }] }, orderBy: { seq: 'asc' }, select: { action: true } });
  expect(actions.slice(-2).map((row) => row.action)).toEqual(['run.finished', 'issue.unlocked']);
});

test('the database frees the issue when a run leaves RUNNING by hand, and when its row goes', async () => {
  const first = await atWork();
  await acme.db.prisma.$executeRaw`UPDATE run SET status = 'FAILED' WHERE id = ${first.runId}::uuid`;
  expect(await issueOf(first.issue.id)).toMatchObject({ holderRunId: null, holderStatus: null });
  const second = await atWork();
  await acme.db.prisma.$executeRaw`DELETE FROM run WHERE id = ${second.runId}::uuid`;
  expect(await issueOf(second.issue.id)).toMatchObject({ holderRunId: null, holderStatus: null });
});

test('only the worker that has the lease ends the run, and only once', async () => {
  const { runId } = await atWork();
  expect((await finish(runId, { kind: 'succeeded' }, { leaseToken: 0 })).kind).toBe('notRunning');
  expect((await acme.run(runId)).status).toBe('RUNNING');
  const ends = await Promise.all(Array.from({ length: 6 }, () => finish(runId, { kind: 'succeeded' })));
  expect(ends.filter((end) => end.kind === 'finished')).toHaveLength(1);
  expect(await acme.db.prisma.activity.count({ where: { entityId: runId, action: 'run.finished' } })).toBe(1);
});

test('usage with a price is a cost; usage without one is unpriced and never zero', async () => {
  const usage = { inputTokens: 10n, cachedInputTokens: 3n, outputTokens: 5n };
  const priced = await atWork();
  await finish(priced.runId, { kind: 'succeeded' }, { report: { usage, costMicros: 1_234n, provider: 'anthropic', model: 'm-1', summary: 'all done' } });
  expect(await acme.run(priced.runId)).toMatchObject({ inputTokens: 10n, outputTokens: 5n, model: 'm-1', summary: 'all done' });
  expect(await acme.db.prisma.costEvent.findFirstOrThrow({ where: { runId: priced.runId } }))
    .toMatchObject({ costMicros: 1_234n, costStatus: 'REPORTED', issueId: priced.issue.id, provider: 'anthropic', cachedInputTokens: 3n });
  const unpriced = await atWork();
  await finish(unpriced.runId, { kind: 'succeeded' }, { report: { usage } });
  expect(await acme.db.prisma.costEvent.findFirstOrThrow({ where: { runId: unpriced.runId } })).toMatchObject({ costMicros: null, costStatus: 'UNPRICED' });
});

test('a session is kept for the next run on the same issue, and forgotten when asked', async () => {
  const { agent, issue, runId } = await atWork();
  await finish(runId, { kind: 'succeeded' }, { report: { session: { params: { id: 's-1' }, displayId: 's-1' } } });
  const where = { agentId_adapterType_taskKey: { agentId: agent.id, adapterType: 'process', taskKey: issue.id } };
  expect(await acme.db.prisma.agentSession.findUniqueOrThrow({ where })).toMatchObject({ params: { id: 's-1' }, lastRunId: runId });
  await acme.wake(agent.id, issue.id);
  const next = await acme.queuedRun(agent.id);
  await acme.claim(next);
  await acme.db.prisma.run.update({ where: { id: next }, data: { sessionBefore: 's-1' } });
  await finish(next, { kind: 'failed', code: 'SESSION_UNKNOWN', message: 'no such session' }, { report: { session: null }, retryFresh: true });
  expect(await acme.db.prisma.agentSession.findUnique({ where })).toBeNull();
  const retry = await acme.queuedRun(agent.id);
  expect((await acme.run(retry)).retryOfId).toBe(next);
  await acme.claim(retry);
  await finish(retry, { kind: 'failed', code: 'SESSION_UNKNOWN', message: 'again' }, { retryFresh: true });
  expect(await acme.db.prisma.run.count({ where: { agentId: agent.id, status: 'QUEUED' } })).toBe(0);
});

test('the agent stays RUNNING while another of its runs works, and PAUSED when it was paused meanwhile', async () => {
  const { agent, runId } = await atWork();
  await acme.wake(agent.id);
  const second = await acme.queuedRun(agent.id);
  await acme.claim(second);
  await finish(runId, { kind: 'failed', code: 'EXIT_CODE', message: 'x' });
  expect((await agentOf(agent.id)).status).toBe('RUNNING');
  await write(acme.db, (tx) => pauseAgent(tx, BOARD, { agentId: agent.id }));
  expect((await acme.run(second)).cancelRequestedAt).not.toBeNull();
  await finish(second, { kind: 'cancelled', reason: 'agent paused' });
  expect((await agentOf(agent.id)).status).toBe('PAUSED');
});

test('a wake that waited for the end of the run is queued by it', async () => {
  const { agent, issue, runId } = await atWork();
  await write(acme.db, (tx) => addComment(tx, BOARD, { issueId: issue.id, body: 'one more thing' }));
  expect(await acme.db.prisma.run.count({ where: { agentId: agent.id, status: 'QUEUED' } })).toBe(0);
  await finish(runId, { kind: 'succeeded' });
  const next = await acme.run(await acme.queuedRun(agent.id));
  expect(next).toMatchObject({ issueId: issue.id, reason: 'issue_commented' });
});

test('a cancel is asked once; a run that is over is left alone', async () => {
  const { runId } = await atWork();
  const cancel = (reason: string) => write(acme.db, (tx) => requestCancel(tx, BOARD, { runId, reason }));
  const first = await cancel('first');
  expect(first).toMatchObject({ status: 'RUNNING', cancelReason: 'first' });
  expect((await cancel('second')).cancelReason).toBe('first');
  await finish(runId, { kind: 'succeeded' });
  expect((await cancel('third')).status).toBe('SUCCEEDED');
});

test('only runs that finish elsewhere are completed by a word, with their own token, while they run', async () => {
  const by = (runId: string, agentId: string) => ({ kind: 'run', agentId, companyId: acme.companyId, runId, issueId: null }) as const;
  const own = await atWork({ kind: 'process' });
  await expect(write(acme.db, (tx) => completeRun(tx, by(own.runId, own.agent.id), { outcome: 'SUCCEEDED' }))).rejects.toThrow('ends when its process ends');
  const remote = await atWork({ kind: 'request' });
  await expect(write(acme.db, (tx) => completeRun(tx, by(own.runId, own.agent.id), { runId: remote.runId, outcome: 'SUCCEEDED' }))).rejects.toThrow('only the run itself');
  const done = await write(acme.db, (tx) => completeRun(tx, by(remote.runId, remote.agent.id), {
    outcome: 'FAILED', errorMessage: 'no luck', usage: { inputTokens: 1n, outputTokens: 2n }, costMicros: 5n, provider: 'p', model: 'm',
  }));
  expect(done).toMatchObject({ status: 'FAILED', errorCode: 'REPORTED_FAILURE', errorMessage: 'no luck' });
  expect(await acme.db.prisma.costEvent.findMany({ where: { runId: remote.runId } })).toMatchObject([{ costMicros: 5n }]);
  expect(await write(acme.db, (tx) => completeRun(tx, by(remote.runId, remote.agent.id), { outcome: 'SUCCEEDED' }))).toMatchObject({ message: 'the run is FAILED' });
});
