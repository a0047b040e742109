import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { insertAcceptedPlan } from '../plan/testing.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
beforeEach(() => boardroom.db.prisma.company.update({ where: { id: acme.id }, data: { strategyApprovedAt: null } }));
afterAll(() => boardroom.close());

type By = Parameters<TestBoardroom['ask']>[0];
const CREATE = 'mutation ($input: CreateIssueInput!) { result: createIssue(input: $input) { id status } }';
const UPDATE = 'mutation ($input: UpdateIssueInput!) { result: updateIssue(input: $input) { ... on Issue { id status assignee { id } } } }';
const DECOMPOSE = 'mutation ($input: DecomposePlanInput!) { result: decomposePlan(input: $input) { __typename } }';
const HIRE = 'mutation ($input: CreateAgentInput!) { result: createAgent(input: $input) { id } }';
const REQUEST = 'mutation ($input: RequestApprovalInput!) { result: requestApproval(input: $input) { id status } }';
const send = (by: By, source: string, input: object) => boardroom.ask(by, source, { input }).then((data) => data['result']);
const drafts = async (source: string, input: object, by: By = keyOf(acme.ceo)) => {
  const before = await dump(boardroom.db);
  expect(await boardroom.refusal(by, source, { input })).toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('CEO_STRATEGY') });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
};
const WAKE = 'mutation ($input: WakeAgentInput!) { result: wakeAgent(input: $input) { __typename } }';
const BLOCK = 'mutation ($input: SetBlockersInput!) { result: setBlockers(input: $input) { __typename } }';
const agent = { name: 'New', adapterType: 'process', adapterConfig: { command: 'true' } };

describe('before its first approved strategy a CEO', () => {
  test('drafts in BACKLOG, with whom it is for', async () => {
    for (const assigneeId of [null, acme.ceo.id, acme.engineer.id]) expect(await send(keyOf(acme.ceo), CREATE, { companyId: acme.id, title: 'x', status: 'BACKLOG', assigneeId })).toMatchObject({ status: 'BACKLOG' });
    expect(await send(keyOf(acme.ceo), CREATE, { companyId: acme.id, title: 'x' })).toMatchObject({ status: 'BACKLOG' });
    for (const more of [{ status: 'TODO' }, { status: 'BLOCKED' }, { assigneeId: acme.engineer.id }, { assigneeId: acme.ceo.id }, { status: 'IN_PROGRESS', assigneeId: acme.engineer.id }]) await drafts(CREATE, { companyId: acme.id, title: 'x', ...more });
  });

  test('sets no work of others in motion: neither by moving it nor by handing it on', async () => {
    const [theirs, nobodys, its] = [await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' }), await acme.issue(), await acme.issue({ assigneeId: acme.ceo.id, status: 'BACKLOG' })];
    for (const { id } of [theirs, nobodys]) await drafts(UPDATE, { issueId: id, status: 'TODO' });
    expect(await send(keyOf(acme.ceo), UPDATE, { issueId: theirs.id, title: 'Drafted' })).toMatchObject({ status: 'BACKLOG' });
    expect(await send(keyOf(acme.ceo), UPDATE, { issueId: nobodys.id, assigneeId: acme.engineer.id })).toMatchObject({ status: 'BACKLOG', assignee: { id: acme.engineer.id } });
    expect(await send(keyOf(acme.ceo), UPDATE, { issueId: its.id, status: 'TODO' })).toMatchObject({ status: 'TODO' });
    await drafts(UPDATE, { issueId: its.id, assigneeId: acme.engineer.id });
    await drafts(UPDATE, { issueId: theirs.id, status: 'TODO', assigneeId: acme.writer.id });
    expect(await send(keyOf(acme.ceo), UPDATE, { issueId: theirs.id, status: 'CANCELLED' })).toMatchObject({ status: 'CANCELLED' });
  });

  test('wakes itself and nobody else: what is parked goes on when it is asked for', async () => {
    const parked = await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
    await drafts(WAKE, { agentId: acme.engineer.id, issueId: parked.id });
    await drafts(WAKE, { agentId: acme.engineer.id, reason: 'Do it' });
    expect(await send(keyOf(acme.ceo), WAKE, { agentId: acme.ceo.id })).toEqual({ __typename: 'Wakeup' });
    expect(await send(BOARD, WAKE, { agentId: acme.engineer.id, issueId: parked.id })).toEqual({ __typename: 'Wakeup' });
  });

  test('frees no work of others of what blocks it, but its own, and what is parked', async () => {
    const blocker = await acme.issue({ assigneeId: acme.ceo.id, status: 'TODO' });
    const blocked = async (assigneeId: string, status: 'TODO' | 'BACKLOG') => {
      const { id } = await acme.issue({ assigneeId, status });
      await send(BOARD, BLOCK, { issueId: id, blockedByIds: [blocker.id] });
      return id;
    };
    await drafts(BLOCK, { issueId: await blocked(acme.engineer.id, 'TODO'), blockedByIds: [] });
    for (const issueId of [await blocked(acme.ceo.id, 'TODO'), await blocked(acme.engineer.id, 'BACKLOG')]) expect(await send(keyOf(acme.ceo), BLOCK, { issueId, blockedByIds: [] })).toEqual({ __typename: 'Issue' });
  });

  test('decomposes no plan, also one that is accepted', async () => {
    const issue = await acme.issue({ assigneeId: acme.ceo.id, status: 'TODO' });
    const { revisionId } = await insertAcceptedPlan(boardroom.db, issue);
    const run = await insertRun(boardroom.db, acme.ceo, { issueId: issue.id });
    await drafts(DECOMPOSE, { issueId: issue.id, revisionId, children: [{ key: 'one', title: 'x' }] }, tokenOf(run));
  });

  test('hires nobody, and asks for no hire', async () => {
    await drafts(HIRE, { companyId: acme.id, ...agent });
    await drafts(REQUEST, { type: 'HIRE_AGENT', title: 'x', hire: agent });
    expect(await send(keyOf(acme.ceo), REQUEST, { type: 'BOARD_REQUEST', title: 'May I?' })).toMatchObject({ status: 'PENDING' });
  });

  test('others, and the board, are not held up', async () => {
    expect(await send(keyOf(acme.engineer), CREATE, { companyId: acme.id, title: 'x', assigneeId: acme.engineer.id })).toMatchObject({ status: 'TODO' });
    expect(await send(BOARD, CREATE, { companyId: acme.id, title: 'x', assigneeId: acme.ceo.id })).toMatchObject({ status: 'TODO' });
    expect(await send(keyOf(acme.engineer), REQUEST, { type: 'HIRE_AGENT', title: 'x', hire: agent })).toMatchObject({ status: 'PENDING' });
  });
});

test('the first strategy that the board approves opens the gate for good; a later one that it rejects does not shut it', async () => {
  const strategy = async (body: string) => (await send(keyOf(acme.ceo), REQUEST, { type: 'CEO_STRATEGY', title: 'How I lead', body })).id as string;
  const decide = (approvalId: string, decision: string) => boardroom.ask(BOARD, 'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { __typename } }', { input: { approvalId, decision } });
  const since = async () => (await boardroom.db.prisma.company.findUniqueOrThrow({ where: { id: acme.id } })).strategyApprovedAt;
  await decide(await strategy('One'), 'REJECTED');
  expect(await since()).toBeNull();
  await drafts(CREATE, { companyId: acme.id, title: 'x', status: 'TODO' });
  const approved = await strategy('Two');
  await decide(approved, 'APPROVED');
  const first = await since();
  expect(first).toBeInstanceOf(Date);
  expect(await boardroom.db.prisma.activity.findFirst({ where: { action: 'company.strategyApproved', companyId: acme.id } })).toMatchObject({ actorType: 'USER', entityType: 'company', details: { approvalId: approved } });
  expect(await send(keyOf(acme.ceo), CREATE, { companyId: acme.id, title: 'x', assigneeId: acme.engineer.id })).toMatchObject({ status: 'TODO' });
  expect(await send(keyOf(acme.ceo), HIRE, { companyId: acme.id, ...agent })).toMatchObject({ id: expect.any(String) });
  await decide(await strategy('Three'), 'REJECTED');
  await decide(await strategy('Four'), 'APPROVED');
  expect(await since()).toEqual(first);
  expect(await boardroom.db.prisma.activity.count({ where: { action: 'company.strategyApproved', companyId: acme.id } })).toBe(1);
});

test('a new company begins without one', async () => {
  const { createCompany } = await boardroom.ask(BOARD, 'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { strategyApprovedAt hiresNeedApproval } }', { input: { name: `New ${newId()}` } });
  expect(createCompany).toEqual({ strategyApprovedAt: null, hiresNeedApproval: false });
});
