import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../prisma/id.ts';
import { type Tx, write } from '../../../prisma/transaction.ts';
import type { Agent, Run } from '../../../prisma/generated/client.ts';
import { SYSTEM } from '../../access/principal.ts';
import { pauseAgent, resumeAgent, terminateAgent } from '../../agent/commands.ts';
import { trip } from '../../breaker/trip.ts';
import { setBudget } from '../../budget/commands/set-budget.ts';
import { archiveCompany } from '../../company/commands.ts';
import { reportCost } from '../../cost/commands.ts';
import { holdSubtree } from '../../hold/commands/hold-subtree.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany } from '../../testing/company.ts';
import { insertRun } from '../../testing/runs.ts';
import { requestCancels } from './request-cancel.ts';

let boardroom: TestBoardroom;
beforeAll(async () => { boardroom = await testBoardroom(); });
afterAll(() => boardroom.close());

const prisma = () => boardroom.db.prisma;
const acting = <Done>(work: (tx: Tx) => Promise<Done>) => write(boardroom.db, work);

/** An agent with queued runs, each of an issue of its own below one root and with the wake that it would answer. */
async function busyAgent(count: number) {
  const acme = await smallCompany(boardroom, 'Busy');
  const agent = await acme.agent();
  const root = await acme.issue({ status: 'BACKLOG' });
  const runs: Run[] = [];
  for (let index = 0; index < count; index += 1) {
    const issue = await acme.issue({ parentId: root.id, assigneeId: agent.id, status: 'BACKLOG' });
    const run = await insertRun(boardroom.db, agent, { status: 'QUEUED', issueId: issue.id });
    await prisma().wakeup.create({ data: { id: newId(), companyId: acme.id, agentId: agent.id, issueId: issue.id, runId: run.id, source: 'ASSIGNMENT', reason: 'issue_assigned', status: 'QUEUED', requesterType: 'SYSTEM' } });
    runs.push(run);
  }
  return { acme, agent, root, runs };
}

type Busy = Awaited<ReturnType<typeof busyAgent>>;

const stops: Record<string, (busy: Busy) => Promise<unknown>> = {
  'pausing its agent': ({ agent }) => acting((tx) => pauseAgent(tx, BOARD, { agentId: agent.id })),
  'terminating its agent': ({ agent }) => acting((tx) => terminateAgent(tx, BOARD, { agentId: agent.id })),
  'archiving the company': ({ acme }) => acting((tx) => archiveCompany(tx, BOARD, { companyId: acme.id })),
  'a hold over its issues': ({ root }) => acting((tx) => holdSubtree(tx, BOARD, { issueId: root.id, mode: 'PAUSE' })),
  'a tripped breaker': ({ agent }) => acting((tx) => trip(tx, { agentId: agent.id, runId: null, passed: { kind: 'RUNS_PER_HOUR', limit: 1n, observed: 2n, evidence: {} } })),
  'a budget of the agent': (busy) => spendUp(busy.agent, { scope: 'AGENT', subjectId: busy.agent.id }),
  'a budget of the issues above': (busy) => spendUp(busy.agent, { scope: 'ISSUE_SUBTREE', subjectId: busy.root.id }, busy.root.id),
};

async function spendUp(agent: Agent, of: { scope: 'AGENT' | 'ISSUE_SUBTREE'; subjectId: string }, issueId?: string) {
  await acting((tx) => setBudget(tx, BOARD, { ...of, metric: 'BILLED_COST', amount: 10n }));
  await acting((tx) => reportCost(tx, BOARD, { agentId: agent.id, issueId, provider: 'p', model: 'm', costMicros: 10n }));
}

describe.each(Object.entries(stops))('%s', (_name, stop) => {
  test('ends fifty queued runs in as many statements as one, each with its wake, its history and its line in the log', async () => {
    const [one, fifty] = [await busyAgent(1), await busyAgent(50)];
    const sent: number[] = [];
    for (const busy of [one, fifty]) sent.push((await boardroom.statements(() => stop(busy))).length);
    expect(sent[1]).toBe(sent[0]);
    for (const { acme, runs } of [one, fifty]) {
      const ids = runs.map(({ id }) => id);
      const over = await prisma().run.findMany({ where: { id: { in: ids } } });
      expect(over.map(({ status, errorCode }) => [status, errorCode])).toEqual(ids.map(() => ['CANCELLED', 'CANCELLED']));
      expect(await prisma().wakeup.count({ where: { runId: { in: ids }, status: 'CANCELLED', finishedAt: { not: null } } })).toBe(ids.length);
      expect(await prisma().runEvent.count({ where: { runId: { in: ids }, kind: 'cancelled' } })).toBe(ids.length);
      const told = await prisma().activity.findMany({ where: { companyId: acme.id, action: 'run.finished' }, orderBy: { seq: 'asc' } });
      expect(told.map(({ entityId, details }) => [entityId, (details as { number: number }).number])).toEqual(runs.map(({ id, number }) => [id, number]));
    }
  });
});

test('of runs in every state those that wait end, those that run are asked to, and what is over or asked already stays as it was', async () => {
  const acme = await smallCompany(boardroom, 'States');
  const put = (fields: Parameters<typeof insertRun>[2]) => insertRun(boardroom.db, acme.engineer, fields);
  const [queued, retry, running] = [await put({ status: 'QUEUED' }), await put({ status: 'SCHEDULED_RETRY' }), await put({})];
  const [asked, over] = [await put({ cancelRequestedAt: new Date(5), cancelReason: 'before' }), await put({ status: 'SUCCEEDED', finishedAt: new Date(5) })];
  const all = [queued, retry, running, asked, over].map(({ id }) => id);
  await acting((tx) => requestCancels(tx, SYSTEM, [...all, newId()], 'enough'));
  const after = new Map((await prisma().run.findMany({ where: { id: { in: all } } })).map((run) => [run.id, run]));
  for (const { id } of [queued, retry]) expect(after.get(id)).toMatchObject({ status: 'CANCELLED', cancelReason: 'enough' });
  expect(after.get(running.id)).toMatchObject({ status: 'RUNNING', cancelReason: 'enough', cancelRequestedAt: expect.any(Date) });
  expect(after.get(asked.id)).toEqual(asked);
  expect(after.get(over.id)).toEqual(over);
  const events = await prisma().runEvent.findMany({ where: { runId: { in: all } } });
  expect(events.map(({ runId, kind, message }) => [runId, kind, message]).sort()).toEqual([[queued.id, 'cancelled', 'enough'], [retry.id, 'cancelled', 'enough'], [running.id, 'cancel_requested', 'enough']].sort());
});

test('what waited for the end of a queued run goes on, and does not while another run has the issue', async () => {
  const acme = await smallCompany(boardroom, 'Waiting');
  const [free, busy] = [await acme.issue({ assigneeId: acme.writer.id, status: 'BACKLOG' }), await acme.issue({ assigneeId: acme.writer.id, status: 'BACKLOG' })];
  await prisma().issue.updateMany({ where: { id: { in: [free.id, busy.id] } }, data: { status: 'TODO' } });
  await insertRun(boardroom.db, acme.writer, { issueId: busy.id });
  const queued: Run[] = [];
  for (const { id: issueId } of [free, busy]) {
    queued.push(await insertRun(boardroom.db, acme.engineer, { status: 'QUEUED', issueId, answersOnly: true }));
    await prisma().wakeup.create({ data: { id: newId(), companyId: acme.id, agentId: acme.writer.id, issueId, source: 'ASSIGNMENT', reason: 'issue_assigned', status: 'DEFERRED', requesterType: 'SYSTEM' } });
  }
  await acting((tx) => pauseAgent(tx, BOARD, { agentId: acme.engineer.id }));
  expect(await prisma().run.findMany({ where: { agentId: acme.writer.id, status: 'QUEUED' } })).toMatchObject([{ issueId: free.id }]);
  expect(await prisma().wakeup.count({ where: { issueId: busy.id, status: 'DEFERRED' } })).toBe(1);
  await acting((tx) => resumeAgent(tx, BOARD, { agentId: acme.engineer.id }));
});
