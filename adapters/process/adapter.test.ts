import { expect, test } from 'vitest';
import type { RunContext } from '../contract.ts';
import { localProbe } from '../targets/local/probe.ts';
import { processAdapter, type ProcessConfig } from './adapter.ts';

const contextOf = (config: ProcessConfig) => ({ config }) as RunContext<ProcessConfig>;
const problemsOf = (config: unknown) => processAdapter.config.safeParse(config).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
const probe = localProbe({ PATH: '/usr/bin:/bin' });

test('a configuration is completed', () => {
  const config = processAdapter.config.parse({ command: ' make ' });
  expect(config).toEqual({ command: 'make', args: [], env: {}, timeoutSec: 900, graceSec: 15 });
  expect(processAdapter.invocation(contextOf(config))).toEqual({ command: 'make', args: [], env: {}, timeoutSec: 900, graceSec: 15 });
  expect(processAdapter.invocation(contextOf({ ...config, stdin: 'x' }))).toMatchObject({ stdin: 'x' });
});

test('each field that is wrong is named', () => {
  expect(problemsOf({})).toEqual([expect.stringMatching(/^command: /)]);
  expect(problemsOf({ command: '  ' })).toEqual(['command: is required']);
  expect(problemsOf({ command: 'a\0b', args: ['x\0'] })).toEqual(['command: command must not contain a NUL character', 'args.0: an argument must not contain a NUL character']);
  expect(problemsOf({ command: 'x', cwd: 'relative', timeoutSec: -1, graceSec: 1e9, env: { '1BAD': 'x' }, typo: 1 }).map((problem) => problem.split(':')[0]))
    .toEqual(expect.arrayContaining(['cwd', 'timeoutSec', 'graceSec', 'env.1BAD', '']));
});

test('exit code 0 is success; anything else fails with the last line of stderr', () => {
  const reader = () => processAdapter.reader(contextOf({} as ProcessConfig));
  expect(reader().outcome({ code: 0, signal: null })).toEqual({ kind: 'succeeded' });
  const failed = reader();
  failed.feed('stderr', 'first\nlast w');
  failed.feed('stdout', 'not this\n');
  failed.feed('stderr', 'ords\n\n');
  expect(failed.outcome({ code: 2, signal: null })).toMatchObject({ kind: 'failed', code: 'EXIT_CODE', message: 'exited with code 2: last words' });
  expect(reader().outcome({ code: null, signal: 'SIGSEGV' })).toMatchObject({ code: 'KILLED_BY_SIGNAL', message: 'was ended by SIGSEGV' });
});

test('a test says what is missing and what to do', async () => {
  const checks = (config: Partial<ProcessConfig>) => processAdapter.test({ command: 'sh', args: [], env: {}, timeoutSec: 0, graceSec: 0, ...config }, probe);
  expect(await checks({ cwd: '/' })).toMatchObject([{ name: 'folder', outcome: 'OK' }, { name: 'command', outcome: 'OK', message: expect.stringContaining('/sh') }]);
  expect(await checks({ command: 'no-such-command', cwd: '/no/such/folder' })).toMatchObject([
    { name: 'folder', outcome: 'FAILED', hint: expect.any(String) }, { name: 'command', outcome: 'FAILED', hint: expect.any(String) },
  ]);
  expect(await checks({ command: 'sh', env: { PATH: '/nowhere' } })).toMatchObject([{ name: 'command', outcome: 'FAILED' }]);
});

test('a probe runs short commands to their end, and no longer', async () => {
  expect(await probe.run('sh', ['-c', 'cat; echo err >&2; exit 3'], { stdin: 'in' })).toEqual({ code: 3, stdout: 'in', stderr: 'err\n', timedOut: false });
  expect(await probe.run('no-such-command', [])).toMatchObject({ code: null, error: expect.stringContaining('ENOENT') });
  expect(await probe.run('sh', ['-c', 'sleep 60 & sleep 60'], { timeoutMs: 100 })).toMatchObject({ code: null, timedOut: true });
  const held = performance.now();
  expect(await probe.run('sh', ['-c', 'sleep 60 & echo done'])).toMatchObject({ code: 0, stdout: 'done\n' });
  expect(performance.now() - held).toBeLessThan(50_000);
});
