import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setClock } from '../../prisma/clock.ts';
import type { Agent } from '../../prisma/generated/client.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { addComment } from '../issue/commands/add-comment.ts';
import { claimableRuns } from '../run/commands/claim-run.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, tokenOf } from '../testing/runs.ts';
import { enqueueWake, type WakeRequest } from './enqueue-wake.ts';
import { type RecentRun, throttledUntil } from './throttle.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const idle = (minutes: number, more: Partial<RecentRun> = {}): RecentRun => ({ status: 'SUCCEEDED', finishedAt: ago(minutes), hasProgress: false, ...more });

describe('how long', () => {
  test.each<[string, RecentRun[], number | null]>([
    ['no run', [], null],
    ['one idle run', [idle(0)], null],
    ['two', [idle(0), idle(5)], 2],
    ['three', [idle(0), idle(5), idle(9)], 4],
    ['four', [idle(0), idle(5), idle(9), idle(20)], 8],
    ['many', Array.from({ length: 20 }, (_, i) => idle(i)), 30],
    ['two, some time ago', [idle(1.5), idle(5)], 0.5],
    ['two, long enough ago', [idle(3), idle(5)], null],
    ['progress between', [idle(0), idle(1, { hasProgress: true }), idle(2), idle(3)], null],
    ['progress before', [idle(0), idle(1), idle(2, { hasProgress: true }), idle(3)], 2],
    ['a failure last', [idle(0, { status: 'FAILED' }), idle(1), idle(2)], null],
    ['a failure before', [idle(0), idle(1), idle(2, { status: 'FAILED' }), idle(3)], 2],
    ['older than six hours', [idle(0), idle(361)], null],
  ])('%s', (_name, runs, minutes) => {
    expect(throttledUntil(runs, NOW)).toEqual(minutes === null ? null : new Date(NOW.getTime() + minutes * 60_000));
  });
});

describe('in the database', () => {
  let boardroom: TestBoardroom;
  let acme: SmallCompany;
  beforeAll(async () => {
    boardroom = await testBoardroom();
    acme = await smallCompany(boardroom);
  });
  afterAll(() => boardroom.close());
  let restore = () => {};
  afterEach(() => restore());

  /** Work that two runs came back from without a word. */
  async function stuck(): Promise<{ agent: Agent; issueId: string }> {
    const agent = await acme.agent();
    const issue = await acme.issue({ assigneeId: agent.id, status: 'BACKLOG' });
    await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS' } });
    for (const minutes of [2, 1]) {
      const at = (more: number) => new Date(Date.now() - minutes * 60_000 + more);
      await insertRun(boardroom.db, agent, { issueId: issue.id, status: 'SUCCEEDED', startedAt: at(0), finishedAt: at(10_000) });
    }
    return { agent, issueId: issue.id };
  }
  const wake = (agent: Agent, issueId: string, more: Partial<WakeRequest> = {}) =>
    write(boardroom.db, (tx) => enqueueWake(tx, SYSTEM, { agentId: agent.id, issueId, source: 'AUTOMATION', reason: 'issue_continuation_needed', ...more }));
  const waitMs = async (runId: string | null) => (await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: runId ?? '' } })).availableAt.getTime() - Date.now();
  const claimable = async (runId: string | null) => (await claimableRuns(boardroom.db, 100)).some((run) => run.id === runId);

  test('a wake that only says again that there is work waits, and its run says why', async () => {
    const { agent, issueId } = await stuck();
    const { runId } = await wake(agent, issueId);
    expect(await waitMs(runId)).toBeGreaterThan(60_000);
    expect(await boardroom.db.prisma.runEvent.findMany({ where: { runId: runId ?? '' } })).toMatchObject([{ kind: 'throttled' }]);
    expect(await claimable(runId)).toBe(false);
    const { explainWake } = await boardroom.ask(BOARD, `{ explainWake(agentId: "${agent.id}", issueId: "${issueId}") { throttleEndsAt text } }`);
    expect(explainWake).toMatchObject({ throttleEndsAt: expect.any(String), text: expect.stringContaining('led to nothing') });
    restore = setClock(() => new Date(Date.now() + 121_000));
    expect(await claimable(runId)).toBe(true);
  });

  test.each<[string, (at: { agent: Agent; issueId: string }) => Promise<string | null>]>([
    ['what a person asks', async ({ agent, issueId }) => (await write(boardroom.db, (tx) => enqueueWake(tx, BOARD, { agentId: agent.id, issueId, source: 'ON_DEMAND', reason: 'manual' }))).runId],
    ['what a person assigns', async ({ agent, issueId }) => (await write(boardroom.db, (tx) => enqueueWake(tx, BOARD, { agentId: agent.id, issueId, source: 'ASSIGNMENT', reason: 'issue_assigned' }))).runId],
    ['news', async ({ agent, issueId }) => (await wake(agent, issueId, { reason: 'issue_blockers_resolved' })).runId],
    ['a comment since', async ({ agent, issueId }) => {
      await boardroom.db.prisma.comment.create({ data: { id: crypto.randomUUID(), companyId: acme.id, issueId, authorType: 'AGENT', authorId: acme.ceo.id, body: 'x' } });
      return (await wake(agent, issueId)).runId;
    }],
    ['news that joins what waits', async ({ agent, issueId }) => {
      const { runId } = await wake(agent, issueId);
      expect(await wake(agent, issueId, { reason: 'issue_children_completed' })).toMatchObject({ status: 'COALESCED', runId });
      return runId;
    }],
    ['work that showed', async ({ agent, issueId }) => {
      const run = await boardroom.db.prisma.run.findFirstOrThrow({ where: { issueId, agentId: agent.id } });
      await write(boardroom.db, (tx) => addComment(tx, tokenOf(run), { issueId, body: 'done this much' }));
      await boardroom.db.prisma.run.updateMany({ where: { issueId }, data: { finishedAt: new Date() } });
      return (await wake(agent, issueId)).runId;
    }],
  ])('%s does not wait', async (_name, act) => {
    const runId = await act(await stuck());
    expect(await waitMs(runId)).toBeLessThanOrEqual(0);
  });
});
