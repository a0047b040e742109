import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setClock } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { type Principal, SYSTEM } from '../access/principal.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { reportUsage } from '../run/commands/report-usage.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun, keyOf } from '../testing/runs.ts';
import { checkCosts } from './check.ts';
import { foldCosts, foldSome } from './fold.ts';
import { imputedCost } from './prices.ts';
import { repriceCosts } from './reprice.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let other: SmallCompany;
const TODAY = Date.parse('2026-06-15T12:00:00.000Z');
let back: () => void;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  other = await smallCompany(boardroom, 'Other');
});
afterAll(() => boardroom.close());
beforeEach(async () => {
  for (const table of ['cost_event', 'cost_unfolded', 'cost_rollup', 'model_price']) await boardroom.db.prisma.$executeRawUnsafe(`DELETE FROM ${table}`);
  back = setClock(() => new Date(TODAY));
});
afterEach(() => back());

const SET = 'mutation ($input: SetPriceInput!) { setPrice(input: $input) { id provider model effectiveAt inputMicros cachedInputMicros outputMicros isApplied setBy { ... on User { name } } } }';
const price = { provider: 'acme ai', model: 'acme-1', inputMicros: '1000000', outputMicros: '2000000' };
const setPrice = async (input: object = {}) => (await boardroom.ask(BOARD, SET, { input: { companyId: acme.id, ...price, ...input } })).setPrice;
const refusal = async (by: Principal, input: object) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(by, SET, { input: { companyId: acme.id, ...price, ...input } });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};
const REPORT = 'mutation ($input: ReportCostInput!) { reportCost(input: $input) { id costMicros imputedMicros costStatus } }';
const report = async (input: object = {}, agentId = acme.engineer.id) =>
  (await boardroom.ask(BOARD, REPORT, { input: { agentId, provider: 'acme ai', model: 'acme-1', inputTokens: '1000', outputTokens: '100', ...input } })).reportCost;
const event = (id: string) => boardroom.db.prisma.costEvent.findUniqueOrThrow({ where: { id }, select: { costMicros: true, imputedMicros: true, costStatus: true } });
const used = (tokens: bigint) => ({ inputTokens: tokens, cachedInputTokens: 0n, outputTokens: 0n });

describe('a price that the board sets', () => {
  test('is for uses from its time on, now where none is given; cached input costs as much as other input where nothing is said', async () => {
    expect(await setPrice()).toEqual({
      id: expect.any(String), provider: 'acme ai', model: 'acme-1', effectiveAt: new Date(TODAY).toISOString(), inputMicros: '1000000', cachedInputMicros: '1000000', outputMicros: '2000000', isApplied: false,
      setBy: { name: expect.any(String) },
    });
    expect(await boardroom.db.prisma.activity.findFirst({ where: { action: 'price.set' }, orderBy: { seq: 'desc' } })).toMatchObject({ details: { provider: 'acme ai', model: 'acme-1', inputMicros: '1000000' } });
  });

  test('the same provider, model and time replaces it; another time is another price', async () => {
    const first = await setPrice({ effectiveAt: '2026-01-01T00:00:00Z' });
    const again = await setPrice({ provider: ' Acme  AI', model: 'ACME-1', effectiveAt: '2026-01-01T00:00:00Z', inputMicros: '7', cachedInputMicros: '3' });
    expect(again).toMatchObject({ id: first.id, inputMicros: '7', cachedInputMicros: '3' });
    const later = await setPrice({ effectiveAt: '2026-02-01T00:00:00Z' });
    const { company } = await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { prices { nodes { id } } } }`);
    expect(company.prices.nodes).toEqual([{ id: later.id }, { id: first.id }]);
  });

  test('comes before the list, which comes before nothing', async () => {
    const at = new Date(TODAY);
    const sonnet = { provider: 'anthropic', model: 'claude-sonnet-4-5', at };
    const ask = (use: { provider: string; model: string; at: Date }, companyId = acme.id) => write(boardroom.db, (tx) => imputedCost(tx, companyId, { ...use, ...used(1_000_000n) }));
    expect(await ask(sonnet)).toBe(3_000_000n);
    await setPrice({ provider: 'anthropic', model: 'claude-*', inputMicros: '5000000', effectiveAt: '2026-06-01T00:00:00Z' });
    expect(await ask(sonnet)).toBe(5_000_000n);
    expect(await ask({ ...sonnet, at: new Date('2026-05-31T23:59:59Z') })).toBe(3_000_000n);
    expect(await ask(sonnet, other.id)).toBe(3_000_000n);
    expect(await ask({ ...sonnet, model: 'nobody-knows' })).toBeNull();
  });

  test('what a program reckons by itself comes before the list and after the company’s own price; a price that is set later takes its place', async () => {
    const usage = { inputTokens: 1_000_000n, cachedInputTokens: 0n, outputTokens: 0n };
    const ended = async (worthMicros?: bigint, model = 'claude-sonnet-4-5') => {
      const run = await insertRun(boardroom.db, acme.engineer, { leaseToken: 1, startedAt: new Date(TODAY) });
      const report = { usage, provider: 'anthropic', model, billingType: 'SUBSCRIPTION_INCLUDED' as const, worthMicros };
      await write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 1, end: { kind: 'succeeded' }, report }));
      return boardroom.db.prisma.costEvent.findFirstOrThrow({ where: { runId: run.id }, select: { id: true, costMicros: true, imputedMicros: true, costStatus: true } });
    };
    expect(await ended()).toMatchObject({ costMicros: 0n, imputedMicros: 3_000_000n });
    // Written to a cache for an hour: twice the price of input, which the counts do not tell.
    const told = await ended(6_000_000n);
    expect(told).toMatchObject({ costMicros: 0n, imputedMicros: 6_000_000n, costStatus: 'PRICED' });
    expect(await ended(7n, 'nobody-knows')).toMatchObject({ costMicros: 0n, imputedMicros: 7n });
    await setPrice({ provider: 'anthropic', model: 'claude-*', inputMicros: '5000000', effectiveAt: '2026-06-01T00:00:00Z' });
    expect(await ended(6_000_000n)).toMatchObject({ imputedMicros: 5_000_000n });
    await repriceCosts(boardroom.db);
    expect(await event(told.id)).toMatchObject({ costMicros: 0n, imputedMicros: 5_000_000n });
  });

  test.each<[string, object, string]>([
    ['a negative price', { inputMicros: '-1' }, 'inputMicros'], ['a negative price of cached input', { cachedInputMicros: '-1' }, 'cachedInputMicros'], ['more than a dollar a token', { outputMicros: '1000000000001' }, 'outputMicros'],
    ['no provider', { provider: ' ' }, 'provider'], ['no model', { model: '' }, 'model'], ['a star in the middle', { model: 'a*b' }, 'model'], ['two stars', { model: 'a**' }, 'model'], ['a star alone', { model: '*' }, 'model'],
  ])('refuses %s', async (_name, input, field) => expect(await refusal(BOARD, input)).toMatchObject({ code: 'BAD_USER_INPUT', field }));

  test('is the board\'s alone to set, for a company that there is', async () => {
    expect(await refusal(keyOf(acme.ceo), {})).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal(BOARD, { companyId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what is reported', () => {
  test('by a metered API is priced by the list; by a subscription it bills nothing and is worth as much; else it is unpriced', async () => {
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z' }); // 1,000 in and 100 out: 1,200 millionths
    expect(await report({ billingType: 'METERED_API' })).toMatchObject({ costMicros: '1200', imputedMicros: '1200', costStatus: 'PRICED' });
    expect(await report({ billingType: 'SUBSCRIPTION_INCLUDED' })).toMatchObject({ costMicros: '0', imputedMicros: '1200', costStatus: 'PRICED' });
    expect(await report()).toMatchObject({ costMicros: null, imputedMicros: '1200', costStatus: 'UNPRICED' });
    expect(await report({ costMicros: '5' })).toMatchObject({ costMicros: '5', imputedMicros: '1200', costStatus: 'REPORTED' });
    expect(await report({ costMicros: '5', model: 'x' })).toMatchObject({ costMicros: '5', imputedMicros: '5', costStatus: 'REPORTED' });
    expect(await report({ billingType: 'METERED_API', model: 'x' })).toMatchObject({ costMicros: null, imputedMicros: null, costStatus: 'UNPRICED' });
    expect(await report({ billingType: 'SUBSCRIPTION_INCLUDED', model: 'x' })).toMatchObject({ costMicros: '0', imputedMicros: null, costStatus: 'PRICED' });
  });

  test('counts for the goal of the issue, else of the nearest above, else of the project', async () => {
    const { prisma } = boardroom.db;
    const [one, two, three] = await Promise.all(['one', 'two', 'three'].map((title) => prisma.goal.create({ data: { id: newId(), companyId: acme.id, title } }))) as unknown as [{ id: string }, { id: string }, { id: string }];
    const project = await prisma.project.create({ data: { id: newId(), companyId: acme.id, name: 'p', color: '#000000', goalId: three.id } });
    const top = await acme.issue({ goalId: one.id });
    const middle = await acme.issue({ parentId: top.id, goalId: two.id });
    const low = await acme.issue({ parentId: middle.id, projectId: project.id });
    await prisma.issue.update({ where: { id: low.id }, data: { goalId: null } });
    const lowest = await acme.issue({ parentId: low.id });
    await prisma.issue.update({ where: { id: lowest.id }, data: { goalId: null } });
    const alone = await acme.issue({ projectId: project.id });
    await prisma.issue.update({ where: { id: alone.id }, data: { goalId: null } });
    const nowhere = await acme.issue();
    const goalOf = async (issueId: string) => (await prisma.costEvent.findUniqueOrThrow({ where: { id: (await report({ issueId })).id } })).goalId;
    expect(await Promise.all([top, middle, low, lowest, alone, nowhere].map(({ id }) => goalOf(id)))).toEqual([one.id, two.id, two.id, two.id, three.id, null]);
  });
});

describe('the job', () => {
  test('prices what came before anew, folded or not, and the sums with it; what was reported as billed stays', async () => {
    const late = '2026-05-01T00:00:00.000Z';
    const [metered, subscribed, unknown, billed, early, elsewhere] = [
      await report({ billingType: 'METERED_API', occurredAt: late }), await report({ billingType: 'SUBSCRIPTION_INCLUDED', occurredAt: late }), await report({ occurredAt: late }),
      await report({ costMicros: '5', occurredAt: late }), await report({ billingType: 'METERED_API', occurredAt: '2026-03-31T23:59:59.999Z' }), await report({ billingType: 'METERED_API', occurredAt: late }, other.engineer.id),
    ];
    await write(boardroom.db, (tx) => foldSome(tx, 2));
    await setPrice({ effectiveAt: '2026-04-01T00:00:00Z' });
    expect(await repriceCosts(boardroom.db, 2)).toEqual({ changed: 4, more: false });
    expect(await event(metered.id)).toEqual({ costMicros: 1200n, imputedMicros: 1200n, costStatus: 'PRICED' });
    expect(await event(subscribed.id)).toEqual({ costMicros: 0n, imputedMicros: 1200n, costStatus: 'PRICED' });
    expect(await event(unknown.id)).toEqual({ costMicros: null, imputedMicros: 1200n, costStatus: 'UNPRICED' });
    expect(await event(billed.id)).toEqual({ costMicros: 5n, imputedMicros: 1200n, costStatus: 'REPORTED' });
    for (const { id } of [early, elsewhere]) expect(await event(id)).toEqual({ costMicros: null, imputedMicros: null, costStatus: 'UNPRICED' });
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ wrongCount: 0, foldedCount: 2, unfoldedCount: 3 });
    await foldCosts(boardroom.db);
    const { company } = await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { costs { total { costMicros imputedMicros unpricedCount unimputedCount } } } }`);
    expect(company.costs.total).toEqual({ costMicros: '1205', imputedMicros: '4800', unpricedCount: 2, unimputedCount: 1 });
  });

  test('changes what a run says of itself with its events, also one that goes on; both are read in one statement for a page of runs', async () => {
    const usage = { inputTokens: 1000n, cachedInputTokens: 0n, outputTokens: 100n };
    const metered = { provider: 'acme ai', model: 'acme-1', billingType: 'METERED_API' as const };
    const agent = await acme.agent({ maxConcurrentRuns: 9 });
    const start = () => insertRun(boardroom.db, agent, { leaseToken: 1, startedAt: new Date(TODAY) });
    const [over, going, silent] = [await start(), await start(), await start()];
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z' });
    for (const { id: runId } of [over, going]) {
      await write(boardroom.db, (tx) => reportUsage(tx, { runId, leaseToken: 1, usage, ...metered }));
      // What the agent itself reports comes to it.
      await report({ runId, billingType: 'METERED_API' }, agent.id);
    }
    await write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: over.id, leaseToken: 1, end: { kind: 'succeeded' } }));
    await foldCosts(boardroom.db);
    const read = async () => {
      const { agent: found } = await boardroom.ask(BOARD, `{ agent(id: "${agent.id}") { runs(first: 9) { nodes { id costMicros imputedMicros costStatus cost { costMicros imputedMicros } } } } }`);
      return new Map((found.runs.nodes as { id: string }[]).map(({ id, ...run }) => [id, run]));
    };
    const both = (micros: string) => ({ costMicros: micros, imputedMicros: micros });
    expect((await read()).get(over.id)).toEqual({ ...both('2400'), costStatus: 'PRICED', cost: both('2400') });
    expect((await read()).get(going.id)).toEqual({ ...both('2400'), costStatus: 'PRICED', cost: both('1200') });
    expect((await read()).get(silent.id)).toEqual({ costMicros: null, imputedMicros: null, costStatus: null, cost: both('0') });
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z', inputMicros: '10000000', outputMicros: '0' });
    expect(await repriceCosts(boardroom.db)).toEqual({ changed: 3, more: false });
    expect((await read()).get(over.id)).toEqual({ ...both('20000'), costStatus: 'PRICED', cost: both('20000') });
    expect((await read()).get(going.id)).toMatchObject({ ...both('11200'), cost: both('10000') });
    await write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: going.id, leaseToken: 1, end: { kind: 'succeeded' } }));
    expect((await read()).get(going.id)).toMatchObject({ ...both('20000'), cost: both('20000') });
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ wrongCount: 0 });
    const few = await boardroom.statements(read);
    for (let count = 0; count < 4; count += 1) await start();
    expect(await boardroom.statements(read)).toHaveLength(few.length);
  });

  test('corrects a price that was set wrong', async () => {
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z' });
    const { id } = await report({ billingType: 'METERED_API' });
    await foldCosts(boardroom.db);
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z', inputMicros: '10000000', outputMicros: '0' });
    expect(await repriceCosts(boardroom.db)).toEqual({ changed: 1, more: false });
    expect(await event(id)).toMatchObject({ costMicros: 10_000n, imputedMicros: 10_000n });
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ wrongCount: 0 });
  });

  test('goes over the events again a minute later, for a report that began before the price, and then is done', async () => {
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z' });
    await repriceCosts(boardroom.db);
    const slow = await report({ billingType: 'METERED_API' });
    await boardroom.db.prisma.costEvent.update({ where: { id: slow.id }, data: { costMicros: null, imputedMicros: null, costStatus: 'UNPRICED' } }); // as it would stand had it not seen the price
    const applied = async () => (await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { prices { nodes { isApplied } } } }`)).company.prices.nodes[0].isApplied;
    expect(await applied()).toBe(false);
    back();
    back = setClock(() => new Date(TODAY + 61_000));
    expect(await repriceCosts(boardroom.db)).toEqual({ changed: 1, more: false });
    expect(await applied()).toBe(true);
    expect(await event(slow.id)).toMatchObject({ costMicros: 1200n });
    expect(await repriceCosts(boardroom.db)).toEqual({ changed: 0, more: false });
  });

  test('that dies on the way goes on where it was and counts nothing twice', async () => {
    for (let i = 0; i < 5; i += 1) await report({ billingType: 'METERED_API' });
    await foldCosts(boardroom.db);
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z' });
    // The third batch cannot be stored: two are, and stay.
    const third = (await boardroom.db.prisma.costEvent.findMany({ orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }] }))[2] as { id: string };
    await boardroom.db.prisma.$executeRawUnsafe(`ALTER TABLE cost_event ADD CONSTRAINT in_the_way CHECK (id <> '${third.id}' OR imputed_micros IS NULL)`);
    await expect(repriceCosts(boardroom.db, 1)).rejects.toThrow();
    await boardroom.db.prisma.$executeRawUnsafe('ALTER TABLE cost_event DROP CONSTRAINT in_the_way');
    expect(await boardroom.db.prisma.costEvent.count({ where: { imputedMicros: { not: null } } })).toBe(2);
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ wrongCount: 0 });
    expect(await repriceCosts(boardroom.db, 1)).toEqual({ changed: 3, more: false });
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ wrongCount: 0 });
  });

  test('takes some batches at a time, and goes on where it was', async () => {
    for (let i = 0; i < 5; i += 1) await report({ billingType: 'METERED_API' });
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z' });
    back();
    back = setClock(() => new Date(TODAY + 61_000));
    expect(await repriceCosts(boardroom.db, 1, 2)).toEqual({ changed: 2, more: true });
    expect(await repriceCosts(boardroom.db, 1, 2)).toEqual({ changed: 2, more: true });
    expect(await repriceCosts(boardroom.db, 1, 2)).toEqual({ changed: 1, more: false });
    expect(await boardroom.db.prisma.modelPrice.count({ where: { repriceDueAt: { not: null } } })).toBe(0);
  });

  test('begins from the start for a price that is set once more on the way', async () => {
    for (let i = 0; i < 3; i += 1) await report({ billingType: 'METERED_API' });
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z' });
    expect(await repriceCosts(boardroom.db, 1, 2)).toEqual({ changed: 2, more: true });
    await setPrice({ effectiveAt: '2026-01-01T00:00:00Z', inputMicros: '5000000' });
    expect(await repriceCosts(boardroom.db, 1, 9)).toEqual({ changed: 3, more: false });
    expect(await boardroom.db.prisma.costEvent.count({ where: { imputedMicros: 5_200n } })).toBe(3);
  });
});

test('the shipped list can be read by anybody', async () => {
  const { priceList } = await boardroom.ask(keyOf(acme.engineer), '{ priceList { provider model effectiveAt inputMicros cachedInputMicros outputMicros } }');
  expect(priceList).toContainEqual({ provider: 'anthropic', model: 'claude-sonnet-4-5', effectiveAt: '2025-09-29T00:00:00.000Z', inputMicros: '3000000', cachedInputMicros: '300000', outputMicros: '15000000' });
});
