import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../../prisma/testing.ts';

const file = fileURLToPath(new URL('./fixtures/boardroom.ts', import.meta.url));

/** Boardroom in a process of its own, as a person starts it. */
async function start() {
  const home = await mkdtemp(join(tmpdir(), 'boardroom home '));
  await chmod(home, 0o711);
  const { url, drop } = await testDatabase({ empty: true });
  const child = spawn(process.execPath, [file, '--home', home, '--port', '0'], { env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await drop();
    await rm(home, { recursive: true, force: true });
  });
  return { child, output: () => output };
}

async function pidAt(output: string): Promise<number> {
  const address = /ready at (\S+)/.exec(output)?.[1] ?? '';
  return fetch(address).then(async (response) => ((await response.json()) as { pid: number }).pid, () => 0);
}

test('it lives on while all that it keeps is dead, and stops when asked', async () => {
  const { child, output } = await start();
  await expect.poll(output, { timeout: 60_000 }).toContain('ready at');
  const pid = await pidAt(output());
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => [0, pid].includes(await pidAt(output())), { timeout: 60_000 }).toBe(false);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(output().split('\n').slice(-3)).toEqual(['boardroom: stopping', 'boardroom: stopped', '']);
});
