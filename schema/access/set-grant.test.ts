import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AgentPermission } from '../../prisma/generated/enums.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { updateIssue } from '../issue/commands/update-issue.ts';
import { createProject } from '../project/commands.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { keyOf } from '../testing/runs.ts';
import { setGrant, type SetGrant } from './commands/set-grant.ts';
import { isGranted } from './grants.ts';
import type { Principal } from './principal.ts';
import { Refusal } from '../shared/refusal.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const SET = `mutation ($input: SetGrantInput!) { setGrant(input: $input) {
  id permissions grants { nodes { id permission scope { projects { name } agents { name } managedSubtree } grantedBy { __typename ... on User { name } } createdAt } }
} }`;
const set = async (input: object) => (await boardroom.ask(BOARD, SET, { input })).setGrant;
const refusal = async (input: object) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(BOARD, SET, { input });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};
const has = (by: Principal, permission: Parameters<typeof isGranted>[2]) => write(boardroom.db, (tx) => isGranted(tx, by, permission));
const unscoped = Object.values(AgentPermission).filter((each) => each !== 'TASKS_ASSIGN_SCOPE') as Parameters<typeof isGranted>[2][];

test.each(unscoped)('%s is given, is there, and is taken away', async (permission) => {
  const agent = await acme.agent();
  expect(await has(keyOf(agent), permission)).toBe(false);
  const given = await set({ agentId: agent.id, permission, granted: true });
  expect(given).toMatchObject({ id: agent.id, permissions: [permission], grants: { nodes: [{ permission, scope: null, grantedBy: { __typename: 'User', name: 'Board' } }] } });
  expect(await has(keyOf(agent), permission)).toBe(true);
  const node = await boardroom.ask(keyOf(acme.writer), `{ node(id: "${given.grants.nodes[0].id}") { ... on AgentGrant { permission agent { id } } } }`);
  expect(node).toEqual({ node: { permission, agent: { id: agent.id } } });

  const before = await dump(boardroom.db);
  expect(await set({ agentId: agent.id, permission, granted: true })).toEqual(given);
  expect(changes(before, await dump(boardroom.db))).toEqual([]);

  expect(await set({ agentId: agent.id, permission, granted: false })).toMatchObject({ permissions: [], grants: { nodes: [] } });
  expect(await has(keyOf(agent), permission)).toBe(false);
  const after = await dump(boardroom.db);
  await set({ agentId: agent.id, permission, granted: false });
  expect(changes(after, await dump(boardroom.db))).toEqual([]);
  expect(await boardroom.db.prisma.activity.findMany({ where: { agentId: agent.id, action: { startsWith: 'agentGrant.' } }, orderBy: { seq: 'asc' }, select: { action: true, details: true } }))
    // The grant is gone then: the log says itself whose it was.
    .toEqual([{ action: 'agentGrant.set', details: { permission, name: agent.name } }, { action: 'agentGrant.removed', details: { permission, name: agent.name } }]);
});

test('a CEO may hire and assign by its role, which no grant takes away; a new role does', async () => {
  const ceo = await acme.agent({ role: 'CEO' });
  expect(await Promise.all(unscoped.map((permission) => has(keyOf(ceo), permission)))).toEqual(unscoped.map((permission) => ['AGENTS_CREATE', 'TASKS_ASSIGN'].includes(permission)));
  expect((await boardroom.ask(BOARD, `{ agent(id: "${ceo.id}") { permissions } }`)).agent.permissions).toEqual(['AGENTS_CREATE', 'TASKS_ASSIGN']);
  for (const permission of ['AGENTS_CREATE', 'TASKS_ASSIGN']) expect(await refusal({ agentId: ceo.id, permission, granted: false })).toMatchObject({ code: 'RULE_VIOLATION', field: 'permission', details: { role: 'CEO' } });
  await boardroom.db.prisma.agent.update({ where: { id: ceo.id }, data: { role: 'CTO' } });
  expect(await has(keyOf(ceo), 'AGENTS_CREATE')).toBe(false);
  expect(await has(BOARD, 'AGENTS_CREATE')).toBe(true);
});

describe('a scope', () => {
  const scoped = { permission: 'TASKS_ASSIGN_SCOPE', granted: true };

  test('says what it covers, each thing once, and may be changed', async () => {
    const agent = await acme.agent();
    const project = await write(boardroom.db, (tx) => createProject(tx, BOARD, { companyId: acme.id, name: 'Acme rocket' }));
    const given = await set({ ...scoped, agentId: agent.id, scope: { projectIds: [project.id, project.id], agentIds: [acme.writer.id] } });
    expect(given).toMatchObject({ permissions: ['TASKS_ASSIGN_SCOPE'], grants: { nodes: [{ scope: { projects: [{ name: 'Acme rocket' }], agents: [{ name: 'Acme writer' }], managedSubtree: false } }] } });
    const before = await dump(boardroom.db);
    await set({ ...scoped, agentId: agent.id, scope: { agentIds: [acme.writer.id], projectIds: [project.id] } });
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
    const changed = await set({ ...scoped, agentId: agent.id, scope: { managedSubtree: true } });
    expect(changed.grants.nodes).toMatchObject([{ id: given.grants.nodes[0].id, scope: { projects: null, agents: null, managedSubtree: true } }]);
  });

  test('must say something, of this company, and no more than may be', async () => {
    const agentId = acme.engineer.id;
    const other = await smallCompany(boardroom, 'Other');
    for (const scope of [undefined, {}, { managedSubtree: false }]) expect(await refusal({ ...scoped, agentId, scope })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'scope' });
    expect(await refusal({ ...scoped, agentId, scope: { projectIds: [] } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'scope.projectIds' });
    expect(await refusal({ ...scoped, agentId, scope: { agentIds: Array.from({ length: 51 }, () => newId()) } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'scope.agentIds' });
    expect(await refusal({ ...scoped, agentId, scope: { agentIds: ['x'] } })).toMatchObject({ code: 'BAD_USER_INPUT' });
    for (const scope of [{ agentIds: [other.writer.id] }, { agentIds: [acme.writer.id, newId()] }, { projectIds: [newId()] }]) expect(await refusal({ ...scoped, agentId, scope })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ agentId, permission: 'TASKS_ASSIGN', granted: true, scope: { managedSubtree: true } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'scope' });
    expect(await refusal({ ...scoped, granted: false, agentId, scope: { managedSubtree: true } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'scope' });
  });
});

test('a terminated agent gets none, and may lose what it had', async () => {
  const agent = await acme.agent();
  await set({ agentId: agent.id, permission: 'TASKS_ASSIGN', granted: true });
  await boardroom.db.prisma.agent.update({ where: { id: agent.id }, data: { status: 'TERMINATED' } });
  expect(await refusal({ agentId: agent.id, permission: 'AGENTS_CREATE', granted: true })).toMatchObject({ code: 'RULE_VIOLATION' });
  expect(await set({ agentId: agent.id, permission: 'TASKS_ASSIGN', granted: false })).toMatchObject({ permissions: [] });
});

test('an agent gives itself nothing, also past the table', async () => {
  const input: SetGrant = { agentId: acme.ceo.id, permission: 'AGENTS_CONFIGURE', granted: true };
  for (const by of [keyOf(acme.ceo), keyOf(acme.engineer)]) await expect(write(boardroom.db, (tx) => setGrant(tx, by, input))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('twenty at once give one grant, with one trace', async () => {
  const agent = await acme.agent();
  await Promise.all(Array.from({ length: 20 }, () => set({ agentId: agent.id, permission: 'TASKS_ASSIGN', granted: true })));
  expect(await boardroom.db.prisma.agentGrant.count({ where: { agentId: agent.id } })).toBe(1);
  expect(await boardroom.db.prisma.activity.count({ where: { agentId: agent.id, action: 'agentGrant.set' } })).toBe(1);
});

test('what is asked while a grant is taken away is before it or after it: nothing is done without one', async () => {
  for (let round = 0; round < 15; round += 1) {
    const agent = await acme.agent();
    await set({ agentId: agent.id, permission: 'TASKS_ASSIGN', granted: true });
    const issue = await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
    const gone = write(boardroom.db, (tx) => setGrant(tx, BOARD, { agentId: agent.id, permission: 'TASKS_ASSIGN', granted: false }));
    const tried = write(boardroom.db, (tx) => updateIssue(tx, keyOf(agent), { issueId: issue.id, assigneeId: acme.writer.id })).catch((error: unknown) => error);
    await gone;
    const outcome = await tried;
    const [removed] = await boardroom.db.prisma.activity.findMany({ where: { agentId: agent.id, action: 'agentGrant.removed' } });
    const [moved] = await boardroom.db.prisma.activity.findMany({ where: { entityId: issue.id, action: 'issue.updated' } });
    const now = await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } });
    expect(removed).toBeDefined();
    if (outcome instanceof Refusal) expect([outcome.code, now.assigneeId, moved]).toEqual(['FORBIDDEN', acme.engineer.id, undefined]);
    else expect([now.assigneeId, moved?.actorId]).toEqual([acme.writer.id, agent.id]);
    expect(await boardroom.refusal(keyOf(agent), `mutation { updateIssue(input: { issueId: "${issue.id}", assigneeId: "${acme.ceo.id}" }) { __typename } }`)).toMatchObject({ code: 'FORBIDDEN' });
  }
});
