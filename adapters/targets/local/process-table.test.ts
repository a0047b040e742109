import { expect, test } from 'vitest';
import { exitOfShell } from '../../spool/folder.ts';
import { findProcess, listGroup, parseStat } from './process-table.ts';

test('a process is known by pid and start, whatever its name', () => {
  const line = '42 (a) b (c d) S 1 40 39 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1 2 3';
  expect(parseStat(line)).toEqual({ pid: 42, group: 40, session: 39, start: '987654', isZombie: false, command: 'a) b (c d' });
  expect(parseStat(line.replace(') S ', ') Z '))?.isZombie).toBe(true);
  expect(parseStat('')).toBeNull();
});

test('this process is found, and one that cannot be is not', async () => {
  expect(await findProcess(process.pid)).toMatchObject({ pid: process.pid, isZombie: false });
  expect(await findProcess(-1)).toBeNull();
  expect(await findProcess(2 ** 22 + 1)).toBeNull();
});

test('the kernel’s own processes are nobody’s group', async () => {
  expect(await listGroup(0)).toEqual([]);
  expect(await listGroup(1)).toEqual([]);
  expect(await listGroup(-1)).toEqual([]);
});

test('a shell tells signals from exit codes as far as it can', () => {
  expect(exitOfShell(0)).toEqual({ code: 0, signal: null });
  expect(exitOfShell(127)).toEqual({ code: 127, signal: null });
  expect(exitOfShell(137)).toEqual({ code: null, signal: 'SIGKILL' });
  expect(exitOfShell(134)).toEqual({ code: null, signal: 'SIGABRT' });
  expect(exitOfShell(255)).toEqual({ code: 255, signal: null });
});
