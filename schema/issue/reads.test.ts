import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';

let boardroom: TestBoardroom;
let companyId: string;
beforeAll(async () => {
  boardroom = await testBoardroom();
  companyId = (await boardroom.ask(BOARD, 'mutation { createCompany(input: { name: "Acme" }) { id } }'))['createCompany'].id;
  for (const description of ['first', null, 'third']) {
    await boardroom.ask(BOARD, 'mutation ($input: CreateIssueInput!) { createIssue(input: $input) { id } }', { input: { companyId, title: 'Work', description } });
  }
});
afterAll(() => boardroom.close());

const list = (fields: string) => `query ($ref: String!) { company(ref: $ref) { issues(orderBy: { field: NUMBER, direction: ASC }) { nodes { ${fields} } } } }`;

test('a list reads descriptions only when asked for, and then all in one statement', async () => {
  const without = await boardroom.statements(() => boardroom.ask(BOARD, list('title'), { ref: companyId }));
  expect(without.some((text) => text.includes('description') && text.includes('FROM issue'))).toBe(false);
  let data: Record<string, unknown> = {};
  const asked = await boardroom.statements(async () => (data = await boardroom.ask(BOARD, list('description'), { ref: companyId })));
  expect(asked).toHaveLength(without.length + 1);
  expect(data).toEqual({ company: { issues: { nodes: [{ description: 'first' }, { description: null }, { description: 'third' }] } } });
});
