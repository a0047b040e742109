import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { LOCAL_BOARD_USER } from '../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany } from '../testing/company.ts';
import { nodeTypes, ownRow } from '../testing/positions.ts';
import { keyOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let rows: Furnished;
beforeAll(async () => {
  boardroom = await testBoardroom();
  rows = await furnish(boardroom, await smallCompany(boardroom));
});
afterAll(() => boardroom.close());

const node = '{ node(id: "ID") { __typename id } }';

test.each(nodeTypes())('a %s is found by its id', async (typename) => {
  const id = typename === 'User' ? LOCAL_BOARD_USER : ownRow(typename, rows);
  const found = { node: { __typename: typename, id } };
  expect(await boardroom.ask(BOARD, node.replace('ID', String(id)))).toEqual(found);
  const boardOnly = ['User', 'AgentKey', 'NotificationTarget', 'NotificationDelivery'].includes(typename);
  expect(await boardroom.ask(keyOf(rows.engineer), node.replace('ID', String(id)))).toEqual(boardOnly ? { node: null } : found);
});

test.each(['', 'x', newId()])('%j names nothing', async (id) => expect(await boardroom.ask(BOARD, node.replace('ID', id))).toEqual({ node: null }));
