import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { now, setClock } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { putDocument } from '../document/commands.ts';
import { addComment } from '../issue/commands/add-comment.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { updateIssue } from '../issue/commands/update-issue.ts';
import { readAssignment } from '../run/assignment.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import type { RunEnd } from '../run/rules.ts';
import { BOARD, testCompany, type TestCompany } from '../run/testing.ts';
import { tokenOf } from '../testing/runs.ts';
import { closeOperation } from '../workspace/commands/close-operation.ts';
import { refuseDispatch } from './commands/refuse-dispatch.ts';

let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

let aheadMs = 0;
let restore = () => {};
beforeAll(() => { restore = setClock(() => new Date(Date.now() + aheadMs)); });
afterEach(() => { aheadMs = 0; });
afterAll(() => restore());

const MINUTE = 60_000;
const succeeded: RunEnd = { kind: 'succeeded' };
const failed = (code = 'EXIT_CODE', more: object = {}): RunEnd => ({ kind: 'failed', code, message: `it said ${code}`, ...more });

/** An agent, its issue, and a run of it that has the issue checked out. */
async function atWork() {
  const agent = await acme.agent();
  const issue = await acme.issue({ assigneeId: agent.id });
  const runId = await start(agent.id, issue.id);
  return { agent, issue, runId };
}

/** Takes the next run of an agent from the queue, when its time has come, and checks its issue out. */
async function start(agentId: string, issueId: string): Promise<string> {
  const next = await acme.db.prisma.run.findFirstOrThrow({ where: { agentId, status: { in: ['QUEUED', 'SCHEDULED_RETRY'] } } });
  aheadMs += Math.max(0, next.availableAt.getTime() - now().getTime() + 1);
  expect((await acme.claim(next.id)).kind).toBe('claimed');
  await write(acme.db, (tx) => checkoutIssue(tx, tokenOf({ ...next, issueId }), { issueId }));
  return next.id;
}

const finish = (runId: string, end: RunEnd) => write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId, leaseToken: 1, end }));
const waiting = (issueId: string) => acme.db.prisma.run.findMany({ where: { issueId, status: { in: ['QUEUED', 'SCHEDULED_RETRY'] } } });
const actionOn = (issueId: string) => acme.db.prisma.recoveryAction.findFirst({ where: { issueId, status: { in: ['ACTIVE', 'ESCALATED'] } } });
const agentOf = (id: string) => acme.db.prisma.agent.findUniqueOrThrow({ where: { id } });
const issueOf = (id: string) => acme.db.prisma.issue.findUniqueOrThrow({ where: { id } });

test.each<[string, RunEnd, string, number[]]>([
  ['a transient failure', failed('CLAUDE_TRANSIENT_UPSTREAM'), 'transient_failure_retry', [1, 2, 4]],
  ['an adapter’s failure', failed(), 'transient_failure_retry', [1, 2, 4]],
  ['a timeout', { kind: 'timedOut', message: 'too long' }, 'transient_failure_retry', [1, 2, 4]],
  ['a lost process', { kind: 'lost', code: 'PROCESS_LOST', message: 'gone' }, 'process_lost_retry', [0]],
  ['used up turns', failed('MAX_TURNS_EXHAUSTED'), 'max_turns_continuation_retry', [1 / 60, 1 / 60]],
])('%s is tried again, and then somebody is to look', async (_name, end, reason, minutes) => {
  const { agent, issue, runId } = await atWork();
  let last = runId;
  for (const [index, delay] of minutes.entries()) {
    await finish(last, end);
    const at = now().getTime();
    const [retry, ...more] = await waiting(issue.id);
    expect(more).toEqual([]);
    expect(retry).toMatchObject({ reason, retryOfId: last, retryAttempt: index + 1, status: delay === 0 ? 'QUEUED' : 'SCHEDULED_RETRY' });
    expect(Math.abs((retry?.availableAt.getTime() ?? 0) - at - delay * MINUTE)).toBeLessThan(5_000);
    expect((await issueOf(issue.id)).holderRunId).toBeNull(); // what only waits holds nothing
    last = await start(agent.id, issue.id);
  }
  await finish(last, end);
  expect(await waiting(issue.id)).toEqual([]);
  expect(await actionOn(issue.id)).toMatchObject({ kind: 'STRANDED_ISSUE', status: 'ACTIVE', ownerType: 'BOARD', runId: last });
});

test('a quota that says when it resets is tried then, once', async () => {
  const { agent, issue, runId } = await atWork();
  const resets = new Date(now().getTime() + 5 * 60 * MINUTE);
  await finish(runId, failed('PROVIDER_QUOTA', { family: 'provider_quota', retryNotBefore: resets.toISOString() }));
  const [retry] = await waiting(issue.id);
  expect(Math.abs((retry?.availableAt.getTime() ?? 0) - resets.getTime())).toBeLessThan(5_000);
  const second = await start(agent.id, issue.id);
  await finish(second, failed('PROVIDER_QUOTA', { family: 'provider_quota', retryNotBefore: new Date(resets.getTime() + 60 * MINUTE).toISOString() }));
  expect(await actionOn(issue.id)).toMatchObject({ cause: 'provider_quota' });
});

test.each([['refused credentials', 'CLAUDE_AUTH_REQUIRED', 'permanent_auth'], ['an adapter that is unknown', 'ADAPTER_UNKNOWN', 'unknown_adapter']])('%s pause the agent at once', async (_name, code, cause) => {
  const { agent, issue, runId } = await atWork();
  await finish(runId, failed(code));
  expect(await agentOf(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BREAKER', errorMessage: `it said ${code}` });
  expect(await actionOn(issue.id)).toMatchObject({ kind: 'CONFIGURATION_VALIDATION', cause, ownerType: 'BOARD' });
  expect(await waiting(issue.id)).toEqual([]);
});

test('six failures in a row pause the agent, on whatever issues', async () => {
  const agent = await acme.agent();
  for (let count = 1; count <= 6; count += 1) {
    const issue = await acme.issue({ assigneeId: agent.id });
    const run = await acme.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id, issueId: issue.id, status: 'QUEUED' } });
    await acme.claim(run.id);
    expect((await agentOf(agent.id)).status).toBe('RUNNING');
    await finish(run.id, failed());
  }
  expect(await agentOf(agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BREAKER' });
});

test('what is not to be mended by trying again is not tried again', async () => {
  const { issue, runId } = await atWork();
  await finish(runId, failed('COMMAND_NOT_FOUND'));
  expect(await waiting(issue.id)).toEqual([]);
  expect(await actionOn(issue.id)).toMatchObject({ kind: 'CONFIGURATION_VALIDATION', cause: 'configuration_incomplete', ownerType: 'BOARD' });
});

test('a run that left nothing is followed by two more, then by a question', async () => {
  const { agent, issue, runId } = await atWork();
  await finish(runId, succeeded);
  expect((await acme.run(runId)).progress).toBe('EMPTY');
  const second = await start(agent.id, issue.id);
  expect(await acme.run(second)).toMatchObject({ reason: 'issue_continuation_needed', retryOfId: runId, retryAttempt: 1 });
  await finish(second, succeeded);
  const third = await start(agent.id, issue.id);
  await finish(third, succeeded);
  expect(await actionOn(issue.id)).toMatchObject({ kind: 'MISSING_DISPOSITION', cause: 'empty' });
});

test('a run that only planned, one that said nothing, and one that left no next step are each told from the rows they wrote', async () => {
  const planned = await atWork();
  const token = async (runId: string) => tokenOf(await acme.run(runId));
  const by = await token(planned.runId);
  await write(acme.db, (tx) => putDocument(tx, by, { issueId: planned.issue.id, key: 'plan', body: '# Plan' }));
  await finish(planned.runId, succeeded);
  expect((await acme.run(planned.runId)).progress).toBe('PLAN_ONLY');
  expect(await waiting(planned.issue.id)).toMatchObject([{ reason: 'issue_continuation_needed' }]);

  const silent = await atWork();
  const silentBy = await token(silent.runId);
  await write(acme.db, (tx) => putDocument(tx, silentBy, { issueId: silent.issue.id, key: 'notes', body: 'Notes' }));
  await finish(silent.runId, succeeded);
  expect((await acme.run(silent.runId)).progress).toBe('ADVANCED');
  expect(await waiting(silent.issue.id)).toMatchObject([{ reason: 'missing_issue_comment' }]);

  const open = await atWork();
  const openBy = await token(open.runId);
  await write(acme.db, (tx) => addComment(tx, openBy, { issueId: open.issue.id, body: 'Half way' }));
  await finish(open.runId, succeeded);
  expect(await waiting(open.issue.id)).toMatchObject([{ reason: 'finish_successful_run_handoff' }]);
  await finish(await start(open.agent.id, open.issue.id), succeeded);
  expect((await waiting(open.issue.id)).map((run) => run.reason)).toEqual(['issue_continuation_needed']); // it left nothing at all this time

  const done = await atWork();
  const doneBy = await token(done.runId);
  await write(acme.db, (tx) => updateIssue(tx, doneBy, { issueId: done.issue.id, status: 'DONE' }));
  await finish(done.runId, succeeded);
  expect((await acme.run(done.runId)).progress).toBe('COMPLETED');
  expect(await waiting(done.issue.id)).toEqual([]);
});

test('a continuation that waits for sub-issues is blocked by them, and goes on when the last is done', async () => {
  const { agent, issue, runId } = await atWork();
  const helper = await acme.agent();
  await finish(runId, succeeded);
  const again = await start(agent.id, issue.id);
  const child = await acme.issue({ parentId: issue.id, assigneeId: helper.id });
  await finish(again, succeeded);
  expect(await issueOf(issue.id)).toMatchObject({ status: 'BLOCKED', assigneeId: agent.id });
  expect(await acme.db.prisma.issueBlocker.findMany({ where: { issueId: issue.id } })).toMatchObject([{ blockerId: child.id }]);
  expect(await waiting(issue.id)).toEqual([]);
  expect(await actionOn(issue.id)).toBeNull();
  await write(acme.db, (tx) => updateIssue(tx, BOARD, { issueId: child.id, status: 'IN_PROGRESS' }));
  await write(acme.db, (tx) => updateIssue(tx, BOARD, { issueId: child.id, status: 'DONE' }));
  expect(await issueOf(issue.id)).toMatchObject({ status: 'TODO' });
  expect(await waiting(issue.id)).toHaveLength(1);
});

test('a first run that waits for sub-issues is left as it is', async () => {
  const { issue, runId } = await atWork();
  await acme.issue({ parentId: issue.id, assigneeId: (await acme.agent()).id });
  await finish(runId, succeeded);
  expect(await issueOf(issue.id)).toMatchObject({ status: 'IN_PROGRESS' });
});

test('a continuation that leaves a review to nobody is somebody’s to look at, at once', async () => {
  const { agent, issue, runId } = await atWork();
  await finish(runId, succeeded);
  const again = await start(agent.id, issue.id);
  const by = tokenOf(await acme.run(again));
  await write(acme.db, (tx) => updateIssue(tx, by, { issueId: issue.id, status: 'IN_REVIEW' }));
  await finish(again, succeeded);
  expect(await actionOn(issue.id)).toMatchObject({ cause: 'in_review_without_action_path' });
});

test('work that goes on and says so goes on, five times; half an hour after the last word it does not', async () => {
  const speak = async (agentId: string, issueId: string, runId: string) => {
    const by = tokenOf(await acme.run(runId));
    await write(acme.db, (tx) => addComment(tx, by, { issueId, body: 'One more part is done' }));
    await finish(runId, succeeded);
  };
  const { agent, issue, runId } = await atWork();
  await speak(agent.id, issue.id, runId);
  for (const reason of ['finish_successful_run_handoff', ...Array.from({ length: 4 }, () => 'issue_continuation_needed')]) {
    expect((await waiting(issue.id)).map((run) => run.reason)).toEqual([reason]);
    await speak(agent.id, issue.id, await start(agent.id, issue.id));
  }
  expect(await actionOn(issue.id)).toMatchObject({ cause: 'no_disposition' });

  const late = await atWork();
  await speak(late.agent.id, late.issue.id, late.runId);
  const again = await start(late.agent.id, late.issue.id);
  const by = tokenOf(await acme.run(again));
  await write(acme.db, (tx) => addComment(tx, by, { issueId: late.issue.id, body: 'One more part is done' }));
  aheadMs += 31 * MINUTE;
  await finish(again, succeeded);
  expect(await actionOn(late.issue.id)).toMatchObject({ cause: 'no_disposition' });
});

test('nothing follows where something else moves the issue, or where it is not the agent’s any more', async () => {
  const commented = await atWork();
  await write(acme.db, (tx) => addComment(tx, BOARD, { issueId: commented.issue.id, body: 'One more thing' }));
  await finish(commented.runId, failed());
  expect(await waiting(commented.issue.id)).toMatchObject([{ reason: 'issue_commented', retryOfId: null }]);

  const given = await atWork();
  const other = await acme.agent();
  await write(acme.db, (tx) => updateIssue(tx, BOARD, { issueId: given.issue.id, assigneeId: other.id }));
  await finish(given.runId, { kind: 'cancelled', reason: 'issue reassigned' });
  expect((await waiting(given.issue.id)).map((run) => run.agentId)).toEqual([other.id]);
  expect(await actionOn(given.issue.id)).toBeNull();
});

test('news end a streak', async () => {
  const { agent, issue, runId } = await atWork();
  await finish(runId, failed());
  await finish(await start(agent.id, issue.id), failed());
  await write(acme.db, (tx) => addComment(tx, BOARD, { issueId: issue.id, body: 'Try it with more memory' }));
  const [joined] = await waiting(issue.id);
  expect(joined?.availableAt.getTime()).toBeLessThanOrEqual(now().getTime()); // and it does not wait for its delay
  await finish(await start(agent.id, issue.id), failed());
  expect(await waiting(issue.id)).toMatchObject([{ retryAttempt: 1 }]);
});

test('a run that only reports gets the cheap model, writes no deliverables, and leaves no conversation behind', async () => {
  const { agent, issue, runId } = await atWork();
  await acme.db.prisma.agent.update({ where: { id: agent.id }, data: { adapterConfig: { model: 'large', cwd: '/w' }, cheapConfig: { model: 'small' } } });
  const by = tokenOf(await acme.run(runId));
  await write(acme.db, (tx) => putDocument(tx, by, { issueId: issue.id, key: 'notes', body: 'Notes' }));
  await finish(runId, succeeded);
  const report = await start(agent.id, issue.id);
  expect(await acme.run(report)).toMatchObject({ reason: 'missing_issue_comment', modelLane: 'CHEAP' });
  expect((await readAssignment(acme.db, report))?.agent.adapterConfig).toEqual({ model: 'small', cwd: '/w' });
  const cheap = tokenOf(await acme.run(report));
  await expect(write(acme.db, (tx) => putDocument(tx, cheap, { issueId: issue.id, key: 'more', body: 'More' }))).rejects.toMatchObject({ code: 'RULE_VIOLATION' });
  await expect(write(acme.db, (tx) => updateIssue(tx, cheap, { issueId: issue.id, status: 'DONE' }))).rejects.toMatchObject({ code: 'RULE_VIOLATION' });
  await write(acme.db, (tx) => addComment(tx, cheap, { issueId: issue.id, body: 'It stands half way' }));
  await write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId: report, leaseToken: 1, end: succeeded, report: { session: { params: { id: 'cheap' }, displayId: 'cheap' } } }));
  expect(await acme.db.prisma.agentSession.count({ where: { agentId: agent.id } })).toBe(0);
});

test('a configuration that is incomplete keeps a run from being started, and says so on agent and issue', async () => {
  const agent = await acme.agent();
  const issue = await acme.issue({ assigneeId: agent.id });
  const runId = await acme.queuedRun(agent.id);
  await write(acme.db, (tx) => refuseDispatch(tx, { runId, problems: 'command: must not be empty' }));
  expect(await acme.run(runId)).toMatchObject({ status: 'CANCELLED', errorCode: 'CONFIGURATION_INCOMPLETE', startedAt: null });
  expect((await agentOf(agent.id)).errorMessage).toContain('command: must not be empty');
  expect(await actionOn(issue.id)).toMatchObject({ kind: 'CONFIGURATION_VALIDATION', ownerType: 'BOARD' });
  await write(acme.db, (tx) => refuseDispatch(tx, { runId, problems: 'again' })); // a second worker
  expect(await acme.db.prisma.recoveryAction.count({ where: { issueId: issue.id } })).toBe(1);
});

test('commits count as progress, and are refused from a run on the cheap lane', async () => {
  const finalize = async (runId: string, issueId: string, headCommit: string) => {
    const workspace = await acme.db.prisma.workspace.upsert({
      where: { id: issueId }, update: {}, create: { id: issueId, companyId: acme.companyId, sourceIssueId: issueId, mode: 'GIT_WORKTREE', baseCommit: 'base' },
    });
    const operation = await acme.db.prisma.workspaceOperation.create({ data: { id: newId(), companyId: acme.companyId, workspaceId: workspace.id, runId, issueId, phase: 'FINALIZE' } });
    return write(acme.db, (tx) => closeOperation(tx, { operationId: operation.id, status: 'SUCCEEDED', found: { headCommit } }));
  };
  const { agent, issue, runId } = await atWork();
  await acme.db.prisma.agent.update({ where: { id: agent.id }, data: { cheapConfig: {} } });
  expect(await finalize(runId, issue.id, 'first')).toMatchObject({ status: 'SUCCEEDED' });
  await finish(runId, succeeded);
  expect((await acme.run(runId)).progress).toBe('ADVANCED');
  const report = await start(agent.id, issue.id);
  expect((await acme.run(report)).modelLane).toBe('CHEAP');
  expect(await finalize(report, issue.id, 'first')).toMatchObject({ status: 'SUCCEEDED' });
  expect(await finalize(report, issue.id, 'second')).toMatchObject({ status: 'FAILED', errorMessage: expect.stringContaining('cheap lane') });
  expect(await acme.db.prisma.workspace.findUniqueOrThrow({ where: { id: issue.id } })).toMatchObject({ headCommit: 'first' });
});
