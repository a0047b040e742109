import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Principal } from '../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { insertAcceptedPlan } from './testing.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const mutation = (name: string) => `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { result: ${name}(input: $input) { __typename } }`;
const tell = (by: Principal, name: string, input: object) => boardroom.ask(by, mutation(name), { input }).then(({ result }) => result.__typename);
const refusal = (by: Principal, name: string, input: object) => boardroom.refusal(by, mutation(name), { input });

/** What would be work on the issue itself. */
const work = (issueId: string): [string, object][] => [
  ['putDocument', { issueId, key: 'output', body: 'All of it.' }], ['createWorkProduct', { issueId, type: 'ARTIFACT', title: 'It' }], ['updateIssue', { issueId, status: 'DONE' }],
];

async function accepted() {
  const issue = await acme.issue({ assigneeId: acme.engineer.id });
  const { revisionId } = await insertAcceptedPlan(boardroom.db, issue);
  const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
  await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS', holderRunId: run.id, holderStatus: 'RUNNING' } });
  return { issueId: issue.id, revisionId, by: tokenOf(run) };
}

test('with its plan accepted, an agent makes the children and does not do the work on the issue itself', async () => {
  const { issueId, revisionId, by } = await accepted();
  for (const [name, input] of work(issueId)) expect(await refusal(by, name, input), name).toMatchObject({ code: 'RULE_VIOLATION', details: { revisionId, number: 1 } });
  expect(await tell(by, 'addComment', { issueId, body: 'I split it.' })).toBe('Comment');
  expect(await tell(by, 'decomposePlan', { issueId, revisionId, children: [{ key: 'one', title: 'One' }] })).toBe('PlanDecomposition');
  // What the children come to, it may put together.
  for (const [name, input] of work(issueId)) expect(await tell(by, name, input), name).not.toBe('');
});

test('it may think again: a newer plan is not accepted yet', async () => {
  const { issueId, revisionId, by } = await accepted();
  expect(await tell(by, 'putDocument', { issueId, key: 'plan', body: 'Other', baseRevisionId: revisionId })).toBe('Document');
  expect(await tell(by, 'putDocument', { issueId, key: 'notes', body: 'Why.' })).toBe('Document');
});

test('the board does as it likes, and what no plan was accepted for is as ever', async () => {
  const { issueId } = await accepted();
  for (const [name, input] of work(issueId)) expect(await tell(BOARD, name, input), name).not.toBe('');
  const other = await acme.issue({ assigneeId: acme.engineer.id });
  await boardroom.db.prisma.issue.update({ where: { id: other.id }, data: { status: 'IN_PROGRESS' } });
  for (const [name, input] of work(other.id)) expect(await tell(keyOf(acme.engineer), name, input), name).not.toBe('');
});
