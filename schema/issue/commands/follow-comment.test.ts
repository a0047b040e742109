import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { write } from '../../../prisma/transaction.ts';
import { type Principal, SYSTEM } from '../../access/principal.ts';
import { claimRun } from '../../run/commands/claim-run.ts';
import { finishRun } from '../../run/commands/finish-run.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../../testing/runs.ts';

/* Who hears of a comment: mentions, interruptions, words on blocked work. */
let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const COMMENT = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { id } }';
const comment = async (by: Principal, input: object) => (await boardroom.ask(by, COMMENT, { input: { body: 'Hello', ...input } })).addComment.id as string;
const UPDATE = 'mutation ($input: UpdateIssueInput!) { updateIssue(input: $input) { __typename } }';
const put = async (fields: object, status: string) => {
  const issue = await acme.issue({ status: 'BACKLOG', ...fields });
  return boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never } });
};
const wakes = (agentId: string) => boardroom.db.prisma.wakeup.findMany({ where: { agentId }, orderBy: { id: 'asc' } });
const runsOf = (agentId: string) => boardroom.db.prisma.run.findMany({ where: { agentId }, orderBy: { number: 'asc' } });
const named = (agent: { id: string }) => `[@somebody](agent:${agent.id})`;
const end = (runId: string) => write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId, leaseToken: null, end: { kind: 'cancelled', reason: 'interrupted' } }));
const claim = (runId: string) => write(boardroom.db, (tx) => claimRun(tx, { runId, workerId: crypto.randomUUID(), hostId: 'h', execution: () => ({}) }));

describe('agents named in a comment', () => {
  test('they alone are woken, and may run although the issue is somebody else’s', async () => {
    const [owner, other] = [await acme.agent(), await acme.agent()];
    const issue = await put({ assigneeId: owner.id }, 'TODO');
    const commentId = await comment(BOARD, { issueId: issue.id, body: `${named(other)} what do you think?` });
    expect(await wakes(owner.id)).toEqual([]);
    const [wake] = await wakes(other.id);
    expect(wake).toMatchObject({ status: 'QUEUED', reason: 'issue_comment_mentioned', payload: { commentId, interactionOnly: true } });
    expect(await claim(wake?.runId ?? '')).toMatchObject({ kind: 'claimed' });
    const run = await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: wake?.runId ?? '' } });
    expect((await boardroom.ask(tokenOf(run), `mutation { checkoutIssue(input: { issueId: "${issue.id}" }) { __typename } }`)).checkoutIssue.__typename).toBe('IssueHeld');
  });

  test('the owner, where it is named', async () => {
    const owner = await acme.agent();
    const issue = await put({ assigneeId: owner.id }, 'IN_PROGRESS');
    await comment(BOARD, { issueId: issue.id, body: named(owner) });
    expect(await wakes(owner.id)).toMatchObject([{ reason: 'issue_comment_mentioned', payload: { commentId: expect.any(String) } }]);
  });

  test('agents name colleagues, but not themselves awake', async () => {
    const [owner, other] = [await acme.agent(), await acme.agent()];
    const issue = await put({ assigneeId: owner.id }, 'TODO');
    await comment(keyOf(owner), { issueId: issue.id, body: `${named(owner)} and ${named(other)}` });
    expect(await wakes(owner.id)).toEqual([]);
    expect(await wakes(other.id)).toMatchObject([{ reason: 'issue_comment_mentioned', requesterId: owner.id }]);
  });

  test('on finished work they are asked, and it stays finished', async () => {
    const [owner, other] = [await acme.agent(), await acme.agent()];
    const issue = await put({ assigneeId: owner.id }, 'DONE');
    await comment(BOARD, { issueId: issue.id, body: named(other) });
    expect((await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } })).status).toBe('DONE');
    const [wake] = await wakes(other.id);
    expect(await claim(wake?.runId ?? '')).toMatchObject({ kind: 'claimed' });
  });

  test('names of nobody here are only text', async () => {
    const owner = await acme.agent();
    const elsewhere = await smallCompany(boardroom, 'Elsewhere');
    const issue = await put({ assigneeId: owner.id }, 'TODO');
    await comment(BOARD, { issueId: issue.id, body: named(elsewhere.ceo) });
    expect(await wakes(elsewhere.ceo.id)).toEqual([]);
    expect(await wakes(owner.id)).toMatchObject([{ reason: 'issue_commented' }]);
  });

  test('a change with a comment tells whom it names', async () => {
    const [owner, other] = [await acme.agent(), await acme.agent()];
    const issue = await put({ assigneeId: owner.id }, 'TODO');
    await boardroom.ask(keyOf(owner), UPDATE, { input: { issueId: issue.id, title: 'x', comment: named(other) } });
    expect(await wakes(other.id)).toMatchObject([{ reason: 'issue_comment_mentioned' }]);
    await boardroom.ask(BOARD, UPDATE, { input: { issueId: issue.id, priority: 'HIGH', comment: 'hurry' } });
    expect(await wakes(owner.id)).toMatchObject([{ reason: 'issue_commented' }]);
  });
});

test('a person’s words on blocked work reach its agent, with what it waits for; an agent’s do not', async () => {
  const owner = await acme.agent();
  const blocker = await acme.issue({ title: 'first this' });
  const issue = await acme.issue({ assigneeId: owner.id, status: 'BACKLOG', blockedByIds: [blocker.id] });
  await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'TODO' } });
  await comment(keyOf(acme.ceo), { issueId: issue.id, body: named(owner) });
  expect(await wakes(owner.id)).toMatchObject([{ status: 'SKIPPED', skipReason: 'issue_blocked' }]);
  await comment(BOARD, { issueId: issue.id });
  const wake = (await wakes(owner.id)).at(-1);
  expect(wake).toMatchObject({ status: 'QUEUED', payload: { interactionOnly: true, blockers: [{ identifier: `ACME-${blocker.number}`, title: 'first this', status: 'BACKLOG' }] } });
  expect(await claim(wake?.runId ?? '')).toMatchObject({ kind: 'claimed' });
});

describe('an interruption', () => {
  test('stops the run, and wakes the owner exactly once when it is gone', async () => {
    const owner = await acme.agent();
    const issue = await put({ assigneeId: owner.id }, 'IN_PROGRESS');
    const live = await insertRun(boardroom.db, owner, { issueId: issue.id });
    const commentId = await comment(BOARD, { issueId: issue.id, interrupt: true });
    expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: live.id } })).toMatchObject({ cancelRequestedAt: expect.any(Date) });
    expect(await wakes(owner.id)).toMatchObject([{ status: 'DEFERRED', payload: { commentId, interruptedRunId: live.id } }]);
    await end(live.id);
    expect((await runsOf(owner.id)).filter((run) => run.status === 'QUEUED')).toMatchObject([{ context: { wakes: [{ payload: { commentId, interruptedRunId: live.id } }] } }]);
  });

  test('with a new owner: one wake for that one, with comment and run; the former one’s retries end', async () => {
    const [old, next] = [await acme.agent(), await acme.agent()];
    const issue = await put({ assigneeId: old.id }, 'IN_PROGRESS');
    const live = await insertRun(boardroom.db, old, { issueId: issue.id });
    const retry = await insertRun(boardroom.db, old, { issueId: issue.id, status: 'SCHEDULED_RETRY' });
    await boardroom.ask(BOARD, UPDATE, { input: { issueId: issue.id, assigneeId: next.id, comment: 'take over', interrupt: true } });
    await end(live.id);
    expect((await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: retry.id } })).status).toBe('CANCELLED');
    expect((await runsOf(old.id)).filter((run) => run.status === 'QUEUED' || run.status === 'SCHEDULED_RETRY')).toEqual([]);
    expect(await runsOf(next.id)).toMatchObject([{ status: 'QUEUED', context: { wakes: [{ reason: 'issue_assigned', payload: { body: 'take over', interruptedRunId: live.id } }] } }]);
    expect((await wakes(next.id)).map((wake) => wake.status)).toEqual(['COMPLETED', 'QUEUED']);
  });

  test('first the comment, then the owner: the comment goes along', async () => {
    const [old, next] = [await acme.agent(), await acme.agent()];
    const issue = await put({ assigneeId: old.id }, 'IN_PROGRESS');
    const live = await insertRun(boardroom.db, old, { issueId: issue.id });
    const commentId = await comment(BOARD, { issueId: issue.id, interrupt: true });
    await boardroom.ask(BOARD, UPDATE, { input: { issueId: issue.id, assigneeId: next.id } });
    await end(live.id);
    expect(await runsOf(next.id)).toMatchObject([{ status: 'QUEUED', context: { wakes: [{ payload: { commentId, interruptedRunId: live.id } }] } }]);
    expect((await runsOf(old.id)).filter((run) => run.status === 'QUEUED')).toEqual([]);
  });

  test('is for the board and managers', async () => {
    const issue = await put({ assigneeId: acme.engineer.id }, 'IN_PROGRESS');
    const live = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    expect(await boardroom.refusal(keyOf(acme.writer), COMMENT, { input: { issueId: issue.id, body: 'stop', interrupt: true } })).toMatchObject({ code: 'FORBIDDEN' });
    await comment(keyOf(acme.ceo), { issueId: issue.id, interrupt: true });
    expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: live.id } })).toMatchObject({ cancelRequestedAt: expect.any(Date) });
    expect((await wakes(acme.engineer.id)).at(-1)).toMatchObject({ status: 'DEFERRED', reason: 'issue_commented' });
  });

  test('says something, or to whom', async () => {
    const issue = await put({ assigneeId: acme.engineer.id }, 'TODO');
    expect(await boardroom.refusal(BOARD, UPDATE, { input: { issueId: issue.id, title: 'x', interrupt: true } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'interrupt' });
  });
});
