import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { write } from '../../prisma/transaction.ts';
import { createGoal } from '../goal/commands.ts';
import { createProject } from '../project/commands.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { keyOf } from '../testing/runs.ts';
import { budgetTools } from './testing.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let tools: ReturnType<typeof budgetTools>;
beforeAll(async () => {
  boardroom = await testBoardroom();
  tools = budgetTools(boardroom);
});
beforeEach(async () => { acme = await smallCompany(boardroom, 'Acme'); });
afterAll(() => boardroom.close());

const MOVE = {
  issue: 'mutation ($input: UpdateIssueInput!) { updateIssue(input: $input) { __typename } }',
  project: 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { id } }',
  goal: 'mutation ($input: UpdateGoalInput!) { updateGoal(input: $input) { id } }',
};
const agent = () => keyOf(acme.ceo);
const declined = async (what: keyof typeof MOVE, input: object) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(agent(), MOVE[what], { input });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};
const goal = (parentId?: string) => write(boardroom.db, (tx) => createGoal(tx, BOARD, { companyId: acme.id, title: 'Grow', parentId }));
const project = (goalId?: string) => write(boardroom.db, (tx) => createProject(tx, BOARD, { companyId: acme.id, name: 'Site', goalId }));

describe('agents do not take work out of', () => {
  test('an issue\'s budget, also while there is some left: what was used there would be free again', async () => {
    const [root, elsewhere] = [await acme.issue(), await acme.issue()];
    const issue = await acme.issue({ parentId: root.id });
    const budget = await tools.set({ scope: 'ISSUE_SUBTREE', subjectId: root.id, amount: 100n });
    for (const parentId of [null, elsewhere.id]) {
      expect(await declined('issue', { issueId: issue.id, parentId })).toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('budget of issue'), details: { budgetId: budget.id, limit: '100', spent: null } });
    }
    await boardroom.ask(agent(), MOVE.issue, { input: { issueId: issue.id, parentId: (await acme.issue({ parentId: root.id })).id } });
    await boardroom.ask(agent(), MOVE.issue, { input: { issueId: root.id, parentId: elsewhere.id } });
    await boardroom.ask(BOARD, MOVE.issue, { input: { issueId: issue.id, parentId: null } });
  });

  test('a project\'s budget that is used up; before that they may, since what was used stays with the project', async () => {
    const [here, there] = [await project(), await project()];
    const [issue, other] = [await acme.issue({ projectId: here.id }), await acme.issue({ projectId: here.id })];
    await tools.set({ scope: 'PROJECT', subjectId: here.id, amount: 100n });
    await boardroom.ask(agent(), MOVE.issue, { input: { issueId: other.id, projectId: there.id } });
    await tools.spend(acme.engineer.id, 120n, { issueId: issue.id });
    expect(await declined('issue', { issueId: issue.id, projectId: there.id })).toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('project Site'), details: { spent: '120', limit: '100' } });
    expect(await declined('issue', { issueId: issue.id, projectId: null })).toMatchObject({ code: 'RULE_VIOLATION' });
    await boardroom.ask(agent(), MOVE.issue, { input: { issueId: issue.id, title: 'Still here' } });
    await boardroom.ask(BOARD, MOVE.issue, { input: { issueId: issue.id, projectId: there.id } });
  });

  test('a goal\'s budget: neither the goal below it, nor the project or issue that works for it once it is used up', async () => {
    const top = await goal();
    const below = await goal(top.id);
    const site = await project(below.id);
    const issue = await acme.issue({ projectId: site.id, goalId: below.id });
    await tools.set({ scope: 'GOAL', subjectId: top.id, amount: 100n });
    expect(await declined('goal', { goalId: below.id, parentId: null })).toMatchObject({ code: 'RULE_VIOLATION', details: { spent: null } });
    await tools.spend(acme.engineer.id, 100n, { issueId: issue.id });
    expect(await declined('goal', { goalId: below.id, parentId: null })).toMatchObject({ code: 'RULE_VIOLATION', details: { spent: '100' } });
    expect(await declined('project', { projectId: site.id, goalId: null })).toMatchObject({ code: 'RULE_VIOLATION', details: { spent: '100' } });
    expect(await declined('issue', { issueId: issue.id, goalId: (await goal()).id })).toMatchObject({ code: 'RULE_VIOLATION', details: { spent: '100' } });
    await boardroom.ask(agent(), MOVE.goal, { input: { goalId: below.id, parentId: (await goal(top.id)).id } });
    await boardroom.ask(BOARD, MOVE.goal, { input: { goalId: below.id, parentId: null } });
  });
});
