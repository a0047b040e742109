import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { keyOf } from '../../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const CREATE = 'mutation ($input: CreateLabelInput!) { createLabel(input: $input) { id name color } }';
const create = (name: string, more: object = {}, by = BOARD) => boardroom.ask(by, CREATE, { input: { companyId: acme.id, name, ...more } }).then((data) => data['createLabel']);

test('a label has a name of its own in the company, and a colour', async () => {
  expect(await create(' bug ')).toMatchObject({ name: 'bug', color: '#5e625c' });
  expect(await create('idea', { color: '#FF0000' }, keyOf(acme.engineer))).toMatchObject({ color: '#ff0000' });
  expect(await boardroom.refusal(BOARD, CREATE, { input: { companyId: acme.id, name: 'bug' } })).toMatchObject({ code: 'CONFLICT', field: 'name' });
  const other = await smallCompany(boardroom, 'Other');
  expect(await create('bug', { companyId: other.id })).toMatchObject({ name: 'bug' });
});

test('many of one name at once: one is made, the others are told', async () => {
  const results = await Promise.all(Array.from({ length: 6 }, () => boardroom.run(BOARD, CREATE, { input: { companyId: acme.id, name: 'race' } })));
  expect(results.filter((result) => !result.errors)).toHaveLength(1);
  expect(results.flatMap((result) => result.errors ?? []).map((error) => error.message)).toEqual(Array.from({ length: 5 }, () => 'there is a label race already'));
});

test('it names at most 48 characters', async () => {
  expect(await boardroom.refusal(BOARD, CREATE, { input: { companyId: acme.id, name: 'x'.repeat(49) } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'name' });
});

const UPDATE = 'mutation ($input: UpdateLabelInput!) { updateLabel(input: $input) { id name color } }';
const DELETE = 'mutation ($id: ID!) { deleteLabel(input: { labelId: $id }) { name } }';

test('a label changes wherever it is, and keeps a name of its own', async () => {
  const [one, two] = [await create('one'), await create('two')];
  const issue = await acme.issue({ labelIds: [one.id] });
  expect((await boardroom.ask(BOARD, UPDATE, { input: { labelId: one.id, name: 'first', color: '#123456' } })).updateLabel).toEqual({ id: one.id, name: 'first', color: '#123456' });
  expect((await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { labels { name } } }`)).issue.labels).toEqual([{ name: 'first' }]);
  expect(await boardroom.refusal(BOARD, UPDATE, { input: { labelId: two.id, name: 'first' } })).toMatchObject({ code: 'CONFLICT', field: 'name' });
  expect((await boardroom.ask(BOARD, UPDATE, { input: { labelId: two.id, name: 'two', color: null } })).updateLabel).toMatchObject({ name: 'two', color: two.color });
});

test('a label that goes leaves its issues', async () => {
  const label = await create('gone');
  const issue = await acme.issue({ labelIds: [label.id] });
  expect(await boardroom.refusal(keyOf(acme.engineer), DELETE, { id: label.id })).toMatchObject({ code: 'FORBIDDEN' });
  expect((await boardroom.ask(BOARD, DELETE, { id: label.id })).deleteLabel).toEqual({ name: 'gone' });
  expect((await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { labels { name } } }`)).issue.labels).toEqual([]);
  expect(await boardroom.refusal(BOARD, DELETE, { id: label.id })).toMatchObject({ code: 'NOT_FOUND' });
});
