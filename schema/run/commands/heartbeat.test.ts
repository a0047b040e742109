import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../../prisma/transaction.ts';
import { testCompany, type TestCompany } from '../testing.ts';
import { dropExpired } from './drop-expired.ts';
import { beatHeart, dueHeartbeats, nextHeartbeat } from './heartbeat.ts';

let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

const heartbeat = { enabled: true, intervalSec: 60 };
const makeDue = (id: string) => acme.db.prisma.agent.update({ where: { id }, data: { nextHeartbeatAt: new Date(Date.now() - 1_000) } });
const dueOf = async (agentId: string) => (await dueHeartbeats(acme.db)).find((due) => due.agentId === agentId);
const wakeupsOf = (agentId: string) => acme.db.prisma.wakeup.findMany({ where: { agentId, source: 'TIMER' } });

test('timers are off until somebody sets one, and wait their time', async () => {
  const [plain, timed] = [await acme.agent(), await acme.agent({ heartbeat })];
  expect(await dueOf(plain.id)).toBeUndefined();
  expect(await dueOf(timed.id)).toBeUndefined();
  const { nextHeartbeatAt } = await acme.db.prisma.agent.findUniqueOrThrow({ where: { id: timed.id } });
  expect(nextHeartbeatAt?.getTime()).toBeGreaterThan(Date.now());
  expect(await nextHeartbeat(acme.db)).toEqual(nextHeartbeatAt);
});

test('an agent with nothing to do is not run, and the wish is kept', async () => {
  const agent = await acme.agent({ heartbeat });
  await makeDue(agent.id);
  const due = await dueOf(agent.id);
  await write(acme.db, (tx) => beatHeart(tx, due as NonNullable<typeof due>));
  expect(await wakeupsOf(agent.id)).toMatchObject([{ status: 'SKIPPED', skipReason: 'nothing_to_do' }]);
  expect(await acme.db.prisma.run.count({ where: { agentId: agent.id } })).toBe(0);
  expect(await dueOf(agent.id)).toBeUndefined();
});

test('an agent with open work, or one that looks around anyway, is run', async () => {
  const [working, curious] = [await acme.agent({ heartbeat }), await acme.agent({ heartbeat: { ...heartbeat, runWhenIdle: true } })];
  await acme.issue({ assigneeId: working.id });
  for (const agent of [working, curious]) {
    await makeDue(agent.id);
    const due = await dueOf(agent.id);
    await write(acme.db, (tx) => beatHeart(tx, due as NonNullable<typeof due>));
    expect(await wakeupsOf(agent.id)).toMatchObject([{ status: 'QUEUED' }]);
  }
});

test('of many workers one takes a heartbeat', async () => {
  const agent = await acme.agent({ heartbeat: { ...heartbeat, runWhenIdle: true } });
  await makeDue(agent.id);
  const due = await dueOf(agent.id);
  await Promise.all(Array.from({ length: 6 }, () => write(acme.db, (tx) => beatHeart(tx, due as NonNullable<typeof due>))));
  expect(await wakeupsOf(agent.id)).toHaveLength(1);
});

test('a paused agent keeps its timer for later', async () => {
  const agent = await acme.agent({ heartbeat });
  await makeDue(agent.id);
  await acme.db.prisma.agent.update({ where: { id: agent.id }, data: { status: 'PAUSED' } });
  expect(await dueOf(agent.id)).toBeUndefined();
});

test('a run that nothing could start for a day is dropped', async () => {
  const agent = await acme.agent();
  await acme.wake(agent.id);
  const runId = await acme.queuedRun(agent.id);
  await dropExpired(acme.db);
  expect((await acme.run(runId)).status).toBe('QUEUED');
  await acme.db.prisma.run.update({ where: { id: runId }, data: { availableAt: new Date(Date.now() - 25 * 3_600_000) } });
  await dropExpired(acme.db);
  expect(await acme.run(runId)).toMatchObject({ status: 'CANCELLED', errorCode: 'EXPIRED' });
});
