import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { claimRun } from '../run/commands/claim-run.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const HOLD = 'mutation ($input: HoldSubtreeInput!) { holdSubtree(input: $input) { __typename ... on SubtreeHold { id mode isActive issueCount issues(first: 10) { nodes { id } } } ... on AlreadyHeld { message hold { id } } } }';
const hold = async (issueId: string, more: object = {}) => (await boardroom.ask(BOARD, HOLD, { input: { issueId, mode: 'PAUSE', ...more } })).holdSubtree;
const RELEASE = 'mutation ($input: ReleaseSubtreeInput!) { releaseSubtree(input: $input) { isActive releasedAt issueCount } }';
const release = async (holdId: string, more: object = {}) => (await boardroom.ask(BOARD, RELEASE, { input: { holdId, ...more } })).releaseSubtree;
const CHECKOUT = 'mutation ($input: CheckoutIssueInput!) { checkoutIssue(input: $input) { __typename ... on Conflict { message } ... on SubtreeHeld { hold { root { id } } } } }';

/** A root with two children and a grandchild, all of one agent. */
async function tree() {
  const agent = await acme.agent();
  const root = await acme.issue({ title: 'root', assigneeId: agent.id, status: 'BACKLOG' });
  const child = await acme.issue({ title: 'child', parentId: root.id, assigneeId: agent.id, status: 'BACKLOG' });
  const done = await acme.issue({ title: 'done', parentId: root.id });
  const grandchild = await acme.issue({ title: 'grandchild', parentId: child.id, assigneeId: agent.id, status: 'BACKLOG' });
  await boardroom.db.prisma.issue.update({ where: { id: root.id }, data: { status: 'IN_PROGRESS' } });
  await boardroom.db.prisma.issue.update({ where: { id: child.id }, data: { status: 'TODO' } });
  await boardroom.db.prisma.issue.update({ where: { id: done.id }, data: { status: 'DONE' } });
  return { agent, root, child, done, grandchild };
}
const statusOf = async (id: string) => (await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id } })).status;
const wakes = (issueId: string) => boardroom.db.prisma.wakeup.findMany({ where: { issueId }, orderBy: { id: 'asc' } });

describe('a pause', () => {
  test('stops what runs and waits there, and leaves statuses and finished work alone', async () => {
    const { agent, root, child, grandchild } = await tree();
    const running = await insertRun(boardroom.db, agent, { issueId: child.id });
    const queued = await insertRun(boardroom.db, agent, { issueId: grandchild.id, status: 'QUEUED' });
    const retry = await insertRun(boardroom.db, agent, { issueId: root.id, status: 'SCHEDULED_RETRY' });
    expect(await hold(root.id)).toMatchObject({ mode: 'PAUSE', isActive: true, issueCount: 3, issues: { nodes: [{ id: root.id }, { id: child.id }, { id: grandchild.id }] } });
    const runs = await boardroom.db.prisma.run.findMany({ where: { id: { in: [running.id, queued.id, retry.id] } }, orderBy: { number: 'asc' } });
    expect(runs.map((run) => [run.status, run.cancelRequestedAt !== null])).toEqual([['RUNNING', true], ['CANCELLED', true], ['CANCELLED', true]]);
    expect(await Promise.all([root, child, grandchild].map((issue) => statusOf(issue.id)))).toEqual(['IN_PROGRESS', 'TODO', 'BACKLOG']);
  });

  test('released, it asks again for the review that it stopped', async () => {
    const [owner, reviewer] = [await acme.agent(), await acme.agent()];
    const issue = await acme.issue({ assigneeId: owner.id, status: 'BACKLOG' });
    const stageId = newId();
    await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_REVIEW' } });
    await boardroom.db.prisma.issuePolicy.create({
      data: {
        issueId: issue.id, companyId: issue.companyId, stages: [{ id: stageId, type: 'REVIEW', participants: [{ type: 'AGENT', id: reviewer.id }] }], stageId,
        participantType: 'AGENT', participantId: reviewer.id, executorType: 'AGENT', executorId: owner.id,
      },
    });
    const queued = await insertRun(boardroom.db, reviewer, { issueId: issue.id, status: 'QUEUED' });
    const held = await hold(issue.id);
    expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: queued.id } })).toMatchObject({ status: 'CANCELLED' });
    await release(held.id);
    expect(await wakes(issue.id)).toMatchObject([{ agentId: reviewer.id, reason: 'execution_review_requested', status: 'QUEUED', payload: { policy: { stageId, executorId: owner.id } } }]);
  });

  test('nobody is woken for it or checks it out, and both are told why', async () => {
    const { agent, root, child } = await tree();
    await hold(root.id);
    const run = await insertRun(boardroom.db, agent, { issueId: null });
    expect((await boardroom.ask(tokenOf(run), CHECKOUT, { input: { issueId: child.id } })).checkoutIssue).toEqual({
      __typename: 'SubtreeHeld', message: 'it is on hold: nothing works on it until the hold is released', hold: { root: { id: root.id } },
    });
    await boardroom.ask(BOARD, `mutation { wakeAgent(input: { agentId: "${agent.id}", issueId: "${child.id}" }) { __typename } }`);
    expect(await wakes(child.id)).toMatchObject([{ status: 'SKIPPED', skipReason: 'issue_held' }]);
  });

  test('what is made or moved below it joins', async () => {
    const { agent, root, child } = await tree();
    await hold(root.id);
    const born = await acme.issue({ parentId: child.id, assigneeId: agent.id });
    expect(await wakes(born.id)).toMatchObject([{ status: 'SKIPPED', skipReason: 'issue_held' }]);
    const moved = await acme.issue();
    const below = await acme.issue({ parentId: moved.id });
    await boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${moved.id}", parentId: "${root.id}" }) { __typename } }`);
    for (const id of [born.id, moved.id, below.id]) expect(await boardroom.ask(BOARD, `{ issue(ref: "${id}") { hold { root { id } } } }`)).toEqual({ issue: { hold: { root: { id: root.id } } } });
  });

  test('its release wakes each agent once for its open work, and again does nothing', async () => {
    const { root, child, grandchild } = await tree();
    const { id } = await hold(root.id);
    expect(await release(id)).toMatchObject({ isActive: false, releasedAt: expect.any(String) });
    await release(id);
    for (const issue of [root, child]) expect(await wakes(issue.id)).toMatchObject([{ status: 'QUEUED', reason: 'issue_tree_restored' }]);
    expect(await wakes(grandchild.id)).toEqual([]);
    expect(await boardroom.ask(BOARD, `{ issue(ref: "${child.id}") { hold { id } } }`)).toEqual({ issue: { hold: null } });
  });

  test('one inside of another: released when both are', async () => {
    const { root, child } = await tree();
    const [outer, inner] = [await hold(root.id), await hold(child.id)];
    await release(outer.id);
    expect(await wakes(child.id)).toMatchObject([{ status: 'SKIPPED', skipReason: 'issue_held' }]);
    await release(inner.id);
    expect((await wakes(child.id)).at(-1)).toMatchObject({ status: 'QUEUED', reason: 'issue_tree_restored' });
  });

  test('that lasts until what runs has finished lets it finish, and ends with it', async () => {
    const { agent, root, child } = await tree();
    const running = await insertRun(boardroom.db, agent, { issueId: child.id });
    const { id } = await hold(root.id, { release: 'AFTER_ACTIVE_RUNS_FINISH' });
    expect((await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: running.id } })).cancelRequestedAt).toBeNull();
    await write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: running.id, leaseToken: null, end: { kind: 'succeeded' } }));
    expect(await boardroom.db.prisma.subtreeHold.findUniqueOrThrow({ where: { id } })).toMatchObject({ releasedAt: expect.any(Date), releaserType: 'SYSTEM' });
    expect((await wakes(root.id)).map((wake) => wake.reason)).toContain('issue_tree_restored');
    expect(await boardroom.refusal(BOARD, HOLD, { input: { issueId: (await tree()).root.id, mode: 'PAUSE', release: 'AFTER_ACTIVE_RUNS_FINISH' } })).toMatchObject({ code: 'RULE_VIOLATION', field: 'release' });
  });
});

describe('calling off', () => {
  test('cancels what is not finished and frees its locks; restored, it is as it was', async () => {
    const { agent, root, child, done, grandchild } = await tree();
    const run = await insertRun(boardroom.db, agent, { issueId: root.id });
    await boardroom.db.prisma.issue.update({ where: { id: root.id }, data: { holderRunId: run.id, holderStatus: 'RUNNING' } });
    const { id } = await hold(root.id, { mode: 'CANCEL' });
    expect(await Promise.all([root, child, done, grandchild].map((issue) => statusOf(issue.id)))).toEqual(['CANCELLED', 'CANCELLED', 'DONE', 'CANCELLED']);
    expect(await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id: root.id } })).toMatchObject({ holderRunId: null, cancelledAt: expect.any(Date) });
    await release(id);
    expect(await Promise.all([root, child, done, grandchild].map((issue) => statusOf(issue.id)))).toEqual(['IN_PROGRESS', 'TODO', 'DONE', 'BACKLOG']);
    expect((await wakes(child.id)).map((wake) => wake.reason)).toEqual(['issue_tree_restored']);
  });

  test('released without restoring, it stays cancelled', async () => {
    const { root, child } = await tree();
    const { id } = await hold(root.id, { mode: 'CANCEL' });
    await release(id, { restore: false });
    expect([await statusOf(root.id), await statusOf(child.id)]).toEqual(['CANCELLED', 'CANCELLED']);
    expect(await wakes(child.id)).toEqual([]);
  });

  test('the parent of the root hears that its last child is finished', async () => {
    const parent = await acme.issue({ assigneeId: (await acme.agent()).id, status: 'BACKLOG' });
    await boardroom.db.prisma.issue.update({ where: { id: parent.id }, data: { status: 'IN_PROGRESS' } });
    const child = await acme.issue({ parentId: parent.id });
    await hold(child.id, { mode: 'CANCEL' });
    expect(await wakes(parent.id)).toMatchObject([{ reason: 'issue_children_completed' }]);
  });
});

test('what it would do is told before', async () => {
  const { agent, root, child } = await tree();
  await insertRun(boardroom.db, agent, { issueId: child.id });
  const outside = await acme.issue({ blockedByIds: [child.id] });
  expect(await boardroom.ask(BOARD, `{ issue(ref: "${root.id}") { holdPreview { issues { open todo inProgress backlog } runningCount queuedCount agents { id } waiting { id } } } }`)).toEqual({
    issue: { holdPreview: { issues: { open: 3, todo: 1, inProgress: 1, backlog: 1 }, runningCount: 1, queuedCount: 0, agents: [{ id: agent.id }], waiting: [{ id: outside.id }] } },
  });
});

test('once at a time, by the board, and not on finished work', async () => {
  const { root, done, agent } = await tree();
  const first = await hold(root.id);
  expect(await hold(root.id, { mode: 'CANCEL' })).toMatchObject({ __typename: 'AlreadyHeld', hold: { id: first.id } });
  expect(await boardroom.refusal(BOARD, HOLD, { input: { issueId: done.id, mode: 'PAUSE' } })).toMatchObject({ code: 'RULE_VIOLATION' });
  expect(await boardroom.refusal(keyOf(agent), HOLD, { input: { issueId: root.id, mode: 'PAUSE' } })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await boardroom.refusal(keyOf(agent), RELEASE, { input: { holdId: first.id } })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await boardroom.refusal(BOARD, HOLD, { input: { issueId: (await tree()).root.id, mode: 'CANCEL', release: 'AFTER_ACTIVE_RUNS_FINISH' } })).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a hold and the claims of what waits there, at once: nothing starts that is not stopped', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { agent, root, child } = await tree();
    const runs = [await insertRun(boardroom.db, agent, { issueId: root.id, status: 'QUEUED' }), await insertRun(boardroom.db, agent, { issueId: child.id, status: 'QUEUED' })];
    const claim = (runId: string) => write(boardroom.db, (tx) => claimRun(tx, { runId, workerId: crypto.randomUUID(), hostId: 'h', execution: () => ({}) }));
    await Promise.all([...runs.map((run) => claim(run.id)), hold(root.id)]);
    const after = await boardroom.db.prisma.run.findMany({ where: { id: { in: runs.map((run) => run.id) } } });
    expect(after.filter((run) => run.cancelRequestedAt === null)).toEqual([]);
  }
});

test('of many at once one holds', async () => {
  const { root } = await tree();
  const answers = await Promise.all(Array.from({ length: 6 }, () => hold(root.id)));
  expect(answers.filter((answer) => answer.__typename === 'SubtreeHold')).toHaveLength(1);
});
