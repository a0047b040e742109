import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../../prisma/embedded/postmaster.ts';
import { type ChildPlan, KeptChild } from './child.ts';

function keep(manner: string, patienceMs = 10_000, more: Partial<ChildPlan> = {}): { child: KeptChild; said: string[] } {
  const said: string[] = [];
  const child = new KeptChild({
    name: 'api',
    file: fileURLToPath(new URL('./fixtures/process.ts', import.meta.url)),
    args: [manner],
    environment: { ...process.env, BOARDROOM_PORT: '0' },
    patienceMs,
    say: (line) => said.push(line),
    ...more,
  });
  onTestFinished(() => child.kill());
  return { child, said };
}

test('a process that is killed is started again', async () => {
  const { child, said } = keep('steady');
  await child.ready;
  const first = child.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => child.pid !== first && isAlive(child.pid ?? 0), { timeout: 60_000 }).toBe(true);
  expect(said).toEqual(['the api was ended by SIGKILL; starting it again']);
});

test('a process that can never start is given up', async () => {
  const { child } = keep('failing');
  await expect(child.ready).rejects.toThrow('The api cannot start (ended with code 3).');
});

test('stopping ends it for good', async () => {
  const { child, said } = keep('steady');
  await child.ready;
  const pid = child.pid ?? 0;
  await child.stop();
  expect(isAlive(pid)).toBe(false);
  expect(said).toEqual([]);
});

test('one that does not stop by itself is ended', async () => {
  const { child, said } = keep('stubborn', 200);
  await child.ready;
  const pid = child.pid ?? 0;
  await child.stop();
  expect(isAlive(pid)).toBe(false);
  expect(said).toEqual(['the api did not stop in time and was ended']);
});

/** One that has work to end, and writes down when it did. */
async function keepWorking(): Promise<{ child: KeptChild; said: string[]; ended: () => string }> {
  const folder = await mkdtemp(join(tmpdir(), 'boardroom child '));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'said');
  const { child, said } = keep('working', 10_000, { args: ['working', file], endsWork: true });
  return { child, said, ended: () => readFileSync(file, 'utf8') };
}

test('one that was killed just before the stop is started once more, to end its work', async () => {
  const { child, said, ended } = await keepWorking();
  await child.ready;
  const pid = child.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => said.length, { timeout: 60_000 }).toBe(1);
  expect(await child.stop()).toBe(true);
  expect(ended()).toBe('ended its work\n');
  expect(isAlive(child.pid ?? 0)).toBe(false);
});

test('one that is still starting may start, so that it knows what it has to end', async () => {
  const { child, ended } = await keepWorking();
  expect(await child.stop()).toBe(true);
  expect(ended()).toBe('ended its work\n');
});

test('one for which there is no room is tried again until there is', async () => {
  const { child, said } = keep('steady');
  await child.ready;
  const first = child.pid ?? 0;
  // More than the system takes for a process: it refuses as it does when there is no memory.
  child.replace({ ...process.env, BOARDROOM_PORT: '0', BOARDROOM_TOO_LONG: 'x'.repeat(2 ** 23) });
  await expect.poll(() => said.at(-1), { timeout: 60_000 }).toMatch(/^the api could not be started \(spawn E2BIG\); starting it again$/);
  child.replace({ ...process.env, BOARDROOM_PORT: '0' });
  await expect.poll(() => child.pid !== first && isAlive(child.pid ?? 0), { timeout: 60_000 }).toBe(true);
});

test('one that there is never room for is given up', async () => {
  const { child } = keep('steady', 10_000, { environment: { ...process.env, BOARDROOM_TOO_LONG: 'x'.repeat(2 ** 23) } });
  await expect(child.ready).rejects.toThrow('The api cannot start (could not be started (spawn E2BIG)).');
  expect(await child.stop()).toBe(true);
});

test('being killed is not being unable to start', async () => {
  const { child, said } = await keepWorking();
  for (let times = 1; times <= 4; times += 1) {
    const pid = child.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => child.pid !== pid && said.length === times, { timeout: 60_000 }).toBe(true);
  }
  await child.ready;
});
