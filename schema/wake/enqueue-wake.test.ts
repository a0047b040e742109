import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '../../prisma/generated/client.ts';
import { write } from '../../prisma/transaction.ts';
import { LOCAL_BOARD_USER, SYSTEM } from '../access/principal.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf } from '../testing/runs.ts';
import { enqueueWake, type WakeRequest } from './enqueue-wake.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const wake = (request: Partial<WakeRequest> & { agentId: string }) =>
  write(boardroom.db, (tx) => enqueueWake(tx, SYSTEM, { source: 'ON_DEMAND', reason: 'manual', ...request }));
const runsOf = (agentId: string) => boardroom.db.prisma.run.findMany({ where: { agentId }, orderBy: { number: 'asc' } });
const wakesOf = (agentId: string) => boardroom.db.prisma.wakeup.findMany({ where: { agentId }, orderBy: { id: 'asc' } });
const agent = () => acme.agent();
/** An issue of the agent that woke nobody yet. */
const issueOf = async ({ id }: Agent, status = 'TODO') => {
  const issue = await acme.issue({ assigneeId: id, status: 'BACKLOG' });
  return boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never } });
};
const end = (runId: string) => write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId, leaseToken: null, end: { kind: 'succeeded' } }));

describe('what becomes of a wake', () => {
  test('nothing in the way: a run is queued and told why', async () => {
    const { id } = await agent();
    const wakeup = await wake({ agentId: id, payload: { note: 'look' } });
    const [run] = await runsOf(id);
    expect(wakeup).toMatchObject({ status: 'QUEUED', runId: run?.id, requesterType: 'SYSTEM' });
    expect(run).toMatchObject({ status: 'QUEUED', issueId: null, reason: 'manual', context: { wakes: [{ reason: 'manual', payload: { note: 'look' } }] } });
  });

  test('a queued run for the same issue takes further wakes in', async () => {
    const one = await agent();
    const issue = await issueOf(one);
    await wake({ agentId: one.id, issueId: issue.id, reason: 'issue_assigned' });
    const second = await wake({ agentId: one.id, issueId: issue.id, reason: 'issue_commented', payload: { body: 'hi' } });
    const [run, ...others] = await runsOf(one.id);
    expect(others).toEqual([]);
    expect(second).toMatchObject({ status: 'COALESCED', runId: run?.id });
    expect(run).toMatchObject({ coalescedCount: 1, context: { wakes: [{ reason: 'issue_assigned' }, { reason: 'issue_commented', payload: { body: 'hi' } }] } });
  });

  test('a run keeps the last 20 wakes that it answers', async () => {
    const { id } = await agent();
    for (let i = 0; i < 25; i += 1) await wake({ agentId: id, payload: { i } });
    const [run] = await runsOf(id);
    expect(run?.coalescedCount).toBe(24);
    expect((run?.context as { wakes: { payload: { i: number } }[] } | undefined)?.wakes.map((each) => each.payload.i)).toEqual(Array.from({ length: 20 }, (_, i) => i + 5));
  });

  test('other issues get runs of their own, and so does no issue', async () => {
    const one = await agent();
    for (const issueId of [(await issueOf(one)).id, (await issueOf(one)).id, null]) await wake({ agentId: one.id, issueId });
    expect(await runsOf(one.id)).toHaveLength(3);
  });

  test('a live run of the agent on the issue covers what only says that there is work', async () => {
    const one = await agent();
    const issue = await issueOf(one, 'IN_PROGRESS');
    const live = await insertRun(boardroom.db, one, { issueId: issue.id });
    expect(await wake({ agentId: one.id, issueId: issue.id, reason: 'issue_assigned' })).toMatchObject({ status: 'COALESCED', runId: live.id });
  });

  test('a heartbeat that is still beating covers the next one, but not what somebody asks for', async () => {
    const one = await agent();
    await issueOf(one, 'TODO');
    const live = await insertRun(boardroom.db, one, { issueId: null });
    expect(await wake({ agentId: one.id, source: 'TIMER', reason: 'heartbeat_timer' })).toMatchObject({ status: 'COALESCED', runId: live.id });
    expect(await wake({ agentId: one.id, source: 'ON_DEMAND', reason: 'manual' })).toMatchObject({ status: 'QUEUED' });
  });

  test('a live run that is being stopped covers nothing', async () => {
    const one = await agent();
    const issue = await issueOf(one, 'TODO');
    const live = await insertRun(boardroom.db, one, { issueId: issue.id, cancelRequestedAt: new Date() });
    expect(await wake({ agentId: one.id, issueId: issue.id, reason: 'issue_assigned' })).toMatchObject({ status: 'DEFERRED' });
    await end(live.id);
    expect((await runsOf(one.id)).filter((run) => run.status === 'QUEUED')).toMatchObject([{ reason: 'issue_assigned' }]);
  });

  test('news waits for the end of the live run, and later news joins it', async () => {
    const one = await agent();
    const issue = await issueOf(one, 'IN_PROGRESS');
    const live = await insertRun(boardroom.db, one, { issueId: issue.id });
    const first = await wake({ agentId: one.id, issueId: issue.id, reason: 'issue_commented', payload: { body: '1' } });
    const second = await wake({ agentId: one.id, issueId: issue.id, reason: 'issue_children_completed', payload: { body: '2' } });
    expect(first.status).toBe('DEFERRED');
    expect(second).toMatchObject({ id: first.id, status: 'DEFERRED', coalescedCount: 1, reason: 'issue_children_completed', payload: { body: '2' } });
    await end(live.id);
    const queued = (await runsOf(one.id)).filter((run) => run.status === 'QUEUED');
    expect(queued).toMatchObject([{ issueId: issue.id, reason: 'issue_children_completed' }]);
    expect((await wakesOf(one.id)).map(({ status, runId }) => ({ status, runId }))).toEqual([{ status: 'COMPLETED', runId: queued[0]?.id }, { status: 'QUEUED', runId: queued[0]?.id }]);
  });

  test('another agent’s live run is waited for as well; whoever has the issue then is woken', async () => {
    const [old, next] = [await agent(), await agent()];
    const issue = await issueOf(next);
    const live = await insertRun(boardroom.db, old, { issueId: issue.id });
    expect(await wake({ agentId: next.id, issueId: issue.id, reason: 'issue_assigned' })).toMatchObject({ status: 'DEFERRED' });
    await end(live.id);
    expect(await runsOf(next.id)).toMatchObject([{ status: 'QUEUED', reason: 'issue_assigned' }]);
  });

  test('the gates are asked again when what waited is let go', async () => {
    const [old, next, third] = [await agent(), await agent(), await agent()];
    const issue = await issueOf(next);
    const live = await insertRun(boardroom.db, old, { issueId: issue.id });
    await wake({ agentId: next.id, issueId: issue.id, reason: 'issue_assigned' });
    await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { assigneeId: third.id } });
    await end(live.id);
    expect(await runsOf(next.id)).toEqual([]);
    expect((await wakesOf(next.id)).map((each) => [each.status, each.skipReason])).toEqual([['COMPLETED', null], ['SKIPPED', 'issue_reassigned']]);
  });

  test('many at once: one run, and every wish is kept', async () => {
    const one = await agent();
    const issue = await issueOf(one);
    await Promise.all(Array.from({ length: 20 }, () => wake({ agentId: one.id, issueId: issue.id })));
    expect(await runsOf(one.id)).toMatchObject([{ coalescedCount: 19 }]);
    expect((await wakesOf(one.id)).map((each) => each.status).sort()).toEqual([...Array.from({ length: 19 }, () => 'COALESCED'), 'QUEUED']);
  });
});

describe('skipped, with the reason', () => {
  test.each<[string, (agent: Agent) => Promise<Partial<WakeRequest>>]>([
    ['agent_paused', async ({ id }) => { await boardroom.db.prisma.agent.update({ where: { id }, data: { status: 'PAUSED' } }); return {}; }],
    ['agent_terminated', async ({ id }) => { await boardroom.db.prisma.agent.update({ where: { id }, data: { status: 'TERMINATED' } }); return {}; }],
    ['issue_finished', async (one) => ({ issueId: (await issueOf(one, 'DONE')).id })],
    ['issue_parked', async (one) => ({ issueId: (await issueOf(one, 'BACKLOG')).id, source: 'AUTOMATION' })],
    ['issue_reassigned', async () => ({ issueId: (await acme.issue()).id, source: 'ON_DEMAND' })],
    ['nothing_to_do', async () => ({ source: 'TIMER', reason: 'heartbeat_timer' })],
  ])('%s', async (skipReason, arrange) => {
    const one = await agent();
    const wakeup = await wake({ agentId: one.id, ...(await arrange(one)) });
    expect(wakeup).toMatchObject({ status: 'SKIPPED', skipReason, runId: null, finishedAt: expect.any(Date) });
    expect(await runsOf(one.id)).toEqual([]);
  });

  test('company_inactive', async () => {
    const other = await smallCompany(boardroom, 'Paused');
    await boardroom.ask(BOARD, `mutation { updateCompany(input: { companyId: "${other.id}", status: PAUSED }) { id } }`);
    expect(await wake({ agentId: other.ceo.id })).toMatchObject({ status: 'SKIPPED', skipReason: 'company_inactive' });
  });
});

describe('a heartbeat', () => {
  const beat = (agentId: string) => wake({ agentId, source: 'TIMER', reason: 'heartbeat_timer' });

  test.each<[string, string]>([['TODO', 'QUEUED'], ['IN_PROGRESS', 'QUEUED'], ['BACKLOG', 'SKIPPED'], ['IN_REVIEW', 'SKIPPED'], ['BLOCKED', 'SKIPPED'], ['DONE', 'SKIPPED']])('with %s work: %s', async (status, outcome) => {
    const one = await agent();
    await issueOf(one, status);
    expect(await beat(one.id)).toMatchObject({ status: outcome });
  });

  test('blocked work is nothing to do', async () => {
    const one = await agent();
    const issue = await issueOf(one);
    await boardroom.db.prisma.issueBlocker.create({ data: { companyId: acme.id, issueId: issue.id, blockerId: (await acme.issue()).id } });
    expect(await beat(one.id)).toMatchObject({ skipReason: 'nothing_to_do' });
  });

  test('an idle one leaves no trace but its count', async () => {
    const one = await agent();
    const before = await boardroom.db.prisma.activity.count({ where: { agentId: one.id } });
    await beat(one.id);
    await beat(one.id);
    expect(await boardroom.db.prisma.activity.count({ where: { agentId: one.id } })).toBe(before);
    expect(await boardroom.ask(BOARD, `{ agent(id: "${one.id}") { heartbeat { skippedCount } } }`)).toEqual({ agent: { heartbeat: { skippedCount: 2 } } });
  });

  test('an agent that wants to look around is woken without work', async () => {
    const one = await acme.agent({ heartbeat: { enabled: true, runWhenIdle: true } });
    expect(await beat(one.id)).toMatchObject({ status: 'QUEUED' });
  });
});

describe('who may ask', () => {
  const WAKE = 'mutation ($input: WakeAgentInput!) { wakeAgent(input: $input) { __typename ... on Wakeup { status reason requestedBy { __typename } } ... on WakeRefused { reason message wakeup { status } } } }';

  test('the board for anybody; the refusal names the gate and is kept', async () => {
    const one = await agent();
    expect(await boardroom.ask(BOARD, WAKE, { input: { agentId: one.id, reason: 'please' } })).toEqual({ wakeAgent: { __typename: 'Wakeup', status: 'QUEUED', reason: 'manual', requestedBy: { __typename: 'User' } } });
    await boardroom.db.prisma.agent.update({ where: { id: one.id }, data: { status: 'PAUSED' } });
    expect(await boardroom.ask(BOARD, WAKE, { input: { agentId: one.id } })).toEqual({
      wakeAgent: { __typename: 'WakeRefused', reason: 'agent_paused', message: 'The agent is paused; resume it first.', wakeup: { status: 'SKIPPED' } },
    });
    expect(await boardroom.db.prisma.wakeup.count({ where: { agentId: one.id, requesterId: LOCAL_BOARD_USER } })).toBe(2);
  });

  test('agents for themselves and their reports', async () => {
    const input = { agentId: acme.engineer.id };
    for (const by of [acme.engineer, acme.ceo]) expect((await boardroom.ask(keyOf(by), WAKE, { input })).wakeAgent.__typename).toBe('Wakeup');
    expect(await boardroom.refusal(keyOf(acme.writer), WAKE, { input })).toMatchObject({ code: 'FORBIDDEN', field: 'agentId' });
    expect(await boardroom.refusal(keyOf(acme.engineer), WAKE, { input: { agentId: acme.ceo.id } })).toMatchObject({ code: 'FORBIDDEN' });
  });
});
