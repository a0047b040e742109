import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const FIELDS = 'id name description status color goal { id } lead { id } targetDate archivedAt issueCounts { total open done }';
const CREATE = `mutation ($input: CreateProjectInput!) { result: createProject(input: $input) { ${FIELDS} } }`;
const UPDATE = `mutation ($input: UpdateProjectInput!) { result: updateProject(input: $input) { ${FIELDS} } }`;
const create = async (input: object = {}) => (await boardroom.ask(BOARD, CREATE, { input: { companyId: acme.id, name: 'Rocket', ...input } })).result;
const update = async (input: object) => (await boardroom.ask(BOARD, UPDATE, { input })).result;

test('a project has a colour even when nobody chose', async () => {
  expect(await create()).toMatchObject({ status: 'BACKLOG', color: expect.stringMatching(/^#[0-9a-f]{6}$/), goal: null, lead: null, targetDate: null, archivedAt: null });
  expect(await create({ color: '#ABCDEF', targetDate: '2026-12-31', leadId: acme.ceo.id })).toMatchObject({ color: '#abcdef', targetDate: '2026-12-31', lead: { id: acme.ceo.id } });
  expect(await boardroom.refusal(BOARD, CREATE, { input: { companyId: acme.id, name: 'x', color: 'blue' } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'color' });
});

test('absent stays, null empties', async () => {
  const project = await create({ description: 'd', leadId: acme.ceo.id, targetDate: '2026-12-31' });
  expect(await update({ projectId: project.id, name: 'Moon', status: 'IN_PROGRESS' })).toMatchObject({ name: 'Moon', status: 'IN_PROGRESS', description: 'd', lead: { id: acme.ceo.id }, targetDate: '2026-12-31' });
  expect(await update({ projectId: project.id, description: null, leadId: null, targetDate: null })).toMatchObject({ description: null, lead: null, targetDate: null, color: project.color });
});

test('put away it is not listed unless asked for, and comes back', async () => {
  const project = await create();
  const listed = async (filter: string) => (await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { projects(first: 100 ${filter}) { nodes { id } } } }`)).company.projects.nodes.some((each: { id: string }) => each.id === project.id);
  const { archivedAt } = await update({ projectId: project.id, archived: true });
  expect((await update({ projectId: project.id, archived: true })).archivedAt).toBe(archivedAt);
  expect([await listed(''), await listed(', filter: { includeArchived: true }')]).toEqual([false, true]);
  expect(await update({ projectId: project.id, archived: false })).toMatchObject({ archivedAt: null });
  expect(await listed('')).toBe(true);
});

test('its issues are counted', async () => {
  const project = await create();
  for (const status of ['TODO', 'BACKLOG'] as const) await acme.issue({ projectId: project.id, status });
  const done = await acme.issue({ projectId: project.id });
  await boardroom.db.prisma.issue.update({ where: { id: done.id }, data: { status: 'DONE' } });
  expect((await boardroom.ask(BOARD, `{ project(id: "${project.id}") { issueCounts { total open todo backlog done } issues { totalCount } } }`)).project).toEqual({
    issueCounts: { total: 3, open: 2, todo: 1, backlog: 1, done: 1 }, issues: { totalCount: 3 },
  });
});

test('unknown goals, leads and projects are not found', async () => {
  for (const input of [{ goalId: newId() }, { leadId: newId() }]) expect(await boardroom.refusal(BOARD, CREATE, { input: { companyId: acme.id, name: 'x', ...input } })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await boardroom.refusal(BOARD, UPDATE, { input: { projectId: newId() } })).toMatchObject({ code: 'NOT_FOUND' });
});
