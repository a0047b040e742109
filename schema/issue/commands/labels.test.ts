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
