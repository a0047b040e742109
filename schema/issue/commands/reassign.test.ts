import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Agent, Project } from '../../../prisma/generated/client.ts';
import { write } from '../../../prisma/transaction.ts';
import { setGrant, type ScopeInput } from '../../access/commands/set-grant.ts';
import { LOCAL_BOARD_USER, type Principal } from '../../access/principal.ts';
import { createProject } from '../../project/commands.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { changes, dump } from '../../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../../testing/runs.ts';

/*
 * Acme's CEO manages an engineer and a writer; the engineer manages two. Who may change who has an issue, and who may file one for
 * whom.
 */
let boardroom: TestBoardroom;
let acme: SmallCompany;
let junior: Agent;
let trainee: Agent;
let rocket: Project;
let kitchen: Project;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  junior = await acme.agent({ name: 'Acme junior', managerId: acme.engineer.id });
  trainee = await acme.agent({ name: 'Acme trainee', managerId: junior.id });
  rocket = await write(boardroom.db, (tx) => createProject(tx, BOARD, { companyId: acme.id, name: 'Acme rocket' }));
  kitchen = await write(boardroom.db, (tx) => createProject(tx, BOARD, { companyId: acme.id, name: 'Acme kitchen' }));
});
afterAll(() => boardroom.close());

const UPDATE = 'mutation ($input: UpdateIssueInput!) { updateIssue(input: $input) { __typename ... on Issue { status assignee { id } assigneeUser { id } } } }';
const update = async (by: Principal, input: object) => (await boardroom.ask(by, UPDATE, { input })).updateIssue;
const CREATE = 'mutation ($input: CreateIssueInput!) { createIssue(input: $input) { id assignee { id } } }';
const file = async (by: Principal, input: object): Promise<{ id: string }> => (await boardroom.ask(by, CREATE, { input: { companyId: acme.id, title: 'Acme filed', ...input } })).createIssue;
const parked = (fields: object) => acme.issue({ status: 'BACKLOG', ...fields });
async function refused(by: Principal, input: object, source = UPDATE) {
  const before = await dump(boardroom.db);
  const refusal = await boardroom.refusal(by, source, { input });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refusal;
}
const NOT_YOURS = { code: 'FORBIDDEN', field: 'assigneeId', details: undefined };

/** A new agent beside the engineer, with a scope. */
async function scoped(scope: ScopeInput, managerId = acme.ceo.id): Promise<Agent> {
  const agent = await acme.agent({ managerId });
  await write(boardroom.db, (tx) => setGrant(tx, BOARD, { agentId: agent.id, permission: 'TASKS_ASSIGN_SCOPE', granted: true, scope }));
  return agent;
}

describe('without a grant', () => {
  test('an agent gives its own work up: to nobody, to its manager, back to the agent or the person that filed it', async () => {
    const mine = (fields: object = {}) => parked({ assigneeId: acme.engineer.id, ...fields });
    const by = keyOf(acme.engineer);
    expect(await update(by, { issueId: (await mine()).id, assigneeId: null })).toMatchObject({ assignee: null, assigneeUser: null });
    expect(await update(by, { issueId: (await mine()).id, assigneeId: acme.ceo.id })).toMatchObject({ assignee: { id: acme.ceo.id } });
    expect(await update(by, { issueId: (await mine()).id, assigneeUserId: LOCAL_BOARD_USER })).toMatchObject({ assignee: null, assigneeUser: { id: LOCAL_BOARD_USER } });
    const filed = await file(keyOf(junior), { assigneeId: acme.engineer.id, status: 'BACKLOG' });
    expect(await update(by, { issueId: filed.id, assigneeId: junior.id })).toMatchObject({ assignee: { id: junior.id } });
  });

  test('and to nobody else: not down, not aside, not to a person who did not file it', async () => {
    const issue = await parked({ assigneeId: acme.engineer.id });
    for (const assigneeId of [junior.id, trainee.id, acme.writer.id]) expect(await refused(keyOf(acme.engineer), { issueId: issue.id, assigneeId })).toMatchObject(NOT_YOURS);
    const filed = await file(keyOf(junior), { assigneeId: acme.engineer.id, status: 'BACKLOG' });
    expect(await refused(keyOf(acme.engineer), { issueId: filed.id, assigneeUserId: LOCAL_BOARD_USER })).toMatchObject(NOT_YOURS);
  });

  test('it takes what nobody has, and nothing else, not from its reports either, nor what it filed', async () => {
    const by = keyOf(acme.engineer);
    expect(await update(by, { issueId: (await parked({})).id, assigneeId: acme.engineer.id })).toMatchObject({ assignee: { id: acme.engineer.id } });
    const filed = await file(by, { assigneeId: acme.ceo.id, status: 'BACKLOG' });
    const others = [await parked({ assigneeId: acme.writer.id }), await parked({ assigneeId: junior.id }), await parked({ assigneeUserId: LOCAL_BOARD_USER }), filed];
    for (const { id } of others) for (const to of [{ assigneeId: acme.engineer.id }, { assigneeId: null, assigneeUserId: null }]) expect(await refused(by, { issueId: id, ...to })).toMatchObject(NOT_YOURS);
    const nobodys = await parked({});
    for (const to of [{ assigneeId: junior.id }, { assigneeUserId: LOCAL_BOARD_USER }]) expect(await refused(by, { issueId: nobodys.id, ...to })).toMatchObject(NOT_YOURS);
  });

  test('naming who has it already asks for nothing', async () => {
    const issue = await parked({ assigneeId: acme.writer.id });
    expect(await update(keyOf(acme.engineer), { issueId: issue.id, assigneeId: acme.writer.id, title: 'Acme again' })).toMatchObject({ assignee: { id: acme.writer.id } });
  });

  test('it files for itself, those below it and its manager', async () => {
    const by = keyOf(acme.engineer);
    for (const { id } of [acme.engineer, junior, trainee, acme.ceo]) expect(await file(by, { assigneeId: id })).toMatchObject({ assignee: { id } });
    expect(await refused(by, { companyId: acme.id, title: 'x', assigneeId: acme.writer.id }, CREATE)).toMatchObject(NOT_YOURS);
  });
});

test('the CEO by its role, and others by TASKS_ASSIGN, give any issue to anybody', async () => {
  const agent = await acme.agent({ managerId: acme.writer.id });
  await write(boardroom.db, (tx) => setGrant(tx, BOARD, { agentId: agent.id, permission: 'TASKS_ASSIGN', granted: true }));
  for (const by of [keyOf(acme.ceo), keyOf(agent)]) {
    const issue = await parked({ assigneeId: acme.engineer.id });
    for (const to of [{ assigneeId: acme.writer.id }, { assigneeId: trainee.id }, { assigneeUserId: LOCAL_BOARD_USER }, { assigneeId: junior.id }, { assigneeId: null }]) {
      await update(by, { issueId: issue.id, ...to });
      expect(await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } })).toMatchObject({ assigneeId: null, assigneeUserId: null, ...to });
    }
    expect(await file(by, { assigneeId: trainee.id })).toMatchObject({ assignee: { id: trainee.id } });
    await boardroom.db.prisma.agent.update({ where: { id: trainee.id }, data: { status: 'TERMINATED' } });
    expect(await refused(by, { issueId: issue.id, assigneeId: trainee.id })).toMatchObject({ code: 'RULE_VIOLATION' });
    await boardroom.db.prisma.agent.update({ where: { id: trainee.id }, data: { status: 'IDLE' } });
  }
});

describe('within a scope', () => {
  test('of projects: issues that are in them, and not ones that are moved there on the way', async () => {
    const by = keyOf(await scoped({ projectIds: [rocket.id] }));
    const inside = await parked({ projectId: rocket.id, assigneeId: acme.engineer.id });
    expect(await update(by, { issueId: inside.id, assigneeId: acme.writer.id })).toMatchObject({ assignee: { id: acme.writer.id } });
    expect(await refused(by, { issueId: inside.id, assigneeId: acme.engineer.id, projectId: kitchen.id })).toMatchObject(NOT_YOURS);
    for (const projectId of [kitchen.id, null]) {
      const outside = await parked({ projectId, assigneeId: acme.engineer.id });
      expect(await refused(by, { issueId: outside.id, assigneeId: acme.writer.id })).toMatchObject(NOT_YOURS);
      expect(await refused(by, { issueId: outside.id, assigneeId: acme.writer.id, projectId: rocket.id })).toMatchObject(NOT_YOURS);
      expect(await refused(by, { issueId: outside.id, projectId: rocket.id })).toMatchObject({ code: 'FORBIDDEN', field: 'projectId' }); // nor in two steps
    }
    expect(await file(by, { projectId: rocket.id, assigneeId: acme.writer.id })).toMatchObject({ assignee: { id: acme.writer.id } });
    expect(await file(by, { parentId: inside.id, assigneeId: acme.writer.id })).toMatchObject({ assignee: { id: acme.writer.id } }); // the project of its parent
    expect(await refused(by, { companyId: acme.id, title: 'x', projectId: kitchen.id, assigneeId: acme.writer.id }, CREATE)).toMatchObject(NOT_YOURS);
  });

  test('of agents: from and to them, and not from or to people', async () => {
    const agent = await scoped({ agentIds: [acme.engineer.id, acme.writer.id] });
    const by = keyOf(agent);
    const issue = await parked({ assigneeId: acme.engineer.id });
    for (const assigneeId of [acme.writer.id, agent.id, acme.engineer.id, null, acme.writer.id]) expect(await update(by, { issueId: issue.id, assigneeId })).toMatchObject({ assignee: assigneeId && { id: assigneeId } });
    for (const to of [{ assigneeId: junior.id }, { assigneeUserId: LOCAL_BOARD_USER }]) expect(await refused(by, { issueId: issue.id, ...to })).toMatchObject(NOT_YOURS);
    for (const from of [{ assigneeId: junior.id }, { assigneeUserId: LOCAL_BOARD_USER }]) expect(await refused(by, { issueId: (await parked(from)).id, assigneeId: acme.writer.id, assigneeUserId: null })).toMatchObject(NOT_YOURS);
  });

  test('of those below: as they are when it asks', async () => {
    const lead = await scoped({ managedSubtree: true });
    const below = await acme.agent({ managerId: lead.id });
    const deeper = await acme.agent({ managerId: below.id });
    const issue = await parked({ assigneeId: below.id });
    for (const { id } of [deeper, lead, below]) expect(await update(keyOf(lead), { issueId: issue.id, assigneeId: id })).toMatchObject({ assignee: { id } });
    expect(await refused(keyOf(lead), { issueId: issue.id, assigneeId: acme.writer.id })).toMatchObject(NOT_YOURS);
    await boardroom.db.prisma.agent.update({ where: { id: below.id }, data: { managerId: acme.ceo.id } });
    expect(await refused(keyOf(lead), { issueId: issue.id, assigneeId: lead.id })).toMatchObject(NOT_YOURS);
  });

  test('all that is named must match, and a refusal does not tell what was', async () => {
    const lead = await scoped({ projectIds: [rocket.id], agentIds: [acme.writer.id], managedSubtree: true });
    const below = await acme.agent({ managerId: lead.id });
    await write(boardroom.db, (tx) => setGrant(tx, BOARD, { agentId: lead.id, permission: 'TASKS_ASSIGN_SCOPE', granted: true, scope: { projectIds: [rocket.id], agentIds: [acme.writer.id, below.id], managedSubtree: true } }));
    const inside = await parked({ projectId: rocket.id });
    const outside = await parked({ projectId: kitchen.id });
    expect(await update(keyOf(lead), { issueId: inside.id, assigneeId: below.id })).toMatchObject({ assignee: { id: below.id } });
    const other = await parked({ projectId: rocket.id });
    const answers = [
      await refused(keyOf(lead), { issueId: other.id, assigneeId: acme.writer.id }), // not below
      await refused(keyOf(lead), { issueId: outside.id, assigneeId: below.id }), // another project
      await refused(keyOf(acme.engineer), { issueId: other.id, assigneeId: acme.writer.id }), // no scope at all
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});

describe('what a run has checked out', () => {
  const held = async (agent: Agent) => {
    const issue = await acme.issue();
    const run = await insertRun(boardroom.db, agent, { issueId: issue.id });
    await boardroom.ask(tokenOf(run), `mutation { checkoutIssue(input: { issueId: "${issue.id}" }) { __typename } }`);
    return { issue, run };
  };

  test('is changed by colleagues with TASKS_MANAGE_ACTIVE_CHECKOUTS, and not by another run of the same agent', async () => {
    const { issue, run } = await held(acme.engineer);
    const agent = await acme.agent();
    expect(await update(keyOf(agent), { issueId: issue.id, title: 'Acme other' })).toMatchObject({ __typename: 'IssueHeld' });
    for (const { id } of [agent, acme.engineer]) await write(boardroom.db, (tx) => setGrant(tx, BOARD, { agentId: id, permission: 'TASKS_MANAGE_ACTIVE_CHECKOUTS', granted: true }));
    expect(await update(keyOf(agent), { issueId: issue.id, title: 'Acme other' })).toMatchObject({ __typename: 'Issue' });
    expect(await update(tokenOf(await insertRun(boardroom.db, acme.engineer)), { issueId: issue.id, title: 'Acme third' })).toMatchObject({ __typename: 'IssueHeld' });
    expect(await refused(keyOf(agent), { issueId: issue.id, assigneeId: agent.id })).toMatchObject(NOT_YOURS); // another grant
    expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ status: 'RUNNING', cancelRequestedAt: null });
  });

  test('and given to another: the run on it is asked to end, and the new owner waits for that', async () => {
    const { issue, run } = await held(acme.engineer);
    const agent = await acme.agent();
    for (const permission of ['TASKS_MANAGE_ACTIVE_CHECKOUTS', 'TASKS_ASSIGN'] as const) await write(boardroom.db, (tx) => setGrant(tx, BOARD, { agentId: agent.id, permission, granted: true }));
    expect(await update(keyOf(agent), { issueId: issue.id, assigneeId: acme.writer.id })).toMatchObject({ assignee: { id: acme.writer.id } });
    expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ cancelReason: 'issue reassigned' });
    expect(await boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id, agentId: acme.writer.id } })).toMatchObject([{ status: 'DEFERRED', reason: 'issue_assigned' }]);
  });
});
