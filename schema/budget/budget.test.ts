import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import type { Principal } from '../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
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

const SET = `mutation ($input: SetBudgetInput!) { setBudget(input: $input) {
  id scope metric window windowHours amount warnPercent hardStop used usedPercent windowStartsAt windowEndsAt stop { message } incidents { nodes { threshold status } }
  subject { __typename ... on Company { name } ... on Agent { name } } setBy { __typename } } }`;
const input = (more: object = {}) => ({ input: { subjectId: acme.id, scope: 'COMPANY', metric: 'BILLED_COST', amount: '10000000', ...more } });
const set = async (by: Principal = BOARD, more: object = {}) => (await boardroom.ask(by, SET, input(more))).setBudget;
const refusal = async (by: Principal, more: object, operation = SET) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(by, operation, operation === SET ? input(more) : { input: more });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};

describe('set', () => {
  test('a budget has its limits, its window, and what was used of it', async () => {
    await tools.spend(acme.engineer.id, 2_500_000n);
    const now = new Date();
    expect(await set()).toMatchObject({
      scope: 'COMPANY', metric: 'BILLED_COST', window: 'MONTH', windowHours: null, amount: '10000000', warnPercent: 80, hardStop: true, used: '2500000', usedPercent: 25,
      windowStartsAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString(), windowEndsAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString(),
      stop: null, incidents: { nodes: [] }, subject: { __typename: 'Company', name: 'Acme' }, setBy: { __typename: 'User' },
    });
  });

  test('there is one for each part, metric and window; set again, absent limits stay', async () => {
    const first = await set(BOARD, { warnPercent: 50, hardStop: false });
    expect(await set(BOARD, { amount: '20' })).toMatchObject({ id: first.id, amount: '20', warnPercent: 50, hardStop: false });
    const others = await Promise.all([set(BOARD, { metric: 'TOKENS' }), set(BOARD, { window: 'LIFETIME' }), set(BOARD, { window: 'ROLLING', windowHours: 5 }), set(BOARD, { window: 'ROLLING', windowHours: 24 }), set(BOARD, { scope: 'AGENT', subjectId: acme.engineer.id })]);
    expect(new Set([first.id, ...others.map(({ id }) => id)]).size).toBe(6);
    expect(others[3]).toMatchObject({ window: 'ROLLING', windowHours: 24, windowEndsAt: null });
    expect(others[1]).toMatchObject({ windowStartsAt: null, windowEndsAt: null });
  });

  test('set to what it is already, nothing changes, and nothing is told; somebody else who sets it has set it', async () => {
    const first = await set(BOARD, { scope: 'AGENT', subjectId: acme.engineer.id });
    const before = await dump(boardroom.db);
    expect(await set(BOARD, { scope: 'AGENT', subjectId: acme.engineer.id })).toEqual(first);
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
    await boardroom.db.prisma.budget.update({ where: { id: first.id }, data: { setterType: 'AGENT', setterId: acme.ceo.id } });
    expect(await set(BOARD, { scope: 'AGENT', subjectId: acme.engineer.id })).toMatchObject({ id: first.id, setBy: { __typename: 'User' } });
  });

  test('what is over the amount already is stopped at once, what is near it warned of', async () => {
    await tools.spend(acme.engineer.id, 90n);
    expect(await set(BOARD, { amount: '100' })).toMatchObject({ stop: null, incidents: { nodes: [{ threshold: 'SOFT', status: 'OPEN' }] } });
    expect(await set(BOARD, { amount: '80' })).toMatchObject({ stop: { message: expect.stringContaining('is used up') }, incidents: { nodes: [{ threshold: 'HARD', status: 'OPEN' }, { threshold: 'SOFT', status: 'RESOLVED' }] } });
  });

  test('a warning only, where it does not stop; no limit at all at 0', async () => {
    await tools.spend(acme.engineer.id, 500n);
    expect(await set(BOARD, { amount: '100', hardStop: false })).toMatchObject({ stop: null, usedPercent: 500, incidents: { nodes: [{ threshold: 'SOFT' }] } });
    expect(await set(BOARD, { amount: '0', metric: 'IMPUTED_COST' })).toMatchObject({ stop: null, usedPercent: null, incidents: { nodes: [] } });
  });

  test.each<[string, object]>([
    ['amount', { amount: '-1' }], ['amount', { amount: '9007199254740993' }], ['warnPercent', { warnPercent: 0 }], ['warnPercent', { warnPercent: 100 }],
    ['windowHours', { window: 'ROLLING' }], ['windowHours', { window: 'ROLLING', windowHours: 0 }], ['windowHours', { window: 'ROLLING', windowHours: 8_761 }], ['windowHours', { windowHours: 5 }],
    ['windowHours', { window: 'LIFETIME', windowHours: 5 }], ['subjectId', { subjectId: 'acme' }],
  ])('%s out of range', async (field, more) => expect(await refusal(BOARD, more)).toMatchObject({ code: 'BAD_USER_INPUT', field }));

  test('what there is not, or is another kind of thing, or of another company, is not found', async () => {
    const other = await smallCompany(boardroom, 'Other');
    for (const scope of ['COMPANY', 'AGENT', 'PROJECT', 'GOAL', 'ISSUE_SUBTREE']) expect(await refusal(BOARD, { scope, subjectId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(BOARD, { scope: 'AGENT' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(keyOf(acme.ceo), { scope: 'AGENT', subjectId: other.engineer.id })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('decided and removed', () => {
  const RESOLVE = 'mutation ($input: ResolveBudgetIncidentInput!) { resolveBudgetIncident(input: $input) { status } }';
  const REMOVE = 'mutation ($input: RemoveBudgetInput!) { removeBudget(input: $input) { id used stop { message } incidents { nodes { id } } } }';

  test('a decision names what it needs, and nothing else', async () => {
    const budget = await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 10n, warnPercent: 50 });
    await tools.spend(acme.engineer.id, 6n);
    const [warning] = await tools.incidents(budget.id);
    expect(await refusal(BOARD, { incidentId: warning?.id, resolution: 'KEEP_PAUSED' }, RESOLVE)).toMatchObject({ code: 'RULE_VIOLATION', field: 'incidentId' });
    await tools.spend(acme.engineer.id, 6n);
    const stop = (await tools.incidents(budget.id))[1];
    expect(await refusal(BOARD, { incidentId: stop?.id, resolution: 'RAISE_AND_RESUME' }, RESOLVE)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'amount' });
    expect(await refusal(BOARD, { incidentId: stop?.id, resolution: 'RAISE_AND_RESUME', amount: '-5' }, RESOLVE)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'amount' });
    expect(await refusal(BOARD, { incidentId: stop?.id, resolution: 'KEEP_PAUSED', amount: '50' }, RESOLVE)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'amount' });
    expect(await refusal(BOARD, { incidentId: newId(), resolution: 'KEEP_PAUSED' }, RESOLVE)).toMatchObject({ code: 'NOT_FOUND' });
    for (const by of [keyOf(acme.ceo), keyOf(acme.engineer)]) expect(await refusal(by, { incidentId: stop?.id, resolution: 'RAISE_AND_RESUME', amount: '50' }, RESOLVE)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal(keyOf((await smallCompany(boardroom, 'Other')).ceo), { incidentId: stop?.id, resolution: 'KEEP_PAUSED' }, RESOLVE)).toMatchObject({ code: expect.stringMatching('NOT_FOUND|FORBIDDEN') });
  });

  test('a stop that a larger amount does not end tells the new one, and what is used by now', async () => {
    const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 10_000_000n });
    await tools.spend(acme.engineer.id, 11_000_000n);
    await tools.spend(acme.engineer.id, 1_000_000n);
    expect(await set(BOARD, { scope: 'AGENT', subjectId: acme.engineer.id, metric: 'BILLED_COST', amount: '12000000' })).toMatchObject({ id: budget.id });
    expect((await tools.incidents(budget.id)).filter(({ threshold }) => threshold === 'HARD')).toMatchObject([{ status: 'OPEN', limit: 12_000_000n, observed: 12_000_000n }]);
    const resumed = await boardroom.refusal(BOARD, 'mutation ($input: ResumeAgentInput!) { resumeAgent(input: $input) { id } }', { input: { agentId: acme.engineer.id } });
    expect(resumed.message).toContain('$12.00 of $12.00');
  });

  test('what nobody knows the cost of is counted beside it, and not taken for nothing', async () => {
    for (const metric of ['BILLED_COST', 'IMPUTED_COST', 'TOKENS', 'RUNS'] as const) await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, metric, amount: 1_000n });
    const report = (input: object, by: Parameters<TestBoardroom['ask']>[0] = keyOf(acme.engineer)) => boardroom.ask(by, 'mutation ($input: ReportCostInput!) { reportCost(input: $input) { id } }', { input: { provider: 'nobody', model: 'knows', inputTokens: '5', ...input } });
    await report({});
    await report({ billingType: 'SUBSCRIPTION_INCLUDED' });
    await report({ costMicros: '7' });
    await report({ occurredAt: '2020-01-01T00:00:00Z', agentId: acme.engineer.id }, BOARD);
    const { agent } = await boardroom.ask(BOARD, 'query ($id: ID!) { agent(id: $id) { budgets { nodes { metric used unpricedCount } } } }', { id: acme.engineer.id });
    expect(agent.budgets.nodes).toEqual([
      { metric: 'BILLED_COST', used: '7', unpricedCount: 1 }, { metric: 'IMPUTED_COST', used: '7', unpricedCount: 2 }, { metric: 'TOKENS', used: '15', unpricedCount: 0 }, { metric: 'RUNS', used: '0', unpricedCount: 0 },
    ]);
  });

  test('a removed budget is answered as it was', async () => {
    const budget = await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 10n });
    await tools.spend(acme.engineer.id, 10n);
    expect((await boardroom.ask(BOARD, REMOVE, { input: { budgetId: budget.id } })).removeBudget).toEqual({ id: budget.id, used: '0', stop: null, incidents: { nodes: [] } });
    expect(await refusal(BOARD, { budgetId: budget.id }, REMOVE)).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('managers', () => {
  const own = { scope: 'AGENT', metric: 'TOKENS' };
  const give = (by: Principal, subjectId: string, amount: string, more: object = {}) => set(by, { ...own, subjectId, amount, ...more });
  const declined = (by: Principal, subjectId: string, amount: string, more: object = {}) => refusal(by, { ...own, subjectId, amount, ...more });

  test('give agents below them of their own: each and together', async () => {
    const ceo = keyOf(acme.ceo);
    await give(BOARD, acme.ceo.id, '1000');
    expect(await give(ceo, acme.engineer.id, '600')).toMatchObject({ amount: '600', setBy: { __typename: 'Agent' } });
    expect(await declined(ceo, acme.writer.id, '401')).toMatchObject({ code: 'RULE_VIOLATION', field: 'amount', message: expect.stringContaining('400 tokens are left'), details: { limit: '1000', given: '600' } });
    await give(ceo, acme.writer.id, '400');
    expect(await declined(ceo, acme.engineer.id, '601')).toMatchObject({ code: 'RULE_VIOLATION' });
    await give(ceo, acme.engineer.id, '100');
    await give(ceo, acme.writer.id, '900');
    expect(await declined(ceo, acme.writer.id, '0')).toMatchObject({ code: 'RULE_VIOLATION', field: 'amount' });
  });

  test('only of a metric and window that they have a budget of', async () => {
    const ceo = keyOf(acme.ceo);
    expect(await declined(ceo, acme.engineer.id, '1')).toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('ask the board') });
    await give(BOARD, acme.ceo.id, '1000');
    expect(await declined(ceo, acme.engineer.id, '1', { window: 'LIFETIME' })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await declined(ceo, acme.engineer.id, '1', { metric: 'RUNS' })).toMatchObject({ code: 'RULE_VIOLATION' });
    await give(BOARD, acme.ceo.id, '0');
    expect(await declined(ceo, acme.engineer.id, '1')).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('not their own, not those beside or above them, not other parts, by key or by run', async () => {
    await give(BOARD, acme.engineer.id, '1000');
    const engineer = keyOf(acme.engineer);
    const run = tokenOf(await insertRun(boardroom.db, acme.engineer));
    for (const by of [engineer, run]) {
      for (const id of [acme.engineer.id, acme.writer.id, acme.ceo.id]) expect(await declined(by, id, '1')).toMatchObject({ code: 'FORBIDDEN', field: 'subjectId' });
      expect(await refusal(by, { metric: 'TOKENS', amount: '1' })).toMatchObject({ code: 'FORBIDDEN', field: 'scope' });
    }
  });

  test('not what the board, or somebody above them, has set; what those below have set they may', async () => {
    const lead = await acme.agent({ name: 'Lead', managerId: acme.ceo.id });
    const junior = await acme.agent({ name: 'Junior', managerId: lead.id });
    for (const id of [acme.ceo.id, lead.id]) await give(BOARD, id, '1000');
    await give(keyOf(lead), junior.id, '10');
    const budget = await give(keyOf(acme.ceo), junior.id, '20');
    expect(await declined(keyOf(lead), junior.id, '30')).toMatchObject({ code: 'FORBIDDEN', message: 'somebody above has set this budget' });
    await give(BOARD, junior.id, '40');
    for (const by of [keyOf(lead), keyOf(acme.ceo)]) {
      expect(await declined(by, junior.id, '30')).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('board has set') });
      expect(await refusal(by, { budgetId: budget.id }, 'mutation ($input: RemoveBudgetInput!) { removeBudget(input: $input) { id } }')).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  test('have the say over what an agent was given before it was moved below them; whom it left has none, and may give the same to others', async () => {
    const [former, present] = [await acme.agent({ name: 'Former', managerId: acme.ceo.id }), await acme.agent({ name: 'Present', managerId: acme.ceo.id })];
    const [junior, other] = [await acme.agent({ name: 'Junior', managerId: former.id }), await acme.agent({ name: 'Other', managerId: former.id })];
    for (const id of [former.id, present.id]) await give(BOARD, id, '1000');
    await give(keyOf(former), junior.id, '700');
    expect(await declined(keyOf(former), other.id, '301')).toMatchObject({ code: 'RULE_VIOLATION', details: { given: '700' } });
    expect(await declined(keyOf(present), junior.id, '30')).toMatchObject({ code: 'FORBIDDEN', field: 'subjectId' });
    await boardroom.db.prisma.agent.update({ where: { id: junior.id }, data: { managerId: present.id } });
    expect(await declined(keyOf(former), junior.id, '30')).toMatchObject({ code: 'FORBIDDEN', field: 'subjectId' });
    expect(await give(keyOf(former), other.id, '1000')).toMatchObject({ amount: '1000' });
    expect(await give(keyOf(present), junior.id, '800')).toMatchObject({ amount: '800' });
    // What somebody above both has set stays theirs.
    await give(BOARD, acme.ceo.id, '1000');
    await give(keyOf(acme.ceo), junior.id, '5');
    expect(await declined(keyOf(present), junior.id, '30')).toMatchObject({ code: 'FORBIDDEN', message: 'somebody above has set this budget' });
  });

  test('take away what they gave; a stop of it ends with it', async () => {
    await give(BOARD, acme.ceo.id, '1000');
    const budget = await give(keyOf(acme.ceo), acme.engineer.id, '10');
    await tools.spend(acme.engineer.id, 1n, { inputTokens: 10n });
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
    await boardroom.ask(keyOf(acme.ceo), 'mutation ($input: RemoveBudgetInput!) { removeBudget(input: $input) { id } }', { input: { budgetId: budget.id } });
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'IDLE' });
  });

  test('do not undo the board\'s word that what is used up stays paused: neither by more nor by none', async () => {
    await give(BOARD, acme.ceo.id, '1000');
    const budget = await give(keyOf(acme.ceo), acme.engineer.id, '10');
    await tools.spend(acme.engineer.id, 1n, { inputTokens: 12n });
    const stop = (await tools.incidents(budget.id)).find(({ threshold }) => threshold === 'HARD');
    await boardroom.ask(BOARD, 'mutation ($input: ResolveBudgetIncidentInput!) { resolveBudgetIncident(input: $input) { status } }', { input: { incidentId: stop?.id, resolution: 'KEEP_PAUSED' } });
    const told = { code: 'FORBIDDEN', message: expect.stringContaining('12 tokens of 10 tokens. The board keeps it paused'), details: { spent: '12', limit: '10' } };
    expect(await declined(keyOf(acme.ceo), acme.engineer.id, '500')).toMatchObject(told);
    expect(await refusal(keyOf(acme.ceo), { budgetId: budget.id }, 'mutation ($input: RemoveBudgetInput!) { removeBudget(input: $input) { id } }')).toMatchObject(told);
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
    await give(BOARD, acme.engineer.id, '500');
    expect(await tools.agent(acme.engineer.id)).toMatchObject({ status: 'IDLE' });
  });

  test('of rivals who give the last of it, one may', async () => {
    await give(BOARD, acme.ceo.id, '1000');
    const given = await Promise.allSettled([acme.engineer.id, acme.writer.id].map((id) => give(keyOf(acme.ceo), id, '600')));
    expect(given.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('lists', () => {
  const LIST = 'query ($ref: String!, $first: Int) { company(ref: $ref) { budgetStop { message } budgets(first: $first) { nodes { id used usedPercent stop { spent } subject { __typename } setBy { __typename } incidents(first: 2) { nodes { observed } } } } } }';

  test('a page costs the same number of statements, however long it is', async () => {
    const counts = [];
    for (const wanted of [3, 12]) {
      for (let index = 0; index < wanted; index += 1) {
        const { id } = await acme.agent({ name: `Agent ${wanted} ${index}` });
        await tools.set({ scope: 'AGENT', subjectId: id, amount: 10n, metric: index % 2 ? 'TOKENS' : 'BILLED_COST' });
        await tools.spend(id, 10n, { inputTokens: 10n });
      }
      await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 1_000_000n, metric: 'RUNS' });
      const sent = await boardroom.statements(async () => {
        const { company } = await boardroom.ask(BOARD, LIST, { ref: acme.id, first: 100 });
        expect(company.budgets.nodes.filter((budget: { usedPercent: number }) => budget.usedPercent === 100)).toHaveLength(wanted === 3 ? 3 : 15);
      });
      counts.push(sent.length);
    }
    expect(counts[1]).toBe(counts[0]);
  });

  test('each part has its own, and everybody in the company may see them', async () => {
    const budget = await tools.set({ scope: 'AGENT', subjectId: acme.engineer.id, amount: 10n });
    await tools.set({ scope: 'COMPANY', subjectId: acme.id, amount: 10n });
    const OF = 'query ($id: ID!, $ref: String!) { agent(id: $id) { budgets { nodes { id } } budgetStop { message } } company(ref: $ref) { budgets { nodes { id } } } node: node(id: "BUDGET") { ... on Budget { amount } } }'.replace('BUDGET', budget.id);
    for (const by of [BOARD, keyOf(acme.writer)]) {
      const { agent, company, node } = await boardroom.ask(by, OF, { id: acme.engineer.id, ref: acme.id });
      expect([agent.budgets.nodes, company.budgets.nodes.length, agent.budgetStop, node]).toEqual([[{ id: budget.id }], 2, null, { amount: '10' }]);
    }
    const stranger = keyOf((await smallCompany(boardroom, 'Other')).ceo);
    expect(await boardroom.ask(stranger, OF, { id: acme.engineer.id, ref: acme.id })).toEqual({ agent: null, company: null, node: null });
  });

  test('usage below goals and issues is summed, and what is above is not', async () => {
    const [top, middle] = [await acme.issue({ title: 'Top' }), await acme.issue({ title: 'Elsewhere' })];
    const child = await acme.issue({ parentId: top.id });
    const [over, under] = [await tools.set({ scope: 'ISSUE_SUBTREE', subjectId: top.id, amount: 1_000n }), await tools.set({ scope: 'ISSUE_SUBTREE', subjectId: child.id, amount: 1_000n })];
    await tools.spend(acme.engineer.id, 1n, { issueId: top.id });
    await tools.spend(acme.engineer.id, 10n, { issueId: child.id });
    await tools.spend(acme.engineer.id, 100n, { issueId: middle.id });
    const { company } = await boardroom.ask(BOARD, 'query ($ref: String!) { company(ref: $ref) { budgets { nodes { id used } } } }', { ref: acme.id });
    expect(company.budgets.nodes).toEqual([{ id: over.id, used: '11' }, { id: under.id, used: '10' }]);
  });
});
