import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../../prisma/transaction.ts';
import { pauseAgent, terminateAgent } from '../../agent/commands.ts';
import { updateCompany } from '../../company/commands.ts';
import { BOARD, testCompany, type TestCompany, testWorker } from '../testing.ts';
import { claimableRuns } from './claim-run.ts';

let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

const candidates = async () => (await claimableRuns(acme.db, 100)).map((run) => run.id);

test('a claim starts the run, its agent and its wake', async () => {
  const agent = await acme.agent();
  const wakeup = await acme.wake(agent.id);
  const runId = await acme.queuedRun(agent.id);
  expect(await candidates()).toContain(runId);
  const worker = testWorker();
  expect(await acme.claim(runId, worker, { kind: 'process', spoolDir: '/x' })).toEqual({ kind: 'claimed', leaseToken: 1 });
  expect(await acme.run(runId)).toMatchObject({ status: 'RUNNING', workerId: worker.id, hostId: worker.hostId, leaseToken: 1, execution: { kind: 'process', spoolDir: '/x' } });
  expect((await acme.db.prisma.agent.findUniqueOrThrow({ where: { id: agent.id } })).status).toBe('RUNNING');
  expect((await acme.db.prisma.wakeup.findUniqueOrThrow({ where: { id: wakeup.id } })).status).toBe('CLAIMED');
  expect(await acme.db.prisma.activity.count({ where: { entityId: runId, action: 'run.started' } })).toBe(1);
  expect(await acme.claim(runId)).toEqual({ kind: 'left' });
});

test('of many workers one gets the run', async () => {
  const agent = await acme.agent();
  await acme.wake(agent.id);
  const runId = await acme.queuedRun(agent.id);
  const claims = await Promise.all(Array.from({ length: 12 }, () => acme.claim(runId)));
  expect(claims.filter((claim) => claim.kind === 'claimed')).toHaveLength(1);
});

test('rivals never exceed the cap of an agent', async () => {
  const agent = await acme.agent({ maxConcurrentRuns: 3 });
  const issues = await Promise.all(Array.from({ length: 8 }, () => acme.issue({ assigneeId: agent.id })));
  expect(issues).toHaveLength(8);
  const queued = await acme.db.prisma.run.findMany({ where: { agentId: agent.id, status: 'QUEUED' } });
  expect(queued).toHaveLength(8);
  const claims = await Promise.all(queued.flatMap((run) => [acme.claim(run.id), acme.claim(run.id)]));
  expect(claims.filter((claim) => claim.kind === 'claimed')).toHaveLength(3);
  expect(await acme.db.prisma.run.count({ where: { agentId: agent.id, status: 'RUNNING' } })).toBe(3);
  const left = new Set(queued.map((run) => run.id));
  expect((await candidates()).filter((id) => left.has(id))).toEqual([]);
});

test('paused agents, busy and blocked issues keep their run waiting', async () => {
  const [agent, other] = [await acme.agent(), await acme.agent()];
  const blocker = await acme.issue();
  const blocked = await acme.issue({ assigneeId: agent.id });
  await acme.db.prisma.issueBlocker.create({ data: { companyId: acme.companyId, issueId: blocked.id, blockerId: blocker.id } });
  const blockedRun = await acme.queuedRun(agent.id);
  expect(await candidates()).not.toContain(blockedRun);
  expect(await acme.claim(blockedRun)).toEqual({ kind: 'left' });
  await acme.db.prisma.issue.update({ where: { id: blocker.id }, data: { status: 'DONE' } });
  expect(await candidates()).toContain(blockedRun);

  await write(acme.db, (tx) => pauseAgent(tx, BOARD, { agentId: agent.id, cancelRuns: false }));
  expect(await candidates()).not.toContain(blockedRun);
  expect(await acme.claim(blockedRun)).toEqual({ kind: 'left' });

  const busy = await acme.issue({ assigneeId: other.id });
  const first = await acme.queuedRun(other.id);
  await acme.claim(first);
  await acme.wake(other.id);
  const second = await acme.queuedRun(other.id);
  await acme.db.prisma.run.update({ where: { id: second }, data: { issueId: busy.id } });
  expect(await candidates()).not.toContain(second);
  expect(await acme.claim(second)).toEqual({ kind: 'left' });
});

test('a run that can never start is cancelled and says why', async () => {
  const [first, second, third] = [await acme.agent(), await acme.agent(), await acme.agent()];
  const finished = await acme.issue({ assigneeId: first.id });
  const given = await acme.issue({ assigneeId: second.id });
  await acme.wake(third.id);
  const runs = [await acme.queuedRun(first.id), await acme.queuedRun(second.id), await acme.queuedRun(third.id)] as const;
  await acme.db.prisma.issue.update({ where: { id: finished.id }, data: { status: 'DONE' } });
  await acme.db.prisma.issue.update({ where: { id: given.id }, data: { assigneeId: first.id } });
  await acme.db.prisma.agent.update({ where: { id: third.id }, data: { status: 'TERMINATED' } });
  expect(await candidates()).toEqual(expect.arrayContaining([...runs]));
  for (const id of runs) expect(await acme.claim(id)).toEqual({ kind: 'dropped' });
  expect(await Promise.all(runs.map(async (id) => (await acme.run(id)).errorCode))).toEqual(['ISSUE_FINISHED', 'ISSUE_REASSIGNED', 'AGENT_TERMINATED']);
});

test('terminating an agent cancels what waits, at once', async () => {
  const agent = await acme.agent();
  const wakeup = await acme.wake(agent.id);
  const runId = await acme.queuedRun(agent.id);
  await write(acme.db, (tx) => terminateAgent(tx, BOARD, { agentId: agent.id }));
  expect(await acme.run(runId)).toMatchObject({ status: 'CANCELLED', cancelReason: 'agent terminated' });
  expect((await acme.db.prisma.wakeup.findUniqueOrThrow({ where: { id: wakeup.id } })).status).toBe('CANCELLED');
});

test('a paused company starts nothing', async () => {
  const agent = await acme.agent();
  await acme.wake(agent.id);
  const runId = await acme.queuedRun(agent.id);
  await write(acme.db, (tx) => updateCompany(tx, BOARD, { companyId: acme.companyId, status: 'PAUSED' }));
  expect(await candidates()).not.toContain(runId);
  expect(await acme.claim(runId)).toEqual({ kind: 'left' });
  await write(acme.db, (tx) => updateCompany(tx, BOARD, { companyId: acme.companyId, status: 'ACTIVE' }));
  expect(await candidates()).toContain(runId);
});
