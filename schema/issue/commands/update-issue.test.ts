import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '../../../prisma/generated/client.ts';
import { newId } from '../../../prisma/id.ts';
import { LOCAL_BOARD_USER, type Principal } from '../../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { changes, dump } from '../../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../../testing/runs.ts';
import { ISSUE_STATUSES, judgeMove } from '../rules.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const UPDATE = `mutation ($input: UpdateIssueInput!) { updateIssue(input: $input) {
  __typename
  ... on Issue { id title status assignee { id } assigneeUser { id } holder { id } labels { name } parent { id } requestDepth completedAt cancelledAt startedAt description billingCode }
  ... on IssueHeld { holder { id } }
  ... on IssueBlocked { blockers { id } }
} }`;
const update = async (by: Principal, input: object) => (await boardroom.ask(by, UPDATE, { input })).updateIssue;
const refusal = async (by: Principal, input: object) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(by, UPDATE, { input });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};
const put = async (fields: object, status: string) => {
  const issue = await acme.issue({ status: 'BACKLOG', ...fields });
  return boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never } });
};
const held = async (agent: Agent) => {
  const issue = await acme.issue();
  const run = await insertRun(boardroom.db, agent);
  await boardroom.ask(tokenOf(run), `mutation { checkoutIssue(input: { issueId: "${issue.id}" }) { __typename } }`);
  return { issue, run };
};
const runOf = (id: string) => boardroom.db.prisma.run.findUniqueOrThrow({ where: { id } });

describe('fields', () => {
  test('absent ones stay, null empties', async () => {
    const parent = await acme.issue();
    const issue = await acme.issue({ description: 'text', billingCode: 'B-1', parentId: parent.id });
    expect(await update(BOARD, { issueId: issue.id, title: ' New ' })).toMatchObject({ title: 'New', description: 'text', billingCode: 'B-1', parent: { id: parent.id }, requestDepth: 1 });
    expect(await update(BOARD, { issueId: issue.id, description: null, billingCode: null, parentId: null })).toMatchObject({ title: 'New', description: null, billingCode: null, parent: null, requestDepth: 0 });
  });

  test('labels are replaced as a set, and must be of the company', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map((name) => boardroom.ask(BOARD, `mutation { createLabel(input: { companyId: "${acme.id}", name: "${name}" }) { id } }`).then((data) => data.createLabel.id)));
    const issue = await acme.issue({ labelIds: [one] });
    expect(await update(BOARD, { issueId: issue.id, labelIds: [two, two] })).toMatchObject({ labels: [{ name: 'two' }] });
    expect(await refusal(BOARD, { issueId: issue.id, labelIds: [one, newId()] })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(BOARD, { issueId: issue.id, labelIds: Array.from({ length: 51 }, () => newId()) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'labelIds' });
    expect(await update(BOARD, { issueId: issue.id, labelIds: [] })).toMatchObject({ labels: [] });
  });

  test('a comment comes with the change', async () => {
    const issue = await acme.issue();
    await update(BOARD, { issueId: issue.id, priority: 'HIGH', comment: 'Because' });
    expect(await boardroom.db.prisma.comment.findMany({ where: { issueId: issue.id } })).toMatchObject([{ body: 'Because', authorType: 'USER' }]);
  });

  test('no issue stands under itself, directly or through others', async () => {
    const top = await acme.issue();
    const middle = await acme.issue({ parentId: top.id });
    const low = await acme.issue({ parentId: middle.id });
    for (const parentId of [top.id, middle.id, low.id]) {
      expect(await refusal(BOARD, { issueId: top.id, parentId })).toMatchObject({ code: 'RULE_VIOLATION', field: 'parentId' });
    }
    expect(await update(BOARD, { issueId: low.id, parentId: top.id })).toMatchObject({ parent: { id: top.id }, requestDepth: 1 });
  });

  test('two moves that would close a circle together: one is refused', async () => {
    const [one, two] = [await acme.issue(), await acme.issue()];
    const results = await Promise.allSettled([update(BOARD, { issueId: one.id, parentId: two.id }), update(BOARD, { issueId: two.id, parentId: one.id })]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('moves', () => {
  const pairs = ISSUE_STATUSES.flatMap((from) => ISSUE_STATUSES.filter((to) => to !== from).map((to) => [from, to] as const));

  test.each(pairs)('%s to %s, by the board', async (from, to) => {
    const issue = await put({ assigneeId: acme.writer.id }, from);
    if (judgeMove({ from, to, hasAssignee: true, isBoard: true }).allowed) expect(await update(BOARD, { issueId: issue.id, status: to })).toMatchObject({ status: to });
    else expect(await refusal(BOARD, { issueId: issue.id, status: to })).toMatchObject({ code: 'RULE_VIOLATION', field: 'status', details: { from, to } });
  });

  test.each(pairs)('%s to %s, by the agent', async (from, to) => {
    const issue = await put({ assigneeId: acme.writer.id }, from);
    const allowed = judgeMove({ from, to, hasAssignee: true, isBoard: false }).allowed && to !== 'IN_PROGRESS';
    if (allowed) expect(await update(keyOf(acme.writer), { issueId: issue.id, status: to })).toMatchObject({ status: to });
    else expect(await refusal(keyOf(acme.writer), { issueId: issue.id, status: to })).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('work in progress is somebody’s', async () => {
    const issue = await put({}, 'TODO');
    expect(await refusal(BOARD, { issueId: issue.id, status: 'IN_PROGRESS' })).toMatchObject({ code: 'RULE_VIOLATION' });
    await update(BOARD, { issueId: issue.id, status: 'IN_PROGRESS', assigneeUserId: LOCAL_BOARD_USER });
    expect(await refusal(BOARD, { issueId: issue.id, assigneeUserId: null })).toMatchObject({ code: 'RULE_VIOLATION', field: 'assigneeId' });
  });

  test('stamps follow', async () => {
    const issue = await put({ assigneeId: acme.writer.id }, 'TODO');
    expect(await update(BOARD, { issueId: issue.id, status: 'IN_PROGRESS' })).toMatchObject({ startedAt: expect.any(String), completedAt: null });
    expect(await update(BOARD, { issueId: issue.id, status: 'DONE' })).toMatchObject({ completedAt: expect.any(String) });
    expect(await update(BOARD, { issueId: issue.id, status: 'TODO' })).toMatchObject({ completedAt: null });
    expect(await update(BOARD, { issueId: issue.id, status: 'CANCELLED' })).toMatchObject({ cancelledAt: expect.any(String) });
  });

  test('blocked work does not start', async () => {
    const blocker = await acme.issue();
    const issue = await put({ assigneeId: acme.writer.id, blockedByIds: [blocker.id] }, 'TODO');
    const before = await dump(boardroom.db);
    expect(await update(BOARD, { issueId: issue.id, status: 'IN_PROGRESS' })).toEqual({ __typename: 'IssueBlocked', blockers: [{ id: blocker.id }] });
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });
});

describe('while a run has it', () => {
  test('its run, its agent’s key, the managers and the board may change it; rivals and colleagues may not', async () => {
    const { issue, run } = await held(acme.engineer);
    const sibling = tokenOf(await insertRun(boardroom.db, acme.engineer));
    for (const by of [keyOf(acme.writer), sibling]) {
      const before = await dump(boardroom.db);
      expect(await update(by, { issueId: issue.id, title: 'Mine' })).toEqual({ __typename: 'IssueHeld', holder: { id: run.id } });
      expect(changes(before, await dump(boardroom.db))).toEqual([]);
    }
    for (const by of [tokenOf(run), keyOf(acme.engineer), keyOf(acme.ceo), BOARD]) expect(await update(by, { issueId: issue.id, title: 'Ours' })).toMatchObject({ title: 'Ours', holder: { id: run.id } });
  });

  test.each(['DONE', 'IN_REVIEW', 'BLOCKED', 'CANCELLED'])('moving it to %s frees it, and the run that did so goes on', async (status) => {
    const { issue, run } = await held(acme.engineer);
    expect(await update(tokenOf(run), { issueId: issue.id, status })).toMatchObject({ status, holder: null });
    expect(await runOf(run.id)).toMatchObject({ status: 'RUNNING', cancelRequestedAt: null });
  });

  test('the board gives it to somebody else: the lock ends, the run on it is cancelled, the new agent waits for its end', async () => {
    const { issue, run } = await held(acme.engineer);
    await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { issueId: issue.id } });
    expect(await update(BOARD, { issueId: issue.id, assigneeId: acme.writer.id })).toMatchObject({ assignee: { id: acme.writer.id }, holder: null, status: 'IN_PROGRESS' });
    expect(await runOf(run.id)).toMatchObject({ cancelReason: 'issue reassigned' });
    expect(await boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id, agentId: acme.writer.id } })).toMatchObject([{ status: 'DEFERRED', reason: 'issue_assigned' }]);
  });

  test('the board cancels it: the runs on it are asked to end', async () => {
    const { issue, run } = await held(acme.engineer);
    await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { issueId: issue.id } });
    await update(BOARD, { issueId: issue.id, status: 'CANCELLED' });
    expect(await runOf(run.id)).toMatchObject({ cancelReason: 'issue cancelled' });
  });
});

describe('whom agents give work to', () => {
  const assign = (by: Principal, issueId: string, assigneeId: string) => ({ by, input: { issueId, assigneeId } });

  test('themselves what nobody has, their manager what is theirs; the CEO anybody anything', async () => {
    const { by, input } = assign(keyOf(acme.engineer), (await acme.issue()).id, acme.engineer.id);
    expect(await update(by, input)).toMatchObject({ assignee: { id: acme.engineer.id } });
    expect(await update(by, { ...input, assigneeId: acme.ceo.id })).toMatchObject({ assignee: { id: acme.ceo.id } });
    const other = assign(keyOf(acme.ceo), (await acme.issue()).id, acme.writer.id);
    expect(await update(other.by, other.input)).toMatchObject({ assignee: { id: acme.writer.id } });
  });

  test('not colleagues, not the terminated, not both an agent and a person', async () => {
    const issue = await acme.issue();
    expect(await refusal(keyOf(acme.engineer), { issueId: issue.id, assigneeId: acme.writer.id })).toMatchObject({ code: 'FORBIDDEN', field: 'assigneeId' });
    const gone = await acme.agent();
    await boardroom.db.prisma.agent.update({ where: { id: gone.id }, data: { status: 'TERMINATED' } });
    expect(await refusal(BOARD, { issueId: issue.id, assigneeId: gone.id })).toMatchObject({ code: 'RULE_VIOLATION', field: 'assigneeId' });
    expect(await refusal(BOARD, { issueId: issue.id, assigneeId: acme.writer.id, assigneeUserId: LOCAL_BOARD_USER })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'assigneeUserId' });
  });

  test('they take work from nobody but themselves, and call off only that, their reports’, or what they filed', async () => {
    const writers = await acme.issue({ assigneeId: acme.writer.id });
    const persons = await acme.issue({ assigneeUserId: LOCAL_BOARD_USER });
    for (const issue of [writers, persons]) {
      for (const change of [{ assigneeId: acme.engineer.id }, { assigneeId: null, assigneeUserId: null }, { status: 'CANCELLED' }]) {
        expect(await refusal(keyOf(acme.engineer), { issueId: issue.id, ...change })).toMatchObject({ code: 'FORBIDDEN' });
      }
    }
    expect(await update(keyOf(acme.ceo), { issueId: writers.id, assigneeId: acme.engineer.id })).toMatchObject({ assignee: { id: acme.engineer.id } });
    const filed = (await boardroom.ask(keyOf(acme.engineer), `mutation { createIssue(input: { companyId: "${acme.id}", title: "x", assigneeId: "${acme.ceo.id}" }) { id } }`)).createIssue.id;
    expect(await update(keyOf(acme.engineer), { issueId: filed, status: 'CANCELLED' })).toMatchObject({ status: 'CANCELLED' });
  });

  test('naming a person takes it from the agent, and the other way round', async () => {
    const issue = await acme.issue({ assigneeId: acme.writer.id });
    expect(await update(BOARD, { issueId: issue.id, assigneeUserId: LOCAL_BOARD_USER })).toMatchObject({ assignee: null, assigneeUser: { id: LOCAL_BOARD_USER } });
    expect(await update(BOARD, { issueId: issue.id, assigneeId: acme.writer.id })).toMatchObject({ assignee: { id: acme.writer.id }, assigneeUser: null });
  });
});
