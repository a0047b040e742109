import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProcess, listGroup } from '../../adapters/targets/local/process-table.ts';
import { write } from '../../prisma/transaction.ts';
import { requestCancel } from '../../schema/run/commands/request-cancel.ts';
import { BOARD } from '../../schema/run/testing.ts';
import { Office } from './testing.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  await office.startWorker();
});
afterAll(() => office.close());

test('a run is started, its output stored, its end recorded', async () => {
  const runId = await office.shell('echo hello; echo oops >&2; pwd; exit 3');
  const run = await office.ended(runId);
  expect(run).toMatchObject({ status: 'FAILED', exitCode: 3, signal: null, errorCode: 'EXIT_CODE', errorMessage: 'exited with code 3: oops', pid: null });
  expect(await office.text(runId)).toBe(`hello\n${join(office.home, 'workspaces', run.agentId)}\n`);
  expect(await office.text(runId, 'STDERR')).toBe('oops\n');
  expect(await office.events(runId)).toEqual(['claimed', 'started', 'finished']);
  expect(run.invocation).toMatchObject({ command: 'sh', args: ['-c', expect.any(String)] });
});

test('an agent gets what it needs to talk back, and of the worker only what is harmless', async () => {
  const agent = await office.acme.agent({ adapterType: 'process', adapterConfig: { command: 'env', env: { MINE: 'yes', BOARDROOM_RUN_ID: 'forged' } } });
  const issue = await office.acme.issue({ assigneeId: agent.id, title: 'Look' });
  const runId = (await office.acme.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id } })).id;
  const run = await office.ended(runId);
  const env = Object.fromEntries((await office.text(runId)).trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  expect(env).toMatchObject({
    MINE: 'yes', BOARDROOM_RUN_ID: runId, BOARDROOM_AGENT_ID: agent.id, BOARDROOM_COMPANY_ID: office.acme.companyId, BOARDROOM_TASK_ID: issue.id,
    BOARDROOM_ISSUE: `A-${issue.number}`.replace('A', env['BOARDROOM_ISSUE']?.split('-')[0] ?? ''), PAPERCLIP_RUN_ID: runId, BOARDROOM_WAKE_REASON: 'issue_assigned',
    AGENT_HOME: join(office.home, 'workspaces', agent.id),
  });
  expect(env['PATH']?.split(':')[0]).toBe(join(office.home, 'bin'));
  expect(env['BOARDROOM_API_KEY']).toBe('•••'); // it is there, and what is stored does not show it
  expect(env).not.toHaveProperty('DATABASE_URL');
  expect(JSON.stringify(run.invocation)).not.toContain('yes');
});

test.each([
  ['a command that does not exist', { command: 'no-such-command' }, 'COMMAND_NOT_FOUND'],
  ['a folder that is missing', { command: 'true', cwd: '/no/such/folder' }, 'CWD_MISSING'],
  ['arguments beyond what the system takes', { command: 'true', args: ['x'.repeat(3_000_000)] }, 'ARGUMENTS_TOO_LONG'],
])('%s fails the run with %s', async (_name, config, code) => {
  const run = await office.ended(await office.run(config));
  expect(run).toMatchObject({ status: 'FAILED', errorCode: code, exitCode: null });
  expect(run.errorRemedy).toBeTruthy();
});

test('a configuration that does not fit keeps the run from being started', async () => {
  const run = await office.ended(await office.run({ command: '', nonsense: 1 }));
  expect(run).toMatchObject({ status: 'CANCELLED', errorCode: 'CONFIGURATION_INCOMPLETE', startedAt: null });
  expect(run.errorMessage).toContain('command');
  const agent = await office.acme.db.prisma.agent.findUniqueOrThrow({ where: { id: run.agentId } });
  expect(agent).toMatchObject({ status: 'ERROR', errorMessage: run.errorMessage });
});

test('an adapter that is not there fails the run and pauses the agent', async () => {
  const agent = await office.acme.agent({ adapterType: 'gone' });
  expect(await office.ended(await office.wake(agent.id))).toMatchObject({ status: 'FAILED', errorCode: 'ADAPTER_UNKNOWN' });
  expect(await office.acme.db.prisma.agent.findUniqueOrThrow({ where: { id: agent.id } })).toMatchObject({ status: 'PAUSED', pauseReason: 'BREAKER' });
});

test('ten megabytes without a newline arrive whole', async () => {
  const runId = await office.shell('head -c 10485760 /dev/zero | tr "\\0" x');
  expect((await office.ended(runId, 30_000)).status).toBe('SUCCEEDED');
  expect((await office.text(runId)).length).toBe(10_485_760);
});

test('binary output is kept as text with replacement characters', async () => {
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256));
  await writeFile(join(office.home, 'binary'), bytes);
  const runId = await office.run({ command: 'cat', args: [join(office.home, 'binary')] });
  await office.ended(runId);
  expect(await office.text(runId)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\0', '\uFFFD'));
});

test('multibyte text printed byte by byte is whole', async () => {
  const script = 'const b=Buffer.from("a\u00e9\u20ac\u{1f600}\\n".repeat(40));let i=0;const t=setInterval(()=>{for(let k=0;k<3;k++)if(i<b.length)process.stdout.write(b.subarray(i,++i));if(i>=b.length)clearInterval(t)},1)';
  const runId = await office.run({ command: process.execPath, args: ['-e', script] });
  await office.ended(runId);
  expect(await office.text(runId)).toBe('a\u00e9\u20ac\u{1f600}\n'.repeat(40));
});

test('a process that closes its output and lives on is running until it ends', async () => {
  const runId = await office.shell('echo last; exec >&- 2>&-; while [ ! -e "$BOARDROOM_WORKSPACE_CWD/go" ]; do sleep 0.05; done; exit 0');
  await office.printed(runId, 'last');
  expect((await office.acme.run(runId)).status).toBe('RUNNING');
  await writeFile(join(office.home, 'workspaces', (await office.acme.run(runId)).agentId, 'go'), '');
  expect((await office.ended(runId)).status).toBe('SUCCEEDED');
});

test('a background child is ended with its agent, and the run says so', async () => {
  const runId = await office.shell('sleep 300 & echo $!');
  const run = await office.ended(runId);
  expect(run.status).toBe('SUCCEEDED');
  expect(await office.events(runId)).toContain('unmanaged_background_task_stopped');
  expect(await findProcess(Number(await office.text(runId)))).toBeNull();
});

test('a cancelled run is asked to end, then made to', async () => {
  const runId = await office.shell('trap "echo caught" TERM; echo ready; while :; do sleep 0.05; done', { graceSec: 3 });
  await office.printed(runId, 'ready');
  await write(office.acme.db, (tx) => requestCancel(tx, BOARD, { runId, reason: 'enough' }));
  const run = await office.ended(runId);
  expect(run).toMatchObject({ status: 'CANCELLED', errorMessage: 'enough', signal: 'SIGKILL' });
  expect(await office.text(runId)).toContain('caught');
  expect((await office.events(runId)).filter((kind) => kind === 'signalled')).toHaveLength(2);
});

test('a run that takes too long is ended', async () => {
  const run = await office.ended(await office.shell('echo ready; sleep 300', { timeoutSec: 3 }));
  expect(run).toMatchObject({ status: 'TIMED_OUT', signal: 'SIGTERM', errorCode: 'TIMED_OUT' });
});

test.each(['echo $$; sleep 300', 'while :; do echo $$; sleep 0.02; done'])('a run that somebody ended in the database is stopped: %s', async (script) => {
  const runId = await office.shell(script);
  await office.printed(runId, '\n');
  const pid = (await office.acme.run(runId)).pid as number;
  expect((await listGroup(pid)).length).toBeGreaterThan(0);
  await office.acme.db.prisma.run.update({ where: { id: runId }, data: { status: 'FAILED' } });
  await expect.poll(() => listGroup(pid), { timeout: 60_000 }).toEqual([]);
});

test('many runs at once each have their own log', async () => {
  const ids = await Promise.all(Array.from({ length: 15 }, (_, i) => office.shell(`for n in 1 2 3; do echo run ${i} line $n; done`)));
  await Promise.all(ids.map((id) => office.ended(id)));
  for (const [i, id] of ids.entries()) expect(await office.text(id)).toBe([1, 2, 3].map((n) => `run ${i} line ${n}\n`).join(''));
});

test('a heartbeat that is due wakes its agent, by the clock alone', async () => {
  const agent = await office.acme.agent({ adapterType: 'process', adapterConfig: { command: 'true' }, heartbeat: { enabled: true, intervalSec: 30, runWhenIdle: true } });
  await office.acme.db.prisma.agent.update({ where: { id: agent.id }, data: { nextHeartbeatAt: new Date(Date.now() - 1_000) } });
  await office.startWorker(); // what came due while no worker ran is not left to the next minute
  await expect.poll(() => office.acme.db.prisma.run.findMany({ where: { agentId: agent.id } }), { timeout: 60_000 })
    .toMatchObject([{ source: 'TIMER', reason: 'heartbeat_timer', status: 'SUCCEEDED' }]);
  expect((await office.acme.db.prisma.agent.findUniqueOrThrow({ where: { id: agent.id } })).nextHeartbeatAt?.getTime()).toBeGreaterThan(Date.now());
});

test('a process that prints faster than can be stored is made to wait, and can be stopped', async () => {
  const runId = await office.shell('yes 0123456789', { timeoutSec: 3, graceSec: 1 });
  const run = await office.ended(runId, 25_000);
  expect(run).toMatchObject({ status: 'TIMED_OUT' });
  const { size } = await stat(join(office.home, 'spool', runId, 'stdout'));
  expect(size).toBeLessThan(300 * 2 ** 20); // without a bound it would be gigabytes
  const [stored] = await office.acme.db.prisma.$queryRaw<{ bytes: bigint; gaps: bigint }[]>`
    SELECT sum(byte_size)::bigint AS bytes, count(*) FILTER (WHERE start <> "offset")::bigint AS gaps
    FROM (SELECT byte_size, "offset", coalesce(sum(byte_size) OVER (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS start
      FROM run_log WHERE run_id = ${runId}::uuid) chunks`;
  expect(stored).toEqual({ bytes: BigInt(size), gaps: 0n });
});

test('secrets that an agent prints are not stored', async () => {
  const runId = await office.shell('echo "key $BOARDROOM_API_KEY"; echo "deploy with $DEPLOY_TOKEN now"; printf "%s" "$DEPLOY_TOKEN"', { env: { DEPLOY_TOKEN: 'hunter2-hunter2' } });
  await office.ended(runId);
  expect(await office.text(runId)).toBe('key •••\ndeploy with ••• now\n•••');
});
