import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forbidStart } from '../../adapters/spool/folder.ts';
import { findProcess, listGroup } from '../../adapters/targets/local/process-table.ts';
import { write } from '../../prisma/transaction.ts';
import { checkoutIssue } from '../../schema/issue/commands/checkout-issue.ts';
import { requestCancel } from '../../schema/run/commands/request-cancel.ts';
import { BOARD, testWorker } from '../../schema/run/testing.ts';
import { readHost } from './engine/host.ts';
import { Office, untilLetGo } from './testing.ts';

let office: Office;
let worker: ChildProcess;
beforeEach(async () => {
  office = await Office.open();
  worker = await office.startWorker();
});
afterEach(() => office.close());

/** Lines, the last of which waits to be let go: no agent is done before the test has done to it what it does. */
const numbered = (count: number, pause = 0.002) =>
  `i=1; while [ $i -le ${count} ]; do [ $i -lt ${count} ] || ${untilLetGo}; echo "line $i €"; i=$((i+1)); sleep ${pause}; done; echo done`;
const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1} €\n`).join('') + 'done\n';

test('a worker killed in the middle of a run: the next one goes on, and no line is lost or doubled', async () => {
  const runId = await office.shell(numbered(250));
  for (const mark of ['line 30 ', 'line 90 ', 'line 160 ']) {
    await office.printed(runId, mark);
    await office.kill(worker);
    worker = await office.startWorker();
  }
  await office.letGo(runId);
  const run = await office.ended(runId);
  expect(run).toMatchObject({ status: 'SUCCEEDED', exitCode: 0, leaseToken: 4 });
  expect(await office.text(runId)).toBe(lines(250));
  expect((await office.events(runId)).filter((kind) => kind === 'adopted')).toHaveLength(3);
});

test('a run that ended while no worker was there ends truthfully', async () => {
  const [good, bad] = [await office.shell('echo ready; while [ ! -e "$AGENT_HOME/go" ]; do sleep 0.02; done; echo bye'), await office.shell('echo ready; while [ ! -e "$AGENT_HOME/go" ]; do sleep 0.02; done; exit 9')];
  for (const id of [good, bad]) await office.printed(id, 'ready');
  await office.kill(worker);
  for (const id of [good, bad]) {
    const { agentId, pid } = await office.acme.run(id);
    await writeFile(join(office.home, 'workspaces', agentId, 'go'), '');
    await expect.poll(() => findProcess(pid as number)).toBeNull();
  }
  await office.startWorker();
  expect(await office.ended(good)).toMatchObject({ status: 'SUCCEEDED', exitCode: 0 });
  expect(await office.ended(bad)).toMatchObject({ status: 'FAILED', exitCode: 9 });
  expect(await office.text(good)).toBe('ready\nbye\n');
});

test('a process that is gone without a word is a lost run, and what it held is free', async () => {
  const agent = await office.acme.agent({ adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', 'echo ready; sleep 300'] } });
  const issue = await office.acme.issue({ assigneeId: agent.id });
  const runId = (await office.acme.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id } })).id;
  await office.printed(runId, 'ready');
  await write(office.acme.db, (tx) => checkoutIssue(tx, BOARD, { issueId: issue.id, agentId: agent.id }));
  expect((await office.acme.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } })).holderRunId).toBe(runId);
  const pid = (await office.acme.run(runId)).pid as number;
  await office.kill(worker);
  for (const entry of await listGroup(pid)) process.kill(entry.pid, 'SIGKILL');
  await office.startWorker();
  expect(await office.ended(runId)).toMatchObject({ status: 'FAILED', errorCode: 'PROCESS_LOST' });
  expect((await office.acme.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } })).holderRunId).toBeNull();
});

test('a worker that died between claim and start: the run starts once, and only once', async () => {
  await office.stop(worker);
  const host = await readHost(office.home);
  const dead = testWorker({ hostId: host.id, pid: 2 ** 22 - 1, processStart: '1' });
  const started: string[] = [];
  for (const isForbidden of [false, true]) {
    const agent = await office.acme.agent({ adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', 'echo once'] } });
    const runId = await office.wake(agent.id);
    const spoolDir = join(office.home, 'spool', runId);
    expect((await office.acme.claim(runId, dead, { kind: 'process', spoolDir })).kind).toBe('claimed');
    if (isForbidden) await forbidStart(spoolDir); // and one more worker died after it had taken over
    started.push(runId);
  }
  worker = await office.startWorker();
  for (const runId of started) {
    expect((await office.ended(runId)).status).toBe('SUCCEEDED');
    expect(await office.text(runId)).toBe('once\n');
  }
});

test('a cancel that was asked for while no worker was there is carried out by the next', async () => {
  const runId = await office.shell('echo ready; sleep 300');
  await office.printed(runId, 'ready');
  await office.kill(worker);
  await write(office.acme.db, (tx) => requestCancel(tx, BOARD, { runId }));
  await office.startWorker();
  expect(await office.ended(runId)).toMatchObject({ status: 'CANCELLED', signal: 'SIGTERM' });
});

test('time goes on while no worker is there', async () => {
  const runId = await office.shell('sleep 300', { timeoutSec: 4 });
  await expect.poll(async () => (await office.acme.run(runId)).status).not.toBe('QUEUED');
  await office.kill(worker);
  await office.startWorker();
  expect(await office.ended(runId)).toMatchObject({ status: 'TIMED_OUT' });
});

test('a process whose run was ended by hand while no worker was there is stopped at the next start', async () => {
  const runId = await office.shell('echo ready; sleep 300');
  await office.printed(runId, 'ready');
  const pid = (await office.acme.run(runId)).pid as number;
  await office.kill(worker);
  await office.acme.db.prisma.run.update({ where: { id: runId }, data: { status: 'FAILED' } });
  await office.startWorker();
  await expect.poll(() => listGroup(pid), { timeout: 60_000 }).toEqual([]);
});

test('a run of another machine that is silent is lost; one of this machine after a reboot ends by what the spool says', async () => {
  const agent = await office.acme.agent({ adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', 'echo ready; sleep 300'] } });
  const rebooted = await office.wake(agent.id);
  await office.printed(rebooted, 'ready');
  const pid = (await office.acme.run(rebooted)).pid as number;
  await office.kill(worker);
  for (const entry of await listGroup(pid)) process.kill(entry.pid, 'SIGKILL');
  const host = await readHost(office.home);
  const far = await office.wake((await office.acme.agent()).id);
  await office.acme.claim(far, testWorker({ hostId: 'elsewhere:1' }));
  const past = new Date(Date.now() - 1_000);
  await office.acme.db.prisma.run.update({ where: { id: far }, data: { leaseExpiresAt: past } });
  await office.acme.db.prisma.run.update({ where: { id: rebooted }, data: { leaseExpiresAt: past, hostId: `${host.homePrefix}an earlier boot` } });
  await office.startWorker();
  expect(await office.ended(far)).toMatchObject({ status: 'FAILED', errorCode: 'WORKER_LOST' });
  expect(await office.ended(rebooted)).toMatchObject({ status: 'FAILED', errorCode: 'PROCESS_LOST' });
});

test('a clean stop ends the agents and leaves no process behind', async () => {
  const plain = await office.shell('echo ready; sleep 300');
  const stubborn = await office.shell('trap "" TERM; echo ready; while :; do sleep 0.1; done', { graceSec: 60 });
  for (const id of [plain, stubborn]) await office.printed(id, 'ready');
  const pids = await Promise.all([plain, stubborn].map(async (id) => (await office.acme.run(id)).pid as number));
  expect(await office.stop(worker)).toBe(0);
  for (const id of [plain, stubborn]) expect(await office.acme.run(id)).toMatchObject({ status: 'INTERRUPTED' });
  for (const pid of pids) expect(await listGroup(pid)).toEqual([]);
  expect(await office.acme.db.prisma.worker.count()).toBe(0);
});

test('a worker that is only replaced leaves its agents to the next', async () => {
  const runId = await office.shell(numbered(100));
  await office.printed(runId, 'line 20 ');
  expect(await office.stop(worker, 'SIGHUP')).toBe(0);
  await office.startWorker();
  await office.letGo(runId);
  expect((await office.ended(runId)).status).toBe('SUCCEEDED');
  expect(await office.text(runId)).toBe(lines(100));
});

test('two workers on one machine share the queue and start nothing twice', async () => {
  await office.startWorker();
  const ids = await Promise.all(Array.from({ length: 12 }, (_, i) => office.shell(`echo ${i}`)));
  const runs = await Promise.all(ids.map((id) => office.ended(id)));
  expect(runs.every((run) => run.status === 'SUCCEEDED' && run.leaseToken === 1)).toBe(true);
  for (const [i, id] of ids.entries()) expect(await office.text(id)).toBe(`${i}\n`);
});

test('a worker whose connections break again and again while it begins, its jobs too, lives on', async () => {
  for (let round = 0; round < 4; round += 1) {
    const worker = await office.startWorker();
    for (let blow = 0; blow < 12; blow += 1) {
      await sleep(Math.random() * 100);
      await office.breakConnections();
    }
    expect(worker.exitCode, `round ${round}`).toBe(null);
    await office.kill(worker);
  }
  const runId = await office.shell('echo on');
  expect((await office.ended(runId)).status).toBe('SUCCEEDED');
});

test('a worker that loses its database keeps its agents and stores what they printed once it is back', async () => {
  const runId = await office.shell(numbered(150));
  await office.printed(runId, 'line 5 ');
  for (const mark of ['line 20 ', 'line 40 ', 'line 60 ', 'line 80 ', 'line 100 ']) {
    await office.printed(runId, mark);
    // What the death of Postgres looks like from here: every connection breaks, at any point of a statement.
    await office.breakConnections();
  }
  await office.letGo(runId);
  expect((await office.ended(runId)).status).toBe('SUCCEEDED');
  expect(await office.text(runId)).toBe(lines(150));
});

