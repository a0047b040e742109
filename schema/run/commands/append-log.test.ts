import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCompany, type TestCompany, testWorker } from '../testing.ts';
import { adoptRun, orphanedRuns } from './adopt-run.ts';
import { appendLog, logPosition, type NewChunk } from './append-log.ts';
import { registerWorker, renewLeases } from './renew-leases.ts';

let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

async function running(worker = testWorker()): Promise<string> {
  const agent = await acme.agent();
  await acme.wake(agent.id);
  const runId = await acme.queuedRun(agent.id);
  await acme.claim(runId, worker);
  return runId;
}

const chunk = (seq: number, text: string, offset = 0): NewChunk => ({ seq, stream: 'STDOUT', offset, byteSize: Buffer.byteLength(text), text });
const entry = (seq: number, text: string) => ({ seq, kind: 'ASSISTANT' as const, text });

test('chunks and their meaning are stored together, and the log tells where it ends', async () => {
  const id = await running();
  const run = { id, leaseToken: 1 };
  expect(await appendLog(acme.db, run, [chunk(1, 'one\n'), chunk(2, 'two €\n', 4)], [entry(1, 'said \0 it \ud800')])).toBe(true);
  expect(await appendLog(acme.db, run, [{ ...chunk(3, 'err'), stream: 'STDERR' }], [])).toBe(true);
  expect(await appendLog(acme.db, run, [], [entry(2, 'the end')])).toBe(true);
  expect(await logPosition(acme.db, id)).toEqual({ lastSeq: 3, stdout: 12, stderr: 3, lastEntry: 2 });
  expect((await acme.db.prisma.runTranscript.findMany({ where: { runId: id } })).map((row) => row.text)).toEqual(['said \uFFFD it \uFFFD', 'the end']);
});

test('a worker that lost the run can store nothing more', async () => {
  const id = await running();
  const taken = await adoptRun(acme.db, testWorker(), { id, leaseToken: 1 });
  expect(taken).toBe(2);
  expect(await appendLog(acme.db, { id, leaseToken: 1 }, [chunk(1, 'late')], [])).toBe(false);
  expect(await appendLog(acme.db, { id, leaseToken: 2 }, [chunk(1, 'now')], [])).toBe(true);
});

test('a number that exists fails whole: neither chunk nor entry is stored twice', async () => {
  const id = await running();
  await appendLog(acme.db, { id, leaseToken: 1 }, [chunk(1, 'a')], [entry(1, 'a')]);
  await expect(appendLog(acme.db, { id, leaseToken: 1 }, [chunk(2, 'b', 1), chunk(1, 'a')], [entry(2, 'b')])).rejects.toThrow();
  expect(await logPosition(acme.db, id)).toMatchObject({ lastSeq: 1, lastEntry: 1 });
});

test('one worker adopts a run', async () => {
  const id = await running();
  const tokens = await Promise.all(Array.from({ length: 8 }, () => adoptRun(acme.db, testWorker(), { id, leaseToken: 1 })));
  expect(tokens.filter((token) => token !== null)).toEqual([2]);
});

test('a renewal keeps the leases of all runs of a worker and says which they are; orphans are those of others', async () => {
  const [mine, other] = [testWorker({ hostId: 'here:1' }), testWorker({ hostId: 'here:1', pid: 42, processStart: '7' })];
  await registerWorker(acme.db, other);
  const ids = [await running(mine), await running(mine)];
  const elsewhere = await running(other);
  const far = await running(testWorker({ hostId: 'far:1' }));
  expect((await renewLeases(acme.db, mine)).map((run) => run.id).sort()).toEqual([...ids].sort());
  const orphans = await orphanedRuns(acme.db, mine, 'here:');
  expect(orphans.map((run) => run.id)).toEqual([elsewhere]);
  expect(orphans[0]).toMatchObject({ hasLapsed: false, workerPid: 42, workerStart: '7', isHostSilent: false });
  await acme.db.prisma.run.updateMany({ where: { id: { in: [far, ...ids] } }, data: { leaseExpiresAt: new Date(Date.now() - 1_000) } });
  const later = await orphanedRuns(acme.db, mine, 'here:');
  expect(later.map((run) => run.id).sort()).toEqual([elsewhere, far].sort());
  expect(later.find((run) => run.id === far)).toMatchObject({ hasLapsed: true, isHostSilent: true, workerPid: null });
});
