import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../prisma/id.ts';
import { LOCAL_BOARD_USER, type Principal } from '../../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany, type SmallCompany } from '../../testing/company.ts';
import { changes, dump } from '../../testing/dump.ts';
import { keyOf } from '../../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let rows: Furnished;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  rows = await furnish(boardroom, acme);
});
afterAll(() => boardroom.close());

const CREATE = `mutation ($input: CreateIssueInput!) { createIssue(input: $input) {
  id number identifier title status priority requestDepth billingCode startedAt createdBy { __typename ... on Agent { name } }
  project { id } goal { id } parent { id } assignee { id } labels { name } blockedBy { id } allowedStatuses nextStep { text }
} }`;
const create = async (input: object, by: Principal = BOARD) => (await boardroom.ask(by, CREATE, { input: { companyId: acme.id, title: 'x', ...input } })).createIssue;
const refusal = async (input: object, by: Principal = BOARD) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(by, CREATE, { input: { companyId: acme.id, title: 'x', ...input } });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};

describe('status when absent', () => {
  test('nobody assigned: parked, and nobody is woken', async () => {
    expect(await create({})).toMatchObject({ status: 'BACKLOG', priority: 'MEDIUM', requestDepth: 0, createdBy: { __typename: 'User' }, nextStep: { text: 'Nobody is assigned.' } });
  });

  test('an agent assigned: todo, and it is woken', async () => {
    const agent = await acme.agent();
    const issue = await create({ assigneeId: agent.id });
    expect(issue).toMatchObject({ status: 'TODO', nextStep: { text: 'Acme agent starts as soon as a worker is free.' } });
    expect(await boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id } })).toMatchObject([{ status: 'QUEUED', reason: 'issue_assigned', source: 'ASSIGNMENT' }]);
  });

  test('a person assigned: todo, and nothing is run', async () => {
    const issue = await create({ assigneeUserId: LOCAL_BOARD_USER });
    expect(issue).toMatchObject({ status: 'TODO', nextStep: { text: 'Board has it.' } });
    expect(await boardroom.db.prisma.wakeup.count({ where: { issueId: issue.id } })).toBe(0);
  });
});

test('assigned but parked: nobody is woken', async () => {
  const issue = await create({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
  expect(issue).toMatchObject({ status: 'BACKLOG', allowedStatuses: ['TODO', 'CANCELLED'] });
  expect(await boardroom.db.prisma.wakeup.count({ where: { issueId: issue.id } })).toBe(0);
});

test('begun work has a start', async () => expect(await create({ assigneeId: acme.engineer.id, status: 'IN_PROGRESS' })).toMatchObject({ status: 'IN_PROGRESS', startedAt: expect.any(String) }));

test.each([
  ['DONE', 'status'], ['CANCELLED', 'status'], ['IN_REVIEW', 'status'], ['IN_PROGRESS', 'status'],
])('a new issue of nobody is not %s', async (status, field) => expect(await refusal({ status })).toMatchObject({ code: 'BAD_USER_INPUT', field }));

test('project, goal and billing code come from the parent unless given', async () => {
  const parent = await create({ projectId: rows.project.id, goalId: rows.goal.id, billingCode: 'B-1' });
  expect(await create({ parentId: parent.id })).toMatchObject({ parent: { id: parent.id }, project: { id: rows.project.id }, goal: { id: rows.goal.id }, billingCode: 'B-1', requestDepth: 1 });
  expect(await create({ parentId: parent.id, billingCode: 'B-2' })).toMatchObject({ billingCode: 'B-2' });
});

test('labels and blockers come with it; blocked work wakes nobody', async () => {
  const issue = await create({ labelIds: [rows.label.id, rows.label.id], blockedByIds: [rows.blocker.id], assigneeId: acme.engineer.id });
  expect(issue).toMatchObject({ labels: [{ name: 'Acme label' }], blockedBy: [{ id: rows.blocker.id }], nextStep: { text: expect.stringMatching(/^Stalled: waits for ACME-\d+, which is assigned to nobody\.$/) } });
  expect(await boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id } })).toMatchObject([{ status: 'SKIPPED', skipReason: 'issue_blocked' }]);
});

test.each([
  ['parent', () => ({ parentId: newId() })], ['project', () => ({ projectId: newId() })], ['goal', () => ({ goalId: newId() })], ['assignee', () => ({ assigneeId: newId() })],
  ['user', () => ({ assigneeUserId: newId() })], ['label', () => ({ labelIds: [rows.label.id, newId()] })], ['blocker', () => ({ blockedByIds: [newId()] })], ['company', () => ({ companyId: newId() })],
])('an unknown %s is not found', async (_what, input) => expect(await refusal(input())).toMatchObject({ code: 'NOT_FOUND' }));

test('too many blockers', async () => expect(await refusal({ blockedByIds: Array.from({ length: 101 }, newId) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'blockedByIds' }));

test('one assignee', async () => {
  expect(await refusal({ assigneeId: acme.engineer.id, assigneeUserId: LOCAL_BOARD_USER })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'assigneeUserId' });
});

test('an agent files issues in its own name, for whom it may give work to', async () => {
  expect(await create({ assigneeId: acme.engineer.id }, keyOf(acme.ceo))).toMatchObject({ createdBy: { __typename: 'Agent', name: 'Acme CEO' } });
  expect(await create({ assigneeId: acme.ceo.id }, keyOf(acme.engineer))).toMatchObject({ assignee: { id: acme.ceo.id } });
  expect(await refusal({ assigneeId: acme.writer.id }, keyOf(acme.engineer))).toMatchObject({ code: 'FORBIDDEN', field: 'assigneeId' });
});

test('an archived company takes nothing in', async () => {
  const closed = await smallCompany(boardroom, 'Closed');
  await boardroom.ask(BOARD, `mutation { archiveCompany(input: { companyId: "${closed.id}" }) { id } }`);
  expect(await refusal({ companyId: closed.id })).toMatchObject({ code: 'RULE_VIOLATION', message: 'the company is archived' });
});

test('texts of any language are kept as they are', async () => {
  const title = 'Grüße 👩‍👩‍👧 \u202eabc "\'; DROP TABLE issue; --';
  expect(await create({ title, description: `${'👍'.repeat(49_999)}x` })).toMatchObject({ title });
});

test('it is found by its identifier, whatever the case, and by its id', async () => {
  const issue = await create({});
  for (const ref of [issue.identifier, issue.identifier.toLowerCase(), issue.id]) {
    expect(await boardroom.ask(BOARD, `{ issue(ref: "${ref}") { id } }`)).toEqual({ issue: { id: issue.id } });
  }
});
