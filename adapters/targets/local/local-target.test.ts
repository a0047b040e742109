import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProcessHandle, Started, StartOrder } from '../contract.ts';
import { localTarget } from './local-target.ts';
import { findProcess, listGroup } from './process-table.ts';

let home = '';
const started: ProcessHandle[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'spool test '));
});

afterEach(async () => {
  for (const handle of started.splice(0)) {
    await localTarget.signal(handle, 'SIGKILL');
    await localTarget.endLeftovers(handle);
  }
  await rm(home, { recursive: true, force: true, maxRetries: 5 }); // a wrapper may be writing its last word
});

const order = (over: Partial<StartOrder>): StartOrder => ({
  spoolDir: join(home, 'run one'), command: 'sh', args: [], cwd: home, env: { PATH: '/usr/bin:/bin' }, stdin: '', files: {}, ...over,
});

async function start(over: Partial<StartOrder>): Promise<Started> {
  const result = await localTarget.start(order(over));
  if (result.kind !== 'started') throw new Error(result.message);
  started.push(result.handle);
  return result;
}

const shell = (script: string, over: Partial<StartOrder> = {}) => start({ args: ['-c', script], ...over });
const printed = async (handle: ProcessHandle, stream = 'stdout') => readFile(join(handle.spoolDir, stream), 'utf8');
const state = async (handle: ProcessHandle) => (await localTarget.look(handle)).kind;

async function endOf(handle: ProcessHandle) {
  await expect.poll(() => state(handle), { timeout: 60_000, interval: 5 }).toBe('exited');
  const end = await localTarget.look(handle);
  return end.kind === 'exited' ? end.exit : null;
}

test('a process gets its arguments, folder, standard input, files and environment and nothing else', async () => {
  const { handle, ended } = await start({
    args: ['-c', 'printf "%s|" "$@"; cat; pwd; cat "$0"; env', join(home, 'run one/files/a/b.txt'), 'two words', '$HOME', ''],
    stdin: 'on stdin\n', files: { 'a/b.txt': 'a file\n' }, env: { PATH: '/usr/bin:/bin', ONLY: 'this' },
  });
  await ended;
  expect(await endOf(handle)).toEqual({ code: 0, signal: null });
  const lines = (await printed(handle)).split('\n');
  expect(lines.slice(0, 3)).toEqual(['two words|$HOME||on stdin', home, 'a file']);
  expect(lines.slice(3).filter((line) => line && !/^(PWD|OLDPWD|SHLVL|_)=/.test(line)).sort()).toEqual(['ONLY=this', 'PATH=/usr/bin:/bin']);
});

test('exit codes and signals are recorded by the wrapper, not by us', async () => {
  const first = await shell('exit 7');
  expect(await endOf(first.handle)).toEqual({ code: 7, signal: null });
  const second = await shell('kill -9 $$', { spoolDir: join(home, 'two') });
  expect(await endOf(second.handle)).toEqual({ code: null, signal: 'SIGKILL' });
  expect(await printed(second.handle, 'stderr')).toBe(''); // a shell would say "Killed"
});

test('the wrapper survives SIGTERM to the group and records how the agent ended', async () => {
  const { handle } = await shell('trap "echo bye; exit 3" TERM; echo ready; while :; do sleep 0.05; done');
  await expect.poll(() => printed(handle)).toBe('ready\n');
  await localTarget.signal(handle, 'SIGTERM');
  expect(await endOf(handle)).toEqual({ code: 3, signal: null });
  expect(await printed(handle)).toBe('ready\nbye\n');

  const plain = await shell('echo ready; sleep 60', { spoolDir: join(home, 'plain') });
  await expect.poll(() => printed(plain.handle)).toBe('ready\n');
  await localTarget.signal(plain.handle, 'SIGTERM');
  expect(await endOf(plain.handle)).toEqual({ code: null, signal: 'SIGTERM' });
});

test('SIGKILL ends an agent that ignores SIGTERM, and is recorded', async () => {
  const { handle } = await shell('trap "" TERM; echo ready; while :; do sleep 0.05; done');
  await expect.poll(() => printed(handle)).toBe('ready\n');
  await localTarget.signal(handle, 'SIGTERM');
  expect(await state(handle)).toBe('running');
  await localTarget.signal(handle, 'SIGKILL');
  expect(await endOf(handle)).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a process whose handle knows no pid is found by its spool folder', async () => {
  const { handle } = await shell('sleep 60');
  const bySpool = { spoolDir: handle.spoolDir, pid: null, processStart: null };
  await expect.poll(() => state(bySpool)).toBe('running');
  expect(await localTarget.look(bySpool)).toEqual({ kind: 'running', pid: handle.pid, processStart: handle.processStart });
});

test('another process with the same pid is not ours: it is neither seen nor signalled', async () => {
  const { handle } = await shell('sleep 60');
  const earlier = { ...handle, processStart: '1' };
  expect(await state(earlier)).toBe('lost');
  await localTarget.signal(earlier, 'SIGTERM');
  await localTarget.signal(earlier, 'SIGKILL');
  expect(await localTarget.endLeftovers(earlier)).toEqual([]);
  expect(await state(handle)).toBe('running');
});

test('a wrapper that is killed is lost, and its agent is ended as a leftover', async () => {
  const { handle, ended } = await shell('sleep 60; :');
  await expect.poll(async () => (await listGroup(handle.pid as number)).length).toBe(3);
  process.kill(handle.pid as number, 'SIGKILL');
  await ended;
  expect(await state(handle)).toBe('lost');
  const left = await localTarget.endLeftovers(handle);
  expect(left.map((entry) => entry.command).sort()).toEqual(['sh', 'sleep']);
  expect(await listGroup(handle.pid as number)).toEqual([]);
});

test('a background child does not keep its agent from ending, even when it holds stdout, and is ended', async () => {
  const { handle, ended } = await shell('sleep 60 & (trap "" TERM; while :; do sleep 0.05; done) & echo done');
  await ended;
  expect(await endOf(handle)).toEqual({ code: 0, signal: null });
  const left = await localTarget.endLeftovers(handle);
  expect(left.length).toBeGreaterThanOrEqual(2);
  for (const { pid } of left) expect(await findProcess(pid)).toBeNull();
  expect(await printed(handle)).toBe('done\n');
});

test('agents give way to the board', async () => {
  const { handle, ended } = await shell('nice');
  await ended;
  expect(await printed(handle)).toBe('10\n');
});

test('a held process stands still, and ends all the same when asked to', async () => {
  const { handle } = await shell('while :; do echo x; sleep 0.01; done');
  await expect.poll(() => printed(handle)).toContain('x');
  await localTarget.hold(handle, true);
  await expect.poll(async () => { const before = await printed(handle); await new Promise((resolve) => setTimeout(resolve, 60)); return (await printed(handle)) === before; }).toBe(true);
  await localTarget.hold(handle, false);
  const length = (await printed(handle)).length;
  await expect.poll(async () => (await printed(handle)).length).toBeGreaterThan(length);
  await localTarget.hold(handle, true);
  await localTarget.signal(handle, 'SIGTERM');
  expect(await endOf(handle)).toEqual({ code: null, signal: 'SIGTERM' });
});

test('a process that closes its output and lives on is running', async () => {
  const { handle } = await shell('echo last; exec >&- 2>&-; sleep 60');
  await expect.poll(() => printed(handle)).toBe('last\n');
  expect(await state(handle)).toBe('running');
});

test('what can not be started is refused by name, and nothing runs', async () => {
  await writeFile(join(home, 'plain.txt'), 'x');
  const refused = async (over: Partial<StartOrder>) => {
    const result = await localTarget.start(order(over));
    return result.kind === 'refused' ? result.code : 'started';
  };
  expect(await refused({ command: 'no-such-command' })).toBe('COMMAND_NOT_FOUND');
  expect(await refused({ command: './no-such-file' })).toBe('COMMAND_NOT_FOUND');
  expect(await refused({ command: './plain.txt' })).toBe('COMMAND_NOT_EXECUTABLE');
  expect(await refused({ command: home })).toBe('COMMAND_NOT_FOUND');
  expect(await refused({ cwd: join(home, 'gone') })).toBe('CWD_MISSING');
  expect(await refused({ cwd: join(home, 'plain.txt') })).toBe('CWD_NOT_A_FOLDER');
  expect(await refused({ args: ['x'.repeat(3_000_000)] })).toBe('ARGUMENTS_TOO_LONG');
});

test('a command named like a word of the shell is the program of that name', async () => {
  const { handle } = await start({ command: 'test', args: ['a', '=', 'b'] });
  expect(await endOf(handle)).toEqual({ code: 1, signal: null });
  const result = await localTarget.start(order({ command: 'exit', spoolDir: join(home, 'exit') }));
  expect(result.kind).toBe('refused');
});

test('of a start and a ban exactly one wins', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, async (_, i) => {
    const spoolDir = join(home, `race ${i}`);
    const marker = join(home, `ran-${i}`);
    const [begun, banned] = await Promise.all([
      start({ spoolDir, args: ['-c', 'echo ran >"$0"', marker] }),
      new Promise<void>((resolve) => setTimeout(resolve, i)).then(() => localTarget.forbidStart(spoolDir)),
    ]);
    await begun.ended;
    const ran = await readFile(marker, 'utf8').then(() => true, () => false);
    return { banned, ran };
  }));
  for (const { banned, ran } of outcomes) expect(ran).toBe(!banned);
});

test('the tail reads from any offset and says when there is more', async () => {
  const { handle } = await start({ args: ['-c', 'printf "one\\n"; while [ ! -e go ]; do sleep 0.02; done; printf "two\\n"; sleep 60'] });
  const tail = await localTarget.openTail(handle.spoolDir);
  try {
    let changes = 0;
    tail.onChange(() => (changes += 1));
    await expect.poll(async () => (await tail.read('stdout', 0, 100)).toString()).toBe('one\n');
    const before = changes;
    await writeFile(join(home, 'go'), '');
    await expect.poll(() => changes, { interval: 1 }).toBeGreaterThan(before);
    await expect.poll(async () => (await tail.read('stdout', 4, 100)).toString(), { interval: 1 }).toBe('two\n');
    expect((await tail.read('stderr', 0, 100)).length).toBe(0);
  } finally {
    tail.close();
  }
});
