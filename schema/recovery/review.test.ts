import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { now, setClock } from '../../prisma/clock.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { updateIssue } from '../issue/commands/update-issue.ts';
import { decidePolicyStage } from '../policy/commands/decide-policy-stage.ts';
import { setIssuePolicy } from '../policy/commands/set-issue-policy.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { requestCancel } from '../run/commands/request-cancel.ts';
import type { RunEnd } from '../run/rules.ts';
import { BOARD, testCompany, type TestCompany } from '../run/testing.ts';
import { tokenOf } from '../testing/runs.ts';

let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

let aheadMs = 0;
let restore = () => {};
beforeAll(() => { restore = setClock(() => new Date(Date.now() + aheadMs)); });
afterEach(() => { aheadMs = 0; });
afterAll(() => restore());

const succeeded: RunEnd = { kind: 'succeeded' };
const finish = (runId: string, end: RunEnd) => write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId, leaseToken: 1, end }));
const actionOn = (issueId: string) => acme.db.prisma.recoveryAction.findFirst({ where: { issueId, status: { in: ['ACTIVE', 'ESCALATED'] } } });
const waiting = (issueId: string) => acme.db.prisma.run.findMany({ where: { issueId, status: { in: ['QUEUED', 'SCHEDULED_RETRY'] } } });

/** Takes the next run of an agent from the queue, when its time has come. */
async function start(agentId: string) {
  const next = await acme.db.prisma.run.findFirstOrThrow({ where: { agentId, status: { in: ['QUEUED', 'SCHEDULED_RETRY'] } } });
  aheadMs += Math.max(0, next.availableAt.getTime() - now().getTime() + 1);
  expect((await acme.claim(next.id)).kind).toBe('claimed');
  return next;
}

/** Work that was handed in, and the reviewer's first run on it. */
async function inReview() {
  const [maker, reviewer] = [await acme.agent(), await acme.agent()];
  const { id: issueId } = await acme.issue({ assigneeId: maker.id });
  await write(acme.db, (tx) => setIssuePolicy(tx, BOARD, { issueId, stages: [{ type: 'REVIEW', participants: [{ agentId: reviewer.id }] }] }));
  const handIn = async () => {
    const run = await start(maker.id);
    await write(acme.db, (tx) => checkoutIssue(tx, tokenOf(run), { issueId }));
    await write(acme.db, (tx) => updateIssue(tx, tokenOf(run), { issueId, status: 'DONE', comment: 'Done.' }));
    await finish(run.id, succeeded);
    return start(reviewer.id);
  };
  return { issueId, reviewer, handIn, review: await handIn() };
}

test('a reviewer that ends without a decision is asked once more, and then somebody is to look', async () => {
  const { issueId, reviewer, review } = await inReview();
  await finish(review.id, succeeded);
  expect(await waiting(issueId)).toMatchObject([{ agentId: reviewer.id, reason: 'execution_review_requested', status: 'QUEUED' }]);
  expect(await actionOn(issueId)).toBeNull();
  await finish((await start(reviewer.id)).id, succeeded);
  expect(await waiting(issueId)).toEqual([]);
  expect(await actionOn(issueId)).toMatchObject({ kind: 'MISSING_DISPOSITION', cause: 'review_undecided' });
});

test('a review that failed is tried again like any other run', async () => {
  const { issueId, reviewer, review } = await inReview();
  let last = review;
  for (const attempt of [1, 2, 3]) {
    await finish(last.id, { kind: 'failed', code: 'CLAUDE_TRANSIENT_UPSTREAM', message: 'overloaded' });
    expect(await waiting(issueId)).toMatchObject([{ status: 'SCHEDULED_RETRY', retryOfId: last.id, retryAttempt: attempt, reason: 'execution_review_requested' }]);
    last = await start(reviewer.id);
  }
  await finish(last.id, { kind: 'failed', code: 'CLAUDE_TRANSIENT_UPSTREAM', message: 'overloaded' });
  expect(await actionOn(issueId)).toMatchObject({ cause: 'review_undecided' });
});

test('one that decides is asked nothing more, and changes that come back are a request of their own', async () => {
  const { issueId, handIn, reviewer, review } = await inReview();
  await finish(review.id, succeeded);
  const second = await start(reviewer.id);
  await write(acme.db, (tx) => decidePolicyStage(tx, tokenOf(second), { issueId, outcome: 'CHANGES_REQUESTED', comment: 'No tests.' }));
  await finish(second.id, succeeded);
  expect((await waiting(issueId)).map(({ reason }) => reason)).toEqual(['execution_changes_requested']);
  await finish((await handIn()).id, succeeded);
  expect(await waiting(issueId)).toMatchObject([{ agentId: reviewer.id, reason: 'execution_review_requested' }]);
});

test('a review that was stopped by hand is the board’s to look at', async () => {
  const { issueId, review } = await inReview();
  await write(acme.db, (tx) => requestCancel(tx, BOARD, { runId: review.id }));
  await finish(review.id, { kind: 'cancelled', reason: 'stopped' });
  expect(await waiting(issueId)).toEqual([]);
  expect(await actionOn(issueId)).toMatchObject({ cause: 'stopped_by_hand', ownerType: 'BOARD' });
});
