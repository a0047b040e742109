import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { pauseAgent, resumeAgent } from '../agent/commands.ts';
import { updateCompany } from '../company/commands.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun } from '../testing/runs.ts';
import { sweepWakes } from './backstop.ts';
import { enqueueWake, type WakeRequest } from './enqueue-wake.ts';

/* Wakes that were missed: while agent or company were paused, or since an event was lost. */
let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const wake = (agentId: string, issueId: string, more: Partial<WakeRequest> = {}) =>
  write(boardroom.db, (tx) => enqueueWake(tx, SYSTEM, { agentId, issueId, source: 'AUTOMATION', reason: 'issue_commented', ...more }));
const queued = (agentId: string) => boardroom.db.prisma.run.findMany({ where: { agentId, status: 'QUEUED' }, orderBy: { number: 'asc' } });
const pause = (agentId: string) => write(boardroom.db, (tx) => pauseAgent(tx, BOARD, { agentId }));
const resume = (agentId: string) => write(boardroom.db, (tx) => resumeAgent(tx, BOARD, { agentId }));
const workOf = async (agentId: string, status = 'TODO', fields: object = {}) => {
  const issue = await acme.issue({ assigneeId: agentId, status: 'BACKLOG', ...fields });
  return boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never } });
};

test('resumed, an agent is woken once for each issue that somebody asked for meanwhile, with the last words', async () => {
  const { id } = await acme.agent();
  const [one, two, finished, quiet] = [await workOf(id), await workOf(id, 'IN_REVIEW'), await workOf(id), await workOf(id, 'IN_PROGRESS')];
  await pause(id);
  for (const body of ['1', '2']) await wake(id, one.id, { payload: { commentId: body, body } });
  await wake(id, two.id);
  await wake(id, finished.id);
  await boardroom.db.prisma.issue.update({ where: { id: finished.id }, data: { status: 'DONE' } });
  await resume(id);
  const runs = await queued(id);
  expect(runs.map((run) => run.issueId)).toEqual([one.id, two.id]);
  expect(runs[0]).toMatchObject({ reason: 'issue_commented', context: { wakes: [{ payload: { body: '2' } }] } });
  expect(runs.some((run) => run.issueId === quiet.id)).toBe(false);
});

test('resumed, an agent answers on issues that are not its own: a review, a question in a comment', async () => {
  const { id } = await acme.agent();
  const [reviewed, asked, finished, former, begun] = [
    await workOf(acme.engineer.id, 'IN_REVIEW'), await workOf(acme.engineer.id), await workOf(acme.engineer.id), await workOf(id), await workOf(acme.engineer.id, 'IN_REVIEW'),
  ];
  await wake(id, begun.id, { reason: 'execution_approval_requested' });
  await pause(id);
  await wake(id, reviewed.id, { reason: 'execution_review_requested' });
  for (const issue of [asked, finished]) await wake(id, issue.id, { reason: 'issue_comment_mentioned', payload: { commentId: 'c', body: 'Which one?' } });
  await wake(id, former.id);
  await boardroom.db.prisma.issue.update({ where: { id: finished.id }, data: { status: 'DONE' } });
  await boardroom.db.prisma.issue.update({ where: { id: former.id }, data: { assigneeId: acme.engineer.id } });
  await resume(id);
  const runs = await queued(id);
  expect(runs.map((run) => [run.issueId, run.reason])).toEqual([
    [reviewed.id, 'execution_review_requested'], [asked.id, 'issue_comment_mentioned'], [finished.id, 'issue_comment_mentioned'], [begun.id, 'execution_approval_requested'],
  ]);
  expect(runs[1]).toMatchObject({ answersOnly: true, context: { wakes: [{ payload: { body: 'Which one?' } }] } });
});

test('what the pause itself ended goes on', async () => {
  const agent = await acme.agent();
  const issue = await workOf(agent.id, 'IN_PROGRESS');
  await insertRun(boardroom.db, agent, { issueId: issue.id, status: 'QUEUED' });
  await pause(agent.id);
  expect(await queued(agent.id)).toEqual([]);
  await resume(agent.id);
  expect(await queued(agent.id)).toMatchObject([{ issueId: issue.id, reason: 'issue_continuation_needed' }]);
});

test('a company that works again makes up too', async () => {
  const other = await smallCompany(boardroom, 'Other');
  const set = (status: 'PAUSED' | 'ACTIVE') => write(boardroom.db, (tx) => updateCompany(tx, BOARD, { companyId: other.id, status }));
  await set('PAUSED');
  const issue = await other.issue({ assigneeId: other.engineer.id });
  expect(await queued(other.engineer.id)).toEqual([]);
  await set('ACTIVE');
  expect(await queued(other.engineer.id)).toMatchObject([{ issueId: issue.id, reason: 'issue_assigned' }]);
});

test('the sweep wakes what was unblocked unheard, once', async () => {
  const { id } = await acme.agent();
  const blocker = await acme.issue();
  const issue = await workOf(id, 'BLOCKED', { blockedByIds: [blocker.id] });
  await sweepWakes(boardroom.db);
  expect(await queued(id)).toEqual([]);
  await boardroom.db.prisma.issue.update({ where: { id: blocker.id }, data: { status: 'DONE', completedAt: new Date() } });
  await sweepWakes(boardroom.db);
  await boardroom.db.prisma.run.updateMany({ where: { agentId: id }, data: { status: 'CANCELLED' } });
  await sweepWakes(boardroom.db);
  expect(await boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id } })).toMatchObject([{ reason: 'issue_blockers_resolved', status: 'QUEUED' }]);
  expect((await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } })).status).toBe('TODO');
});

test('the sweep lets go what waits for a run that is gone', async () => {
  const agent = await acme.agent();
  const issue = await workOf(agent.id, 'IN_PROGRESS');
  const live = await insertRun(boardroom.db, agent, { issueId: issue.id });
  await wake(agent.id, issue.id);
  await boardroom.db.prisma.run.update({ where: { id: live.id }, data: { status: 'FAILED' } });
  await sweepWakes(boardroom.db);
  expect(await queued(agent.id)).toMatchObject([{ issueId: issue.id }]);
});

test('the same key wakes once, whatever became of it', async () => {
  const { id } = await acme.agent();
  const issue = await workOf(id);
  const first = await wake(id, issue.id, { idempotencyKey: 'k' });
  await boardroom.db.prisma.run.updateMany({ where: { agentId: id }, data: { status: 'CANCELLED' } });
  expect((await wake(id, issue.id, { idempotencyKey: 'k' })).id).toBe(first.id);
  expect(await queued(id)).toEqual([]);
  await Promise.all(Array.from({ length: 5 }, () => wake(id, issue.id, { idempotencyKey: 'l' })));
  expect(await boardroom.db.prisma.wakeup.count({ where: { agentId: id, idempotencyKey: 'l' } })).toBe(1);
});
