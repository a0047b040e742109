import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Agent, Issue } from '../../../prisma/generated/client.ts';
import type { IssueStatus } from '../../../prisma/generated/enums.ts';
import type { Principal } from '../../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { changes, dump } from '../../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../../testing/runs.ts';
import { CHECKOUT_FROM, ISSUE_STATUSES } from '../rules.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const CHECKOUT = `mutation ($input: CheckoutIssueInput!) { checkoutIssue(input: $input) {
  __typename
  ... on Issue { id status startedAt assignee { id } holder { id } }
  ... on IssueHeld { message status holder { id } assignee { name } assigneeUser { name } issue { id } }
  ... on IssueBlocked { message blockers { id } }
  ... on IssueNotReady { message status }
} }`;
const checkout = async (by: Principal, input: object) => (await boardroom.ask(by, CHECKOUT, { input })).checkoutIssue;
const refusal = (by: Principal, input: object) => boardroom.refusal(by, CHECKOUT, { input });

const running = async (agent: Agent, issue?: Issue) => insertRun(boardroom.db, agent, { issueId: issue?.id ?? null });
const put = (issue: Issue, data: object) => boardroom.db.prisma.issue.update({ where: { id: issue.id }, data });
const rowOf = (issue: Issue) => boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } });

describe('a free issue', () => {
  test.each(CHECKOUT_FROM)('from %s it is put in progress, held by the run and assigned to its agent', async (status) => {
    const issue = await put(await acme.issue(), { status });
    const run = await running(acme.engineer);
    expect(await checkout(tokenOf(run), { issueId: issue.id })).toMatchObject({
      __typename: 'Issue', status: 'IN_PROGRESS', holder: { id: run.id }, assignee: { id: acme.engineer.id }, startedAt: expect.any(String),
    });
  });

  test.each(['DONE', 'CANCELLED'] as const)('%s work is not ready, and stays as it is', async (status) => {
    const issue = await put(await acme.issue(), { status });
    const before = await dump(boardroom.db);
    const run = await running(acme.engineer);
    expect(await checkout(tokenOf(run), { issueId: issue.id })).toMatchObject({ __typename: 'IssueNotReady', status, message: `it is ${status}` });
    expect(changes(before, await dump(boardroom.db))).toEqual(['run']);
  });

  test('asking again for the same run changes nothing', async () => {
    const issue = await acme.issue();
    const by = tokenOf(await running(acme.engineer));
    await checkout(by, { issueId: issue.id });
    const before = await dump(boardroom.db);
    expect(await checkout(by, { issueId: issue.id })).toMatchObject({ __typename: 'Issue', status: 'IN_PROGRESS' });
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });

  test('the first start is remembered', async () => {
    const issue = await put(await acme.issue(), { status: 'IN_REVIEW', startedAt: new Date('2026-01-01T00:00:00Z') });
    const run = await running(acme.engineer);
    expect(await checkout(tokenOf(run), { issueId: issue.id })).toMatchObject({ startedAt: '2026-01-01T00:00:00.000Z' });
  });
});

describe('somebody else’s issue', () => {
  test('held by another run: its holder and agent are named', async () => {
    const issue = await acme.issue();
    const holder = await running(acme.writer);
    await checkout(tokenOf(holder), { issueId: issue.id });
    const before = await dump(boardroom.db);
    const rival = tokenOf(await running(acme.engineer));
    expect(await checkout(rival, { issueId: issue.id })).toEqual({
      __typename: 'IssueHeld', message: 'another run has it checked out', status: 'IN_PROGRESS', holder: { id: holder.id }, assignee: { name: 'Acme writer' }, assigneeUser: null, issue: { id: issue.id },
    });
    expect(changes(before, await dump(boardroom.db))).toEqual(['run']);
  });

  test('held by another run of the same agent', async () => {
    const issue = await acme.issue();
    const holder = await running(acme.engineer);
    await checkout(tokenOf(holder), { issueId: issue.id });
    expect(await checkout(tokenOf(await running(acme.engineer)), { issueId: issue.id })).toMatchObject({ __typename: 'IssueHeld', holder: { id: holder.id } });
  });

  test('assigned to another agent, or to a person', async () => {
    const by = tokenOf(await running(acme.engineer));
    const writers = await acme.issue({ assigneeId: acme.writer.id });
    expect(await checkout(by, { issueId: writers.id })).toMatchObject({ __typename: 'IssueHeld', holder: null, assignee: { name: 'Acme writer' } });
    const persons = await acme.issue({ assigneeUserId: BOARD.kind === 'user' ? BOARD.userId : '' });
    expect(await checkout(by, { issueId: persons.id })).toMatchObject({ __typename: 'IssueHeld', holder: null, assignee: null, assigneeUser: { name: 'Board' } });
  });
});

describe('work in progress without a live run', () => {
  test.each(['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT', 'INTERRUPTED'] as const)('is taken up again by its agent once the run is %s', async (status) => {
    const issue = await acme.issue();
    const first = await running(acme.engineer);
    await checkout(tokenOf(first), { issueId: issue.id });
    await boardroom.db.prisma.run.update({ where: { id: first.id }, data: { status } });
    expect(await checkout(tokenOf(await running(acme.writer)), { issueId: issue.id })).toMatchObject({ __typename: 'IssueHeld', holder: null, assignee: { name: 'Acme engineer' } });
    const next = await running(acme.engineer);
    expect(await checkout(tokenOf(next), { issueId: issue.id })).toMatchObject({ __typename: 'Issue', holder: { id: next.id }, status: 'IN_PROGRESS' });
  });
});

describe('gates', () => {
  test('blockers must be done; a cancelled one still blocks', async () => {
    const [one, two, issue] = [await acme.issue(), await acme.issue(), await acme.issue()];
    await boardroom.db.prisma.issueBlocker.createMany({ data: [one, two].map((blocker) => ({ companyId: acme.id, issueId: issue.id, blockerId: blocker.id })) });
    const by = tokenOf(await running(acme.engineer));
    expect(await checkout(by, { issueId: issue.id })).toEqual({ __typename: 'IssueBlocked', message: 'it waits for 2 blockers', blockers: [{ id: one.id }, { id: two.id }] });
    await put(one, { status: 'DONE' });
    await put(two, { status: 'CANCELLED' });
    expect(await checkout(by, { issueId: issue.id })).toEqual({ __typename: 'IssueBlocked', message: 'it waits for one blocker', blockers: [{ id: two.id }] });
    await put(two, { status: 'DONE' });
    expect(await checkout(by, { issueId: issue.id })).toMatchObject({ __typename: 'Issue' });
  });

  test.each(['PAUSED', 'TERMINATED', 'PENDING_APPROVAL'] as const)('an agent that is %s takes nothing', async (status) => {
    const agent = await acme.agent();
    const run = await running(agent);
    await boardroom.db.prisma.agent.update({ where: { id: agent.id }, data: { status } });
    expect(await checkout(tokenOf(run), { issueId: (await acme.issue()).id })).toMatchObject({ __typename: 'IssueNotReady', message: `the agent is ${status.toLowerCase()}` });
  });

  test.each(ISSUE_STATUSES)('expected %s', async (status) => {
    const by = tokenOf(await running(acme.engineer));
    const [expected, other] = await Promise.all([1, 2].map(async () => put(await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' }), { status })));
    const terminal = status === 'DONE' || status === 'CANCELLED';
    expect((await checkout(by, { issueId: expected?.id, expectedStatuses: [status] })).__typename).toBe(terminal ? 'IssueNotReady' : 'Issue');
    const others = ISSUE_STATUSES.filter((each: IssueStatus) => each !== status);
    expect(await checkout(by, { issueId: other?.id, expectedStatuses: others })).toMatchObject({ __typename: 'IssueNotReady', message: `it is ${status}` });
  });

  test('a run that ended a moment ago takes nothing', async () => {
    const issue = await acme.issue();
    const run = await running(acme.engineer);
    await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { status: 'SUCCEEDED' } });
    expect(await checkout(tokenOf(run), { issueId: issue.id })).toMatchObject({ __typename: 'IssueNotReady', message: 'the run is over' });
    expect(await rowOf(issue)).toMatchObject({ status: 'BACKLOG', holderRunId: null });
  });
});

describe('who asks', () => {
  test('an agent takes for itself, by a run', async () => {
    const issue = await acme.issue();
    expect(await refusal(keyOf(acme.engineer), { issueId: issue.id })).toMatchObject({ code: 'FORBIDDEN' });
    const run = await running(acme.engineer);
    expect(await refusal(tokenOf(run), { issueId: issue.id, agentId: acme.writer.id })).toMatchObject({ code: 'FORBIDDEN', field: 'agentId' });
    expect(await checkout(tokenOf(run), { issueId: issue.id, agentId: acme.engineer.id })).toMatchObject({ __typename: 'Issue' });
  });

  test('the board names an agent, whose run on this issue is preferred', async () => {
    const agent = await acme.agent();
    const issue = await acme.issue();
    expect(await refusal(BOARD, { issueId: issue.id })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'agentId' });
    expect(await checkout(BOARD, { issueId: issue.id, agentId: agent.id })).toMatchObject({ __typename: 'IssueNotReady', message: 'the agent has no running run; wake it first' });
    await running(agent);
    const onIt = await running(agent, issue);
    expect(await checkout(BOARD, { issueId: issue.id, agentId: agent.id })).toMatchObject({ __typename: 'Issue', holder: { id: onIt.id } });
  });
});
