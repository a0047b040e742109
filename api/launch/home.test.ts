import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findProcess } from '../../adapters/targets/local/process-table.ts';
import { holdHome } from './home.ts';

async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'boardroom home '));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

async function leaveLock(home: string, holder: { pid: number; start: string }): Promise<void> {
  await mkdir(join(home, 'run'));
  await writeFile(join(home, 'run', 'boardroom.lock'), JSON.stringify({ ...holder, address: 'http://127.0.0.1:4400' }));
}

test('a second instance on one home is refused, with the one that runs', async () => {
  const home = await temporaryHome();
  const held = await holdHome(home, 'http://127.0.0.1:4400');
  await expect(holdHome(home, 'x')).rejects.toThrow(
    `already runs on ${home} (process ${process.pid}, http://127.0.0.1:4400); stop it or use another --home`,
  );
  await held.release();
  await expect(holdHome(home, 'x')).resolves.toMatchObject({ inherited: false });
});

test('the lock of a process that was killed is taken over', async () => {
  const home = await temporaryHome();
  const gone = spawn('true');
  await once(gone, 'exit');
  await leaveLock(home, { pid: gone.pid ?? 0, start: '1' });
  await expect(holdHome(home, 'x')).resolves.toMatchObject({ inherited: true });
});

test('a process that merely has the number of the dead one does not hold the home', async () => {
  const home = await temporaryHome();
  await leaveLock(home, { pid: process.pid, start: 'another start' });
  await expect(holdHome(home, 'x')).resolves.toMatchObject({ inherited: true });
  expect(await readdir(join(home, 'run'))).toEqual(['boardroom.lock']);
  expect(await findProcess(process.pid)).not.toBeNull();
});

test('of several that find a dead lock at once, one gets the home', async () => {
  const home = await temporaryHome();
  await leaveLock(home, { pid: process.pid, start: 'another start' });
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => holdHome(home, 'x')));
  expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
});

test('a home that is a file is refused', async () => {
  const home = join(await temporaryHome(), 'file');
  await writeFile(home, '');
  await expect(holdHome(home, 'x')).rejects.toThrow(`The home folder ${home} cannot be used (it is not a folder)`);
});
