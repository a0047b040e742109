import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProcess } from '../../targets/local/process-table.ts';
import { provisionFolder } from './provision.ts';

let path: string;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'boardroom provision '));
});
afterAll(() => rm(path, { recursive: true }));

const run = (command: string, signal = new AbortController().signal, timeoutMs = 30_000) =>
  provisionFolder({ path, command, env: { PATH: process.env['PATH'] ?? '', MINE: 'yes' }, timeoutMs }, signal);

test('a command runs in the folder, with the environment it is given and no other', async () => {
  expect(await run('pwd; echo "$MINE $HOME"; echo oops >&2')).toEqual({ kind: 'succeeded', exitCode: 0, message: null, log: `${path}\nyes \noops\n` });
  expect(await run('exit 3')).toMatchObject({ kind: 'failed', exitCode: 3, message: 'it exited with code 3' });
});

test('of what it prints the end is kept', async () => {
  const { log } = await run('head -c 300000 /dev/zero | tr "\\0" x; echo end');
  expect(log.length).toBeLessThan(66_000);
  expect(log).toMatch(/^\[\d+ bytes before this were left out\]\nx+end\n$/);
});

test('it ends with its time, and what it began with it', async () => {
  const ended = await run('sleep 60 & echo $!; sleep 60', undefined, 300);
  expect(ended).toMatchObject({ kind: 'timedOut', message: 'it took longer than 0.3 seconds' });
  expect(await findProcess(Number(ended.log))).toBeNull();
});

test('it is stopped when nobody wants it any more, and leaves nothing behind when it ends by itself', async () => {
  const abort = new AbortController();
  const stopped = run('sleep 60', abort.signal);
  abort.abort();
  expect(await stopped).toMatchObject({ kind: 'aborted' });
  const left = await run('sleep 60 & echo $!');
  expect(left).toMatchObject({ kind: 'succeeded' });
  await expect.poll(() => findProcess(Number(left.log))).toBeNull();
});
