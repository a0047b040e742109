import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  for (const assigneeId of [acme.engineer.id, acme.writer.id, null]) await acme.issue({ assigneeId, status: 'BACKLOG' });
});
afterAll(() => boardroom.close());

/** Company, list, assignees, counts. */
const STATEMENTS = 4;

test.each([
  ['nodes', 'nodes { identifier assignee { name } commentCount }'],
  ['edges', 'edges { node { identifier assignee { name } commentCount } }'],
  ['fragments', 'nodes { ...Row ... { commentCount } }'],
  ['aliases', 'rows: nodes { what: identifier who: assignee { name } said: commentCount }'],
  ['both', 'nodes { identifier assignee { name } } edges { node { commentCount } }'],
])('fields of rows under %s are read once each for all rows', async (_how, selection) => {
  const fragment = selection.includes('...Row') ? 'fragment Row on Issue { identifier assignee { name } }' : '';
  let data: unknown;
  const sent = await boardroom.statements(async () => (data = await boardroom.ask(BOARD, `{ company(ref: "${acme.company.prefix}") { issues { ${selection} } } } ${fragment}`)));
  expect(sent).toHaveLength(STATEMENTS);
  const text = JSON.stringify(data);
  for (const value of ['ACME-1', 'ACME-2', 'ACME-3', 'Acme engineer', 'Acme writer', 'null', '0']) expect(text).toContain(value);
});

test('rows that share what they are asked for, and lists in a list, still take one statement for it', async () => {
  await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
  const query = `{ company(ref: "${acme.company.prefix}") { agents { nodes { name issues { nodes { identifier commentCount assignee { name } } } } } } }`;
  const sent = await boardroom.statements(() => boardroom.ask(BOARD, query));
  // Company, agents, their issues, comment counts, assignees.
  expect(sent).toHaveLength(5);
});
