import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setClock } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { type Answer, BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf } from '../testing/runs.ts';
import { foldCosts, foldSome } from './fold.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let back: () => void;
const NOW = '2026-06-15T12:30:00.000Z';
const ago = (hours: number) => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
const made = { goal: '', below: '', project: '', top: '', middle: '', leaf: '', alone: '' };

beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());
beforeEach(() => {
  back = setClock(() => new Date(NOW));
});
afterEach(() => back());

const spend = (costMicros: string | null, fields: Record<string, unknown> = {}) =>
  boardroom.ask(BOARD, 'mutation ($input: ReportCostInput!) { reportCost(input: $input) { id } }', {
    input: { agentId: acme.engineer.id, provider: 'p', model: 'm', inputTokens: '10', costMicros, occurredAt: ago(1), ...fields },
  });

/** The answer with nothing folded, a part and all: it must be the same. */
async function whateverIsFolded<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  await boardroom.db.prisma.$executeRaw`DELETE FROM cost_rollup`;
  await boardroom.db.prisma.$executeRaw`INSERT INTO cost_unfolded (event_id, company_id, occurred_at) SELECT id, company_id, occurred_at FROM cost_event ON CONFLICT DO NOTHING`;
  const unfolded = await ask();
  await write(boardroom.db, (tx) => foldSome(tx, 5));
  expect(await ask()).toEqual(unfolded);
  await foldCosts(boardroom.db);
  expect(await ask()).toEqual(unfolded);
  return unfolded;
}

describe('costs', () => {
  beforeAll(async () => {
    back = setClock(() => new Date(NOW));
    const { prisma } = boardroom.db;
    const goal = await prisma.goal.create({ data: { id: newId(), companyId: acme.id, title: 'goal' } });
    const below = await prisma.goal.create({ data: { id: newId(), companyId: acme.id, title: 'below', parentId: goal.id } });
    const project = await prisma.project.create({ data: { id: newId(), companyId: acme.id, name: 'project', color: '#000000', goalId: below.id } });
    const top = await acme.issue({ goalId: goal.id, billingCode: 'A' });
    const middle = await acme.issue({ parentId: top.id, projectId: project.id, billingCode: 'B' });
    const leaf = await acme.issue({ parentId: middle.id, projectId: project.id, billingCode: 'A' });
    const alone = await acme.issue();
    // Children take the goal above when they are filed: here only the top and the project tell.
    await prisma.issue.updateMany({ where: { id: { in: [middle.id, leaf.id] } }, data: { goalId: null } });
    Object.assign(made, { goal: goal.id, below: below.id, project: project.id, top: top.id, middle: middle.id, leaf: leaf.id, alone: alone.id });
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: top.id, status: 'SUCCEEDED', startedAt: new Date(ago(2)), finishedAt: new Date(ago(1)) });
    const second = await insertRun(boardroom.db, acme.engineer, { issueId: top.id, status: 'SUCCEEDED', startedAt: new Date(ago(2)), finishedAt: new Date(ago(1.5)) });
    await spend('1', { issueId: top.id, runId: run.id });
    await spend('2', { issueId: top.id, runId: run.id, model: 'n' });
    await spend('4', { issueId: middle.id, runId: second.id, occurredAt: ago(6) });
    await spend('8', { issueId: leaf.id, agentId: acme.writer.id, occurredAt: ago(30) });
    await spend('16', { issueId: alone.id, provider: 'q', biller: 'r', billingType: 'CREDITS', occurredAt: ago(200) });
    await spend('32', { agentId: acme.writer.id, occurredAt: '2026-05-31T23:59:59.999Z' });
    await spend(null, { agentId: acme.ceo.id, occurredAt: '2026-06-01T00:00:00.000Z' });
    await spend('0', { agentId: acme.ceo.id, model: 's', billingType: 'SUBSCRIPTION_INCLUDED', occurredAt: ago(3) });
  });

  test('of a company, as a whole and in every kind of part', async () => {
    const { company } = await whateverIsFolded(() => boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { costs {
      total { costMicros imputedMicros inputTokens eventCount unpricedCount unimputedCount runCount runtimeMs }
      monthToDate { costMicros eventCount } last5Hours { costMicros } last24Hours { costMicros } last7Days { costMicros }
      byAgent { nodes { agent { name } cost { costMicros runCount } } }
      byModel { nodes { provider model cost { costMicros eventCount } } } byProvider { nodes { provider cost { costMicros } } } byBiller { nodes { biller cost { costMicros } } }
      byBillingType { nodes { billingType cost { costMicros } } } byProject { nodes { project { name } cost { costMicros } } } byGoal { nodes { goal { title } cost { costMicros } } }
      byBillingCode { nodes { billingCode cost { costMicros runCount } } } byDay { nodes { day cost { costMicros } } } unpricedModels { nodes { provider model cost { eventCount inputTokens } } }
    } } }`));
    expect(company.costs).toEqual({
      total: { costMicros: '63', imputedMicros: '63', inputTokens: '80', eventCount: 8, unpricedCount: 1, unimputedCount: 2, runCount: 2, runtimeMs: String(1.5 * 3_600_000) },
      monthToDate: { costMicros: '31', eventCount: 7 }, last5Hours: { costMicros: '3' }, last24Hours: { costMicros: '7' }, last7Days: { costMicros: '15' },
      byAgent: { nodes: [
        { agent: { name: 'Acme writer' }, cost: { costMicros: '40', runCount: 0 } }, { agent: { name: 'Acme engineer' }, cost: { costMicros: '23', runCount: 2 } }, { agent: { name: 'Acme CEO' }, cost: { costMicros: '0', runCount: 0 } },
      ] },
      byModel: { nodes: [
        { provider: 'p', model: 'm', cost: { costMicros: '45', eventCount: 5 } }, { provider: 'q', model: 'm', cost: { costMicros: '16', eventCount: 1 } },
        { provider: 'p', model: 'n', cost: { costMicros: '2', eventCount: 1 } }, { provider: 'p', model: 's', cost: { costMicros: '0', eventCount: 1 } },
      ] },
      byProvider: { nodes: [{ provider: 'p', cost: { costMicros: '47' } }, { provider: 'q', cost: { costMicros: '16' } }] },
      byBiller: { nodes: [{ biller: 'p', cost: { costMicros: '47' } }, { biller: 'r', cost: { costMicros: '16' } }] },
      byBillingType: { nodes: [{ billingType: 'UNKNOWN', cost: { costMicros: '47' } }, { billingType: 'CREDITS', cost: { costMicros: '16' } }, { billingType: 'SUBSCRIPTION_INCLUDED', cost: { costMicros: '0' } }] },
      byProject: { nodes: [{ project: null, cost: { costMicros: '51' } }, { project: { name: 'project' }, cost: { costMicros: '12' } }] },
      byGoal: { nodes: [{ goal: null, cost: { costMicros: '48' } }, { goal: { title: 'goal' }, cost: { costMicros: '15' } }] },
      byBillingCode: { nodes: [{ billingCode: null, cost: { costMicros: '48', runCount: 0 } }, { billingCode: 'A', cost: { costMicros: '11', runCount: 1 } }, { billingCode: 'B', cost: { costMicros: '4', runCount: 1 } }] },
      byDay: { nodes: [
        { day: '2026-06-15', cost: { costMicros: '7' } }, { day: '2026-06-14', cost: { costMicros: '8' } }, { day: '2026-06-07', cost: { costMicros: '16' } },
        { day: '2026-06-01', cost: { costMicros: '0' } }, { day: '2026-05-31', cost: { costMicros: '32' } },
      ] },
      unpricedModels: { nodes: expect.arrayContaining([{ provider: 'p', model: 'm', cost: { eventCount: 1, inputTokens: '10' } }, { provider: 'p', model: 's', cost: { eventCount: 1, inputTokens: '10' } }]) },
    });
  });

  test('in a span that cuts hours at both ends', async () => {
    const { company } = await whateverIsFolded(() => boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { costs(since: "2026-05-31T23:59:59.999Z", until: "${ago(1)}") {
      total { costMicros eventCount } byAgent { nodes { cost { costMicros } } } byDay { nodes { day } } last5Hours { costMicros } } } }`));
    expect(company.costs).toEqual({
      total: { costMicros: '60', eventCount: 6 }, byAgent: { nodes: [{ cost: { costMicros: '40' } }, { cost: { costMicros: '20' } }, { cost: { costMicros: '0' } }] },
      byDay: { nodes: [{ day: '2026-06-15' }, { day: '2026-06-14' }, { day: '2026-06-07' }, { day: '2026-06-01' }, { day: '2026-05-31' }] }, last5Hours: { costMicros: '3' },
    });
    const ends = await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { costs(since: "2026-06-02T00:00:00Z", until: "2026-06-01T00:00:00Z") { total { eventCount } byDay { nodes { day } } } } }`);
    expect(ends.company.costs).toEqual({ total: { eventCount: 0 }, byDay: { nodes: [] } });
  });

  test('of an agent, a project and a goal with the goals below it', async () => {
    const parts = `total { costMicros runCount } last24Hours { costMicros } byModel { nodes { provider model cost { costMicros } } } byProvider { nodes { provider } } byAgent { nodes { agent { name } cost { costMicros runCount } } }
      byProject { nodes { project { name } cost { costMicros } } } byDay { nodes { day cost { costMicros } } } unpricedModels { nodes { model } }`;
    const answer = await whateverIsFolded(() => boardroom.ask(BOARD, `{
      agent(id: "${acme.engineer.id}") { costs { ${parts} } } project(id: "${made.project}") { costs { ${parts} } }
      goal(id: "${made.goal}") { costs { ${parts} } } below: goal(id: "${made.below}") { costs { total { costMicros } } } }`));
    expect(answer.agent.costs).toEqual({
      total: { costMicros: '23', runCount: 2 }, last24Hours: { costMicros: '7' },
      byModel: { nodes: [{ provider: 'q', model: 'm', cost: { costMicros: '16' } }, { provider: 'p', model: 'm', cost: { costMicros: '5' } }, { provider: 'p', model: 'n', cost: { costMicros: '2' } }] },
      byProvider: { nodes: [{ provider: 'q' }, { provider: 'p' }] }, byAgent: { nodes: [{ agent: { name: 'Acme engineer' }, cost: { costMicros: '23', runCount: 2 } }] },
      byProject: { nodes: [{ project: null, cost: { costMicros: '19' } }, { project: { name: 'project' }, cost: { costMicros: '4' } }] },
      byDay: { nodes: [{ day: '2026-06-15', cost: { costMicros: '7' } }, { day: '2026-06-07', cost: { costMicros: '16' } }] }, unpricedModels: { nodes: [] },
    });
    expect(answer.project.costs).toMatchObject({
      total: { costMicros: '12', runCount: 1 }, byAgent: { nodes: [{ agent: { name: 'Acme writer' }, cost: { costMicros: '8', runCount: 0 } }, { agent: { name: 'Acme engineer' }, cost: { costMicros: '4', runCount: 1 } }] },
      byDay: { nodes: [{ day: '2026-06-15', cost: { costMicros: '4' } }, { day: '2026-06-14', cost: { costMicros: '8' } }] },
    });
    expect(answer.goal.costs).toMatchObject({ total: { costMicros: '15', runCount: 2 }, byModel: { nodes: [{ model: 'm', cost: { costMicros: '13' } }, { model: 'n', cost: { costMicros: '2' } }] } });
    expect(answer.below.costs.total).toEqual({ costMicros: '0' });
    await spend('64', { agentId: acme.ceo.id, issueId: (await acme.issue({ goalId: made.below })).id, occurredAt: '2026-01-01T00:00:00Z' });
    const again = await boardroom.ask(BOARD, `{ goal(id: "${made.goal}") { costs { total { costMicros } } } below: goal(id: "${made.below}") { costs { total { costMicros } } } }`);
    expect([again.goal.costs.total.costMicros, again.below.costs.total.costMicros]).toEqual(['79', '64']);
  });

  test('of an issue: with what is below it, alone, without itself, and what was booked on its code', async () => {
    const asked = (args: string, fields = 'total { costMicros eventCount runCount }') => `costs${args} { ${fields} }`;
    const { issue, leaf } = await whateverIsFolded(() => boardroom.ask(BOARD, `{ issue(ref: "${made.top}") {
      all: ${asked('')} alone: ${asked('(subtree: false)')} below: ${asked('(includeRoot: false)')} code: ${asked('(onlyBillingCode: true)', 'total { costMicros } last5Hours { costMicros } byDay { nodes { day cost { costMicros } } } byAgent { nodes { agent { name } cost { costMicros } } }')}
      codeBelow: ${asked('(onlyBillingCode: true, includeRoot: false)')} parts: ${asked('', 'byAgent { nodes { agent { name } cost { costMicros } } } byBillingCode { nodes { billingCode cost { costMicros } } } byDay { nodes { day cost { costMicros } } }')}
      since: ${asked(`(since: "${ago(20)}")`)}
    } leaf: issue(ref: "${made.leaf}") { ${asked('')} below: ${asked('(includeRoot: false)')} } }`));
    const sums = (costMicros: string, eventCount: number, runCount: number) => ({ total: { costMicros, eventCount, runCount } });
    expect(issue).toEqual({
      all: sums('15', 4, 2), alone: sums('3', 2, 1), below: sums('12', 2, 1), since: sums('7', 3, 2), codeBelow: sums('8', 1, 0),
      code: { total: { costMicros: '11' }, last5Hours: { costMicros: '3' }, byDay: { nodes: [{ day: '2026-06-15', cost: { costMicros: '3' } }, { day: '2026-06-14', cost: { costMicros: '8' } }] }, byAgent: { nodes: [{ agent: { name: 'Acme writer' }, cost: { costMicros: '8' } }, { agent: { name: 'Acme engineer' }, cost: { costMicros: '3' } }] } },
      parts: {
        byAgent: { nodes: [{ agent: { name: 'Acme writer' }, cost: { costMicros: '8' } }, { agent: { name: 'Acme engineer' }, cost: { costMicros: '7' } }] },
        byBillingCode: { nodes: [{ billingCode: 'A', cost: { costMicros: '11' } }, { billingCode: 'B', cost: { costMicros: '4' } }] },
        byDay: { nodes: [{ day: '2026-06-15', cost: { costMicros: '7' } }, { day: '2026-06-14', cost: { costMicros: '8' } }] },
      },
    });
    expect(leaf).toEqual({ costs: sums('8', 1, 0), below: sums('0', 0, 0) });
  });

  test('page by page, each part once', async () => {
    for (const list of ['byModel', 'byDay']) {
      const seen: unknown[] = [];
      let after: string | null = null;
      do {
        const answer: Answer = await boardroom.ask(
          BOARD, `query ($after: Cursor) { company(ref: "${acme.id}") { costs { ${list}(first: 1, after: $after) { nodes { provider model day } pageInfo { hasNextPage endCursor } } } } }`, { after });
        const page: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = answer['company'].costs[list];
        seen.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      const { company } = await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { costs { ${list} { nodes { provider model day } } } } }`);
      expect(seen).toEqual(company.costs[list].nodes);
      expect(seen.length).toBeGreaterThan(3);
      const by = list === 'byDay' ? 'DAY' : 'MODEL';
      const chosen = await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { costs { parts(by: ${by}) { nodes { provider model day } } } } }`);
      expect(chosen.company.costs.parts.nodes).toEqual(seen);
    }
    expect(await boardroom.refusal(BOARD, `{ company(ref: "${acme.id}") { costs { byDay(after: "x") { nodes { day } } } } }`)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('each list is one statement, and so are all sums of a level together', async () => {
    const sent = (fields: string) => boardroom.statements(() => boardroom.ask(keyOf(acme.ceo), `{ company(ref: "${acme.id}") { id ${fields} } }`));
    const none = (await sent('')).length;
    const sums = 'total { costMicros } monthToDate { costMicros } last5Hours { costMicros } last24Hours { costMicros } last7Days { costMicros }';
    expect((await sent(`costs { ${sums} } cost { costMicros } dashboard { monthCost { costMicros } }`)).length - none).toBe(1);
    for (const list of ['byModel', 'byProvider', 'byBiller', 'byBillingType', 'byBillingCode', 'byDay', 'unpricedModels']) expect((await sent(`costs { ${list} { nodes { cost { costMicros } } } }`)).length - none).toBe(1);
    for (const list of ['byAgent { nodes { agent { name } cost { costMicros } } }', 'byProject { nodes { project { name } } }', 'byGoal { nodes { goal { title } } }']) expect((await sent(`costs { ${list} }`)).length - none).toBe(2);
  });
});
