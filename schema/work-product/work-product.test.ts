import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { write } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const CREATE = 'mutation ($input: CreateWorkProductInput!) { createWorkProduct(input: $input) { __typename ... on WorkProduct { id title status provider externalRef isPrimary run { id } createdBy { ... on Agent { name } ... on User { name } } } ... on Conflict { message } } }';
const UPDATE = 'mutation ($input: UpdateWorkProductInput!) { updateWorkProduct(input: $input) { __typename ... on WorkProduct { id title status url isPrimary } ... on Conflict { message } } }';
const create = async (input: object, by: Principal = BOARD) => (await boardroom.ask(by, CREATE, { input: { type: 'PULL_REQUEST', title: 'A change', ...input } })).createWorkProduct;
const shown = async (id: string) => (await boardroom.ask(BOARD, `{ issue(ref: "${id}") { workProducts { nodes { title isPrimary } } } }`)).issue.workProducts.nodes;

test('what a run made is told with the run', async () => {
  const issue = await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
  const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
  expect(await create({ issueId: issue.id, provider: 'github', externalRef: '12' }, tokenOf(run))).toMatchObject({
    __typename: 'WorkProduct', title: 'A change', status: 'ACTIVE', provider: 'github', externalRef: '12', isPrimary: false, run: { id: run.id }, createdBy: { name: 'Acme engineer' },
  });
  expect(await boardroom.refusal(BOARD, CREATE, { input: { issueId: issue.id, type: 'PULL_REQUEST', title: 'Again', provider: 'github', externalRef: '12' } })).toMatchObject({ code: 'CONFLICT', field: 'externalRef' });
  expect(await boardroom.refusal(BOARD, CREATE, { input: { issueId: issue.id, type: 'PULL_REQUEST', title: 'x', externalRef: '12' } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'provider' });
});

test('one of them is the one to look at', async () => {
  const issue = await acme.issue();
  const one = await create({ issueId: issue.id, title: 'one', isPrimary: true });
  await create({ issueId: issue.id, title: 'two', isPrimary: true });
  expect(await shown(issue.id)).toEqual([{ title: 'one', isPrimary: false }, { title: 'two', isPrimary: true }]);
  await boardroom.ask(BOARD, UPDATE, { input: { workProductId: one.id, isPrimary: true, status: 'MERGED', url: 'https://example.com/1' } });
  expect(await shown(issue.id)).toEqual([{ title: 'one', isPrimary: true }, { title: 'two', isPrimary: false }]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'nonsense', '//example.com'])('%s is no address to be led to', async (url) => {
  expect(await boardroom.refusal(BOARD, CREATE, { input: { issueId: (await acme.issue()).id, type: 'PREVIEW_URL', title: 'x', url } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'url' });
});

test('a retry with the same key makes one', async () => {
  const issue = await acme.issue();
  const [one, two] = [await create({ issueId: issue.id, idempotencyKey: 'k' }), await create({ issueId: issue.id, idempotencyKey: 'k' })];
  expect(two.id).toBe(one.id);
});

test('while a run has the issue, others keep off; and a cheap run writes none', async () => {
  const issue = await acme.issue({ assigneeId: acme.engineer.id });
  const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
  await write(boardroom.db, (tx) => checkoutIssue(tx, tokenOf(run), { issueId: issue.id }));
  expect(await create({ issueId: issue.id }, keyOf(acme.writer))).toMatchObject({ __typename: 'IssueHeld' });
  const made = await create({ issueId: issue.id }, tokenOf(run));
  expect((await boardroom.ask(keyOf(acme.writer), UPDATE, { input: { workProductId: made.id, title: 'Mine' } })).updateWorkProduct).toMatchObject({ __typename: 'IssueHeld' });
  await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { modelLane: 'CHEAP' } });
  expect(await boardroom.refusal(tokenOf(run), CREATE, { input: { issueId: issue.id, type: 'BRANCH', title: 'x' } })).toMatchObject({ code: 'RULE_VIOLATION' });
});
