import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../../prisma/embedded/postmaster.ts';
import { KeptChild } from './child.ts';

function keep(manner: string, patienceMs = 10_000): { child: KeptChild; said: string[] } {
  const said: string[] = [];
  const child = new KeptChild({
    name: 'api',
    file: fileURLToPath(new URL('./fixtures/process.ts', import.meta.url)),
    args: [manner],
    environment: { ...process.env, BOARDROOM_PORT: '0' },
    patienceMs,
    say: (line) => said.push(line),
  });
  onTestFinished(() => child.kill());
  return { child, said };
}

test('a process that is killed is started again', async () => {
  const { child, said } = keep('steady');
  await child.ready;
  const first = child.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => child.pid !== first && isAlive(child.pid ?? 0), { timeout: 5_000 }).toBe(true);
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
