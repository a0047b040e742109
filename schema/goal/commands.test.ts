import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { keyOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const FIELDS = 'id title description level status parent { id } owner { id } children { nodes { id } }';
const CREATE = `mutation ($input: CreateGoalInput!) { result: createGoal(input: $input) { ${FIELDS} } }`;
const UPDATE = `mutation ($input: UpdateGoalInput!) { result: updateGoal(input: $input) { ${FIELDS} } }`;
const create = async (input: object = {}, by = BOARD) => (await boardroom.ask(by, CREATE, { input: { companyId: acme.id, title: 'Grow', ...input } })).result;
const update = async (input: object) => (await boardroom.ask(BOARD, UPDATE, { input })).result;

test('a goal has a level and a status, and agents break it down', async () => {
  const top = await create();
  expect(top).toMatchObject({ level: 'COMPANY', status: 'PLANNED', parent: null, owner: null });
  const part = await create({ parentId: top.id, level: 'TEAM', ownerId: acme.engineer.id, status: 'ACTIVE' }, keyOf(acme.ceo));
  expect(part).toMatchObject({ level: 'TEAM', status: 'ACTIVE', parent: { id: top.id }, owner: { id: acme.engineer.id } });
  expect((await boardroom.ask(BOARD, `{ goal(id: "${top.id}") { children { nodes { id } } } }`)).goal.children.nodes).toEqual([{ id: part.id }]);
});

test('absent stays, null empties', async () => {
  const goal = await create({ description: 'd', ownerId: acme.ceo.id, parentId: (await create()).id });
  expect(await update({ goalId: goal.id, title: 'New', level: 'TASK' })).toMatchObject({ title: 'New', level: 'TASK', description: 'd', owner: { id: acme.ceo.id } });
  expect(await update({ goalId: goal.id, description: null, ownerId: null, parentId: null })).toMatchObject({ title: 'New', description: null, owner: null, parent: null });
});

test('no goal stands under itself, directly or through others', async () => {
  const top = await create();
  const middle = await create({ parentId: top.id });
  const low = await create({ parentId: middle.id });
  const before = await dump(boardroom.db);
  for (const parentId of [top.id, middle.id, low.id]) expect(await boardroom.refusal(BOARD, UPDATE, { input: { goalId: top.id, parentId } })).toMatchObject({ code: 'RULE_VIOLATION', field: 'parentId' });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
});

test('unknown parents, owners and goals are not found', async () => {
  for (const input of [{ parentId: newId() }, { ownerId: newId() }]) expect(await boardroom.refusal(BOARD, CREATE, { input: { companyId: acme.id, title: 'x', ...input } })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await boardroom.refusal(BOARD, UPDATE, { input: { goalId: newId() } })).toMatchObject({ code: 'NOT_FOUND' });
});

test('lists by status, level and place', async () => {
  const other = await smallCompany(boardroom, 'Other');
  const top = await create({ companyId: other.id, status: 'ACTIVE' });
  const part = await create({ companyId: other.id, level: 'TASK', parentId: top.id });
  const ids = async (filter: string) => (await boardroom.ask(BOARD, `{ company(ref: "${other.id}") { goals(filter: { ${filter} }) { nodes { id } } } }`)).company.goals.nodes.map((goal: { id: string }) => goal.id);
  expect(await ids('rootsOnly: true')).toEqual([top.id]);
  expect(await ids('levels: [TASK]')).toEqual([part.id]);
  expect(await ids('statuses: [ACTIVE, PLANNED]')).toEqual([top.id, part.id]);
});
