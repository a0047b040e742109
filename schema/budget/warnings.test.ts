import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Principal } from '../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { at, budgetTools } from './testing.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let tools: ReturnType<typeof budgetTools>;
beforeAll(async () => {
  boardroom = await testBoardroom();
  tools = budgetTools(boardroom);
});
beforeEach(async () => { acme = await smallCompany(boardroom, 'Acme'); });
afterAll(() => boardroom.close());

const REPORT = 'mutation ($input: ReportCostInput!) { reportCost(input: $input) { id budgetStop { message } budgetWarnings { spent limit message budget { id used } } } }';
const report = async (by: Principal, input: object) => (await boardroom.ask(by, REPORT, { input: { provider: 'p', model: 'm', ...input } })).reportCost;
const read = async (...ids: string[]): Promise<object[][]> => {
  const parts = ids.map((id, index) => `e${index}: node(id: "${id}") { ... on CostEvent { budgetWarnings { spent limit budget { id } } } }`);
  return Object.values(await boardroom.ask(BOARD, `{ ${parts.join(' ')} }`)).map((event: { budgetWarnings: object[] }) => event.budgetWarnings);
};

describe('what is nearly used up', () => {
  test('is told to whoever reports, as it is after that report, and is over with the stop', async () => {
    const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 1_000_000n });
    const by = keyOf(acme.engineer);
    const early = await report(by, { costMicros: '799999' });
    expect(early).toMatchObject({ budgetStop: null, budgetWarnings: [] });
    const warning = (spent: string, words: string) => ({ spent, limit: '1000000', message: `The budget of agent Acme engineer, $1.00 billed a month, is nearly used up: ${words} of $1.00.`, budget: { id: budget.id, used: spent } });
    expect((await report(by, { costMicros: '1' })).budgetWarnings).toEqual([warning('800000', '$0.80')]);
    const later = await report(by, { costMicros: '150000' });
    expect(later.budgetWarnings).toEqual([warning('950000', '$0.95')]);
    // Read afterwards, each event tells what holds now, with what was used when the warning was given.
    expect(await read(early.id, later.id)).toEqual([1, 2].map(() => [{ spent: '800000', limit: '1000000', budget: { id: budget.id } }]));
    expect(await report(by, { costMicros: '50000' })).toMatchObject({ budgetStop: { message: expect.stringContaining('is used up: $1.00 of $1.00') }, budgetWarnings: [] });
    expect(await read(early.id, later.id)).toEqual([[], []]);
  });

  test('is that of each budget over the place, the widest first, and of no other', async () => {
    const issue = await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
    const below = await acme.issue({ parentId: issue.id, assigneeId: acme.engineer.id, status: 'BACKLOG' });
    const [tree, company] = [await tools.set({ scope: 'ISSUE_SUBTREE', subjectId: issue.id, amount: 10n }), await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 10n })];
    await tools.set({ scope: 'AGENT', subjectId: acme.writer.id, amount: 1n, hardStop: false });
    await tools.spend(acme.writer.id, 1n);
    const { id, budgetWarnings } = await report(keyOf(acme.engineer), { issueId: below.id, costMicros: '8' });
    expect(budgetWarnings.map(({ budget, spent }: { budget: { id: string }; spent: string }) => [budget.id, spent])).toEqual([[company.id, '9'], [tree.id, '8']]);
    expect(await read(id)).toEqual([[{ spent: '9', limit: '10', budget: { id: company.id } }, { spent: '8', limit: '10', budget: { id: tree.id } }]]);
  });

  test('is told of runs that were started as well, though a report starts none', async () => {
    const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, metric: 'RUNS', amount: 5n, warnPercent: 20 });
    const issue = await acme.issue({ assigneeId: acme.engineer.id });
    const queued = await boardroom.db.prisma.run.findFirstOrThrow({ where: { issueId: issue.id, status: 'QUEUED' } });
    expect(await tools.claim(queued.id)).toMatchObject({ kind: 'claimed' });
    expect((await report(tokenOf(queued), { costMicros: '1' })).budgetWarnings).toMatchObject([{ spent: '1', limit: '5', message: expect.stringContaining('1 run of 5 runs'), budget: { id: budget.id } }]);
  });

  test('of a budget that only warns goes on beyond its amount, and says so', async () => {
    await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 10n, hardStop: false });
    expect(await report(keyOf(acme.engineer), { costMicros: '12' })).toMatchObject({ budgetStop: null, budgetWarnings: [{ spent: '12', limit: '10', message: expect.stringMatching(/, is used up: /) }] });
  });

  test('is over with its month, and with an amount that it has not reached', async () => {
    const { event, raised } = await at('2026-03-31T23:59:59.000Z', async () => {
      await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 10n });
      await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, metric: 'TOKENS', amount: 10n });
      const told = await report(keyOf(acme.engineer), { costMicros: '8', inputTokens: '8' });
      expect(told.budgetWarnings).toHaveLength(2);
      await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, metric: 'TOKENS', amount: 100n });
      return { event: told.id as string, raised: (await read(told.id))[0] };
    });
    expect(raised).toHaveLength(1);
    // Before any job has looked.
    expect(await at('2026-04-01T00:00:00.000Z', () => read(event))).toEqual([[]]);
    expect(await at('2026-04-01T00:00:00.000Z', () => report(keyOf(acme.engineer), { costMicros: '1', inputTokens: '1' }))).toMatchObject({ budgetWarnings: [] });
  });

  test('of a page of events is one statement', async () => {
    await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 10n });
    const run = await insertRun(boardroom.db, acme.engineer);
    const ids: string[] = [];
    for (let count = 0; count < 6; count += 1) ids.push((await tools.spend(acme.engineer.id, 1n, { runId: run.id })).id);
    await tools.spend(acme.engineer.id, 2n);
    const [one, six] = [await boardroom.statements(() => read(ids[0] as string)), await boardroom.statements(() => read(...ids))];
    expect(six).toHaveLength(one.length);
    expect(await read(...ids)).toEqual(ids.map(() => [expect.objectContaining({ spent: '8', limit: '10' })]));
  });
});
