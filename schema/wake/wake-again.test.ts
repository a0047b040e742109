import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { requestCancel } from '../run/commands/request-cancel.ts';
import { BOARD, testCompany, type TestCompany } from '../run/testing.ts';
import { tokenOf } from '../testing/runs.ts';
import { enqueueWake } from './enqueue-wake.ts';

/* Boardroom is stopped while agents work. */
let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

const interrupt = (runId: string) => write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId, leaseToken: 1, end: { kind: 'interrupted', message: 'stopped' } }));
const queuedOf = (agentId: string) => acme.db.prisma.run.findMany({ where: { agentId, status: 'QUEUED' } });
const actionsOn = (issueId: string) => acme.db.prisma.recoveryAction.count({ where: { issueId } });

test('however often Boardroom is stopped, the work goes on at the next start, and nobody is asked to look', async () => {
  const agent = await acme.agent();
  const issue = await acme.issue({ assigneeId: agent.id });
  let former: string | null = null;
  for (let stops = 1; stops <= 4; stops += 1) {
    const [run, ...more] = await queuedOf(agent.id);
    expect(more).toEqual([]);
    expect(run).toMatchObject({ issueId: issue.id, reason: 'issue_assigned', retryOfId: former, answersOnly: false });
    await acme.claim(run?.id as string);
    await write(acme.db, (tx) => checkoutIssue(tx, tokenOf({ ...run as NonNullable<typeof run>, issueId: issue.id }), { issueId: issue.id }));
    former = run?.id as string;
    await interrupt(former);
  }
  expect(await queuedOf(agent.id)).toHaveLength(1);
  expect(await actionsOn(issue.id)).toBe(0);
});

test('whom a person asked in a comment answers after the next start, though the issue is somebody else’s and blocked', async () => {
  const [owner, asked] = [await acme.agent(), await acme.agent()];
  const blocker = await acme.issue();
  const issue = await acme.issue({ assigneeId: owner.id, blockedByIds: [blocker.id] });
  const payload = { commentId: 'c', body: 'What do you think?' };
  await write(acme.db, (tx) => enqueueWake(tx, BOARD, { agentId: asked.id, issueId: issue.id, source: 'AUTOMATION', reason: 'issue_comment_mentioned', payload }));
  const run = await acme.queuedRun(asked.id);
  await acme.claim(run);
  await interrupt(run);
  expect(await queuedOf(asked.id)).toMatchObject([{ issueId: issue.id, reason: 'issue_comment_mentioned', answersOnly: true, context: { wakes: [{ payload }] } }]);
});

test('a run without an issue is asked for again; one that was being cancelled, or whose issue is finished, is not', async () => {
  const agent = await acme.agent();
  await acme.wake(agent.id);
  const first = await acme.queuedRun(agent.id);
  await acme.claim(first);
  await interrupt(first);
  const second = await acme.queuedRun(agent.id);
  expect(await acme.run(second)).toMatchObject({ issueId: null, reason: 'manual', retryOfId: first });
  await acme.claim(second);
  await write(acme.db, (tx) => requestCancel(tx, BOARD, { runId: second }));
  await interrupt(second);
  expect(await queuedOf(agent.id)).toEqual([]);
  const issue = await acme.issue({ assigneeId: agent.id });
  const third = await acme.queuedRun(agent.id);
  await acme.claim(third);
  await acme.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'DONE', completedAt: new Date() } });
  await interrupt(third);
  expect(await queuedOf(agent.id)).toEqual([]);
});

test('news that waited for the interrupted run joins the one that follows it', async () => {
  const agent = await acme.agent();
  const issue = await acme.issue({ assigneeId: agent.id });
  const run = await acme.queuedRun(agent.id);
  await acme.claim(run);
  await write(acme.db, (tx) => enqueueWake(tx, BOARD, { agentId: agent.id, issueId: issue.id, source: 'AUTOMATION', reason: 'issue_commented', payload: { commentId: 'c', body: 'Wait.' } }));
  await interrupt(run);
  const [next, ...more] = await queuedOf(agent.id);
  expect(more).toEqual([]);
  expect(next?.context).toMatchObject({ wakes: [{ reason: 'issue_assigned' }, { reason: 'issue_commented' }] });
});
