import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../prisma/id.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { insertRun, tokenOf } from '../../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const RIVALS = 50;
const CHECKOUT = `mutation ($id: ID!) { checkoutIssue(input: { issueId: $id }) { __typename ... on Issue { holder { id } } ... on IssueHeld { holder { id } assignee { id } } } }`;

async function rivals(count: number, ofOneAgent: boolean) {
  const ids = Array.from({ length: ofOneAgent ? 1 : count }, () => newId());
  await boardroom.db.prisma.agent.createMany({ data: ids.map((id) => ({ id, companyId: acme.id, name: id, adapterType: 'process' })) });
  return Promise.all(Array.from({ length: count }, (_, i) => insertRun(boardroom.db, { id: ids[ofOneAgent ? 0 : i] as string, companyId: acme.id })));
}

test.each([['of as many agents', false], ['of one agent', true]])('of 50 running runs %s one wins, and the others are told who', async (_whose, ofOneAgent) => {
  const issue = await acme.issue();
  const runs = await rivals(RIVALS, ofOneAgent);
  const answers = await Promise.all(runs.map((run) => boardroom.ask(tokenOf(run), CHECKOUT, { id: issue.id }).then((data) => ({ run, ...data.checkoutIssue }))));
  const winners = answers.filter((answer) => answer.__typename === 'Issue');
  expect(winners).toHaveLength(1);
  const [winner] = winners;
  expect(winner?.holder.id).toBe(winner?.run.id);
  const losers = answers.filter((answer) => answer !== winner);
  expect(losers.map(({ __typename, holder, assignee }) => ({ __typename, holder, assignee }))).toEqual(
    losers.map(() => ({ __typename: 'IssueHeld', holder: { id: winner?.run.id }, assignee: { id: winner?.run.agentId } })),
  );
  expect(await boardroom.db.prisma.activity.count({ where: { entityId: issue.id, action: 'issue.checkedOut' } })).toBe(1);
});

test('each run gets its own issue when they do not compete', async () => {
  const runs = await rivals(20, false);
  const issues = await Promise.all(runs.map(() => acme.issue()));
  const answers = await Promise.all(runs.map((run, i) => boardroom.ask(tokenOf(run), CHECKOUT, { id: issues[i]?.id })));
  expect(answers.map((answer) => answer.checkoutIssue.holder.id)).toEqual(runs.map((run) => run.id));
});

test('a checkout that races with the end of its run leaves no lock behind', async () => {
  const runs = await rivals(15, false);
  const issues = await Promise.all(runs.map(() => acme.issue()));
  await Promise.all(runs.flatMap((run, i) => [
    boardroom.ask(tokenOf(run), CHECKOUT, { id: issues[i]?.id }),
    boardroom.db.prisma.run.update({ where: { id: run.id }, data: { status: 'SUCCEEDED' } }),
  ]));
  expect(await boardroom.db.prisma.issue.count({ where: { id: { in: issues.map((issue) => issue.id) }, holderRunId: { not: null } } })).toBe(0);
});

test('200 creators at once: numbers are unique, and nobody was made to try again', async () => {
  let made: { number: number; identifier: string }[] = [];
  const create = () => boardroom.ask(BOARD, `mutation { createIssue(input: { companyId: "${acme.id}", title: "x" }) { number identifier } }`);
  const begun = await boardroom.transactions(async () => {
    made = (await Promise.all(Array.from({ length: 200 }, create))).map((data) => data.createIssue);
  });
  expect(new Set(made.map((issue) => issue.number)).size).toBe(200);
  expect(made.every((issue) => issue.identifier === `${acme.company.prefix}-${issue.number}`)).toBe(true);
  expect(begun).toBe(200);
});

test('numbers go up', async () => {
  const [first, second] = [await acme.issue(), await acme.issue()];
  expect(second.number).toBeGreaterThan(first.number);
});
