import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent, Issue } from '../../prisma/generated/client.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { terminateAgent } from '../agent/commands.ts';
import { openAction } from '../recovery/actions.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf } from '../testing/runs.ts';
import { enqueueWake } from './enqueue-wake.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const EXPLAIN = `query ($agentId: ID!, $issueId: ID) { explainWake(agentId: $agentId, issueId: $issueId) {
  text agent { id } issue { id } gates { gate isOpen message } liveRun { number } queuedRuns { id } throttleEndsAt deferred { status } wakes { reason status skipReason message } } }`;
const explain = async (agentId: string, issueId: string | null) => (await boardroom.ask(BOARD, EXPLAIN, { agentId, issueId })).explainWake;
const shut = (explanation: { gates: { gate: string; isOpen: boolean }[] }) => explanation.gates.filter((gate) => !gate.isOpen).map((gate) => gate.gate);

async function work(status = 'TODO'): Promise<{ agent: Agent; issue: Issue }> {
  const agent = await acme.agent({ name: 'Ines' });
  const issue = await acme.issue({ assigneeId: agent.id, status: 'BACKLOG' });
  return { agent, issue: await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never } }) };
}
type Target = Awaited<ReturnType<typeof work>>;
const wake = ({ agent, issue }: Target) => write(boardroom.db, (tx) => enqueueWake(tx, SYSTEM, { agentId: agent.id, issueId: issue.id, source: 'AUTOMATION', reason: 'issue_commented' }));

test.each<[string, (target: Target) => Promise<unknown>, string[], RegExp]>([
  ['nobody asked', async () => {}, [], /nobody has asked Ines/],
  ['queued', wake, [], /as soon as a worker is free/],
  ['paused', ({ agent }) => boardroom.db.prisma.agent.update({ where: { id: agent.id }, data: { status: 'PAUSED' } }), ['agent_paused'], /paused/],
  ['timer only', ({ agent }) => boardroom.db.prisma.agent.update({ where: { id: agent.id }, data: { wakeOnDemand: false } }), ['wake_on_demand_off'], /timer only/],
  ['manager gone', async ({ agent }) => {
    const manager = await acme.agent();
    await boardroom.db.prisma.agent.update({ where: { id: agent.id }, data: { managerId: manager.id } });
    await write(boardroom.db, (tx) => terminateAgent(tx, BOARD, { agentId: manager.id }));
  }, ['manager_terminated'], /reports to somebody who is terminated/],
  ['parked', ({ issue }) => boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'BACKLOG' } }), ['issue_parked'], /parked/],
  ['finished', ({ issue }) => boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'DONE' } }), ['issue_finished'], /finished/],
  ['somebody else’s', ({ issue }) => boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { assigneeId: acme.ceo.id } }), ['issue_reassigned'], /not assigned/],
  ['held', ({ issue }) => boardroom.ask(BOARD, `mutation { holdSubtree(input: { issueId: "${issue.id}", mode: PAUSE }) { __typename } }`), ['issue_held'], /on hold/],
  ['blocked', async ({ issue }) => boardroom.db.prisma.issueBlocker.create({ data: { companyId: acme.id, issueId: issue.id, blockerId: (await acme.issue()).id } }), ['issue_blocked'], /blockers/],
  ['at work', ({ agent, issue }) => insertRun(boardroom.db, agent, { issueId: issue.id, number: 4711 }), [], /at work on it in run 4711/],
  ['another at work', ({ issue }) => insertRun(boardroom.db, acme.ceo, { issueId: issue.id }), ['issue_busy'], /another agent/],
  ['at its cap', async (target) => {
    await boardroom.db.prisma.agent.update({ where: { id: target.agent.id }, data: { maxConcurrentRuns: 1 } });
    await insertRun(boardroom.db, target.agent, { issueId: null });
    await wake(target);
  }, ['agent_at_capacity'], /all of its 1 runs/],
  ['somebody is to look', ({ issue }) => write(boardroom.db, (tx) => openAction(tx, { issue, cause: 'stopped_by_hand' })), [], /is to look/],
  ['tried again later', ({ agent, issue }) => insertRun(boardroom.db, agent, { issueId: issue.id, status: 'SCHEDULED_RETRY', availableAt: new Date(Date.now() + 60_000) }), [], /tries again at/],
])('%s', async (_name, arrange, gates, text) => {
  const target = await work();
  await arrange(target);
  const explanation = await explain(target.agent.id, target.issue.id);
  expect(shut(explanation)).toEqual(gates);
  expect(explanation.text).toMatch(text);
  expect(explanation).toMatchObject({ agent: { id: target.agent.id }, issue: { id: target.issue.id } });
});

test('the last requests, with what became of them', async () => {
  const target = await work('DONE');
  await wake(target);
  expect((await explain(target.agent.id, target.issue.id)).wakes).toEqual([{ reason: 'issue_commented', status: 'SKIPPED', skipReason: 'issue_finished', message: 'The issue is finished; reopen it first.' }]);
});

test('an agent’s heartbeats', async () => {
  const agent = await acme.agent();
  expect(shut(await explain(agent.id, null))).toEqual(['nothing_to_do']);
});

test('what the viewer may not see is not there', async () => {
  const { agent, issue } = await work();
  const other = await smallCompany(boardroom, 'Other');
  const asked = async (by: Parameters<typeof boardroom.ask>[0], agentId: string, issueId: string) => (await boardroom.ask(by, EXPLAIN, { agentId, issueId })).explainWake;
  expect(await asked(keyOf(other.ceo), agent.id, issue.id)).toBeNull();
  expect(await asked(BOARD, agent.id, (await other.issue()).id)).toBeNull();
  expect(await asked(keyOf(acme.ceo), agent.id, issue.id)).not.toBeNull();
});
