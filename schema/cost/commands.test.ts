import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import type { Principal } from '../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let rows: Furnished;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  rows = await furnish(boardroom, acme);
});
afterAll(() => boardroom.close());

const REPORT = `mutation ($input: ReportCostInput!) { reportCost(input: $input) {
  id agent { name } issue { id } project { id } run { id } provider biller billingType model inputTokens cachedInputTokens outputTokens costMicros costStatus billingCode occurredAt } }`;
const report = async (by: Principal, input: object = {}) => (await boardroom.ask(by, REPORT, { input: { provider: 'anthropic', model: 'm', ...input } })).reportCost;
const refusal = async (by: Principal, input: object) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(by, REPORT, { input: { provider: 'anthropic', model: 'm', ...input } });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};

describe('one use of a model', () => {
  test('agent, run and issue come from the token; project and billing code from the issue', async () => {
    const issue = await acme.issue({ projectId: rows.project.id, billingCode: 'B-7', assigneeId: acme.engineer.id, status: 'BACKLOG' });
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    expect(await report(tokenOf(run), { inputTokens: '9007199254740993'.slice(0, 15), costMicros: '1500000' })).toMatchObject({
      agent: { name: 'Acme engineer' }, issue: { id: issue.id }, project: { id: rows.project.id }, run: { id: run.id }, provider: 'anthropic', biller: 'anthropic', billingType: 'UNKNOWN',
      inputTokens: '900719925474099', cachedInputTokens: '0', outputTokens: '0', costMicros: '1500000', costStatus: 'REPORTED', billingCode: 'B-7',
    });
  });

  test('without a price it is unpriced, never zero', async () => {
    expect(await report(keyOf(acme.engineer))).toMatchObject({ costMicros: null, costStatus: 'UNPRICED' });
    expect(await report(keyOf(acme.engineer), { costMicros: '0' })).toMatchObject({ costMicros: '0', costStatus: 'REPORTED' });
  });

  test('the board names the agent', async () => {
    expect(await report(BOARD, { agentId: acme.writer.id, biller: 'openrouter', billingType: 'CREDITS' })).toMatchObject({ agent: { name: 'Acme writer' }, biller: 'openrouter', billingType: 'CREDITS' });
    expect(await refusal(BOARD, {})).toMatchObject({ code: 'BAD_USER_INPUT', field: 'agentId' });
  });

  test('agents report for themselves only, and for runs of theirs', async () => {
    expect(await refusal(keyOf(acme.engineer), { agentId: acme.writer.id })).toMatchObject({ code: 'FORBIDDEN', field: 'agentId' });
    const others = await insertRun(boardroom.db, acme.writer);
    expect(await refusal(keyOf(acme.engineer), { runId: others.id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(keyOf(acme.ceo), { agentId: acme.engineer.id })).toMatchObject({ code: 'FORBIDDEN' });
  });

  describe('agents report for issues', () => {
    const put = (fields: object = {}) => acme.issue({ status: 'BACKLOG', ...fields });
    const may = async (by: Principal, issueId: string) => expect(await report(by, { issueId, costMicros: '1' })).toMatchObject({ issue: { id: issueId } });
    const mayNot = async (by: Principal, issueId: string, more: object = {}) => expect(await refusal(by, { issueId, costMicros: '1', ...more })).toMatchObject({ code: 'FORBIDDEN', field: 'issueId' });

    test('of their own and all below them, and no others', async () => {
      const [top, side] = [await put({ assigneeId: acme.writer.id }), await put()];
      const own = await put({ parentId: top.id, assigneeId: acme.engineer.id });
      const below = await put({ parentId: (await put({ parentId: own.id })).id, assigneeId: acme.writer.id });
      for (const { id } of [own, below]) await may(keyOf(acme.engineer), id);
      for (const { id } of [top, side, await put({ parentId: top.id })]) await mayNot(keyOf(acme.engineer), id);
    });

    test('of their run, or that a run of theirs was for, and what is below; not what a run was only queued for', async () => {
      const [woken, picked, was, queued] = [await put(), await put(), await put(), await put()];
      const run = await insertRun(boardroom.db, acme.engineer, { issueId: woken.id });
      const beat = await insertRun(boardroom.db, acme.engineer, { workedIssueId: picked.id });
      await insertRun(boardroom.db, acme.engineer, { issueId: was.id, status: 'FAILED', finishedAt: new Date() });
      await insertRun(boardroom.db, acme.engineer, { issueId: queued.id, status: 'QUEUED' });
      await may(tokenOf(run), woken.id);
      await may(tokenOf(beat), picked.id);
      expect(await report(tokenOf(beat), { costMicros: '1' })).toMatchObject({ issue: { id: picked.id } });
      for (const { id } of [woken, picked, was, await put({ parentId: was.id }), await put({ parentId: picked.id })]) await may(keyOf(acme.engineer), id);
      await mayNot(keyOf(acme.engineer), queued.id);
      await mayNot(tokenOf(run), queued.id);
      // With a run of its own named it is no more than that run was for.
      await mayNot(keyOf(acme.engineer), queued.id, { runId: run.id });
      for (const { id } of [woken, picked, was]) await mayNot(keyOf(acme.writer), id);
    });

    test('that they may give to others; the board for any; a retry of what was reported gets it even when the work has moved on', async () => {
      const others = await put({ assigneeId: acme.writer.id });
      await may(keyOf(acme.ceo), others.id);
      expect(await report(BOARD, { agentId: acme.engineer.id, issueId: others.id, costMicros: '1' })).toMatchObject({ issue: { id: others.id } });
      const own = await put({ assigneeId: acme.engineer.id });
      const told = { issueId: own.id, costMicros: '1', idempotencyKey: 'once' };
      const { id } = await report(keyOf(acme.engineer), told);
      await boardroom.db.prisma.issue.update({ where: { id: own.id }, data: { assigneeId: acme.writer.id } });
      expect(await report(keyOf(acme.engineer), told)).toMatchObject({ id });
      await mayNot(keyOf(acme.engineer), own.id);
    });
  });

  test.each<[string, object]>([
    ['costMicros', { costMicros: '-1' }], ['inputTokens', { inputTokens: '-1' }], ['cachedInputTokens', { cachedInputTokens: '-5' }], ['outputTokens', { outputTokens: '-1' }],
    ['costMicros', { costMicros: '9007199254740993' }], ['occurredAt', { occurredAt: new Date(Date.now() + 3_600_000).toISOString() }],
  ])('%s out of range', async (field, input) => expect(await refusal(keyOf(acme.engineer), input)).toMatchObject({ code: 'BAD_USER_INPUT', field }));

  test('unknown issues and runs', async () => {
    for (const input of [{ issueId: newId() }, { runId: newId() }]) expect(await refusal(keyOf(acme.engineer), input)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('late reports keep their time; an agent books nothing on a month that is over', async () => {
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const old = { occurredAt: '2020-01-01T00:00:00.000Z' };
    expect(await report(BOARD, { ...old, agentId: acme.engineer.id })).toMatchObject(old);
    const late = { occurredAt: ago(23) };
    expect(await report(keyOf(acme.engineer), late)).toMatchObject(late);
    expect(await refusal(keyOf(acme.engineer), { occurredAt: ago(25) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'occurredAt' });
    const run = await insertRun(boardroom.db, acme.writer, { startedAt: new Date(ago(30)) });
    expect(await report(tokenOf(run), { occurredAt: ago(29) })).toMatchObject({ run: { id: run.id } });
    expect(await refusal(tokenOf(run), { occurredAt: ago(31) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'occurredAt' });
  });
});

describe('sums', () => {
  test('by company, agent, project, issue and what is below it, and since a time', async () => {
    const other = await smallCompany(boardroom, 'Other');
    const own = await furnish(boardroom, other); // one event of 5 on the issue below the parent
    const spend = (agentId: string, issueId: string | null, costMicros: string | null, at = '2020-06-01T00:00:00Z') => report(BOARD, { agentId, issueId, costMicros, inputTokens: '10', outputTokens: '1', occurredAt: at });
    await spend(other.engineer.id, own.issue.id, '7');
    await spend(other.engineer.id, own.parent.id, '100');
    await spend(other.writer.id, null, '1000');
    await spend(other.writer.id, null, null, '2020-01-01T00:00:00Z');
    const sums = await boardroom.ask(BOARD, `{
      company(ref: "${other.id}") {
        cost { costMicros inputTokens outputTokens eventCount unpricedCount runCount } since: cost(since: "2020-05-01T00:00:00Z") { costMicros eventCount }
        costByAgent { agent { name } cost { costMicros eventCount } } dashboard { monthCost { eventCount } }
      }
      agent(id: "${other.engineer.id}") { cost { costMicros } } project(id: "${own.project.id}") { cost { costMicros } }
      issue(ref: "${own.parent.id}") { alone: cost { costMicros } all: cost(subtree: true) { costMicros eventCount runCount } }
      child: issue(ref: "${own.issue.id}") { cost { costMicros } }
    }`);
    expect(sums).toEqual({
      company: {
        cost: { costMicros: '1112', inputTokens: '40', outputTokens: '4', eventCount: 5, unpricedCount: 1, runCount: 1 }, since: { costMicros: '1112', eventCount: 4 },
        costByAgent: [{ agent: { name: 'Other writer' }, cost: { costMicros: '1000', eventCount: 2 } }, { agent: { name: 'Other engineer' }, cost: { costMicros: '112', eventCount: 3 } }],
        dashboard: { monthCost: { eventCount: 1 } },
      },
      agent: { cost: { costMicros: '112' } }, project: { cost: { costMicros: '112' } },
      issue: { alone: { costMicros: '100' }, all: { costMicros: '112', eventCount: 3, runCount: 1 } },
      child: { cost: { costMicros: '12' } },
    });
  });

  test('nothing spent is zero, not null', async () => {
    const issue = await acme.issue();
    expect(await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { cost(subtree: true) { costMicros eventCount } } }`)).toEqual({ issue: { cost: { costMicros: '0', eventCount: 0 } } });
  });
});
