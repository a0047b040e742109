import { setTimeout as sleep } from 'node:timers/promises';
import { forbidStart, readExit, readIdentity } from '../../spool/folder.ts';
import type { Leftover, ProcessHandle, ProcessState, Target } from '../contract.ts';
import { findProcess, listGroup, parseStart, type ProcessEntry } from './process-table.ts';
import { startProcess } from './start.ts';
import { LocalTail } from './tail.ts';

const LEFTOVER_GRACE_MS = 500;

/** Processes of this machine. */
export const localTarget: Target = {
  start: startProcess,
  forbidStart,
  openTail: async (spoolDir) => new LocalTail(spoolDir),
  look: (handle) => look(handle),
  signal: (handle, signal) => signalGroup(handle, signal),
  hold: (handle, isHeld) => holdGroup(handle, isHeld),
  endLeftovers: (handle) => endLeftovers(handle),
};

async function look(handle: ProcessHandle): Promise<ProcessState> {
  // Order matters: a process seen alive may write its exit next, but one seen dead has written all it ever will.
  const identity = await identify(handle);
  if (identity === null || identity === 'forbidden') return { kind: 'notStarted' };
  const isAlive = await isSame(identity.pid, identity.processStart);
  const end = await readExit(handle.spoolDir);
  if (end !== null) return { kind: 'exited', pid: identity.pid, ...end };
  return isAlive ? { kind: 'running', ...identity } : { kind: 'lost' };
}

async function signalGroup(handle: ProcessHandle, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const leader = await livingLeader(handle);
  if (leader === null) return;
  if (signal === 'SIGTERM') {
    send(-leader, signal);
    return holdGroup(handle, false); // one that was held would not hear it
  }
  for (const entry of await listGroup(leader)) if (entry.pid !== leader) send(entry.pid, signal);
}

async function holdGroup(handle: ProcessHandle, isHeld: boolean): Promise<void> {
  const leader = await livingLeader(handle);
  if (leader !== null) for (const entry of await listGroup(leader)) send(entry.pid, isHeld ? 'SIGSTOP' : 'SIGCONT');
}

async function endLeftovers(handle: ProcessHandle): Promise<readonly Leftover[]> {
  const identity = await identify(handle);
  if (identity === null || identity === 'forbidden') return [];
  const left = await membersOf(identity);
  for (const entry of left) send(entry.pid, 'SIGTERM');
  const deadline = Date.now() + LEFTOVER_GRACE_MS;
  let living = left;
  while (living.length > 0 && Date.now() < deadline) {
    await sleep(10);
    living = await membersOf(identity);
  }
  // A group that forks faster than it is killed needs more than one round.
  for (let round = 0; living.length > 0 && round < 50; round += 1) {
    for (const entry of living) send(entry.pid, 'SIGKILL');
    await sleep(5);
    living = await membersOf(identity);
  }
  return left.map(({ pid, command }) => ({ pid, command }));
}

/**
 * Who is left of a group whose leader is gone, or about to go: the wrapper has nothing left to do. Where another process has
 * the leader's pid by now, the group is no longer ours.
 */
async function membersOf(identity: { pid: number; processStart: string }): Promise<ProcessEntry[]> {
  const members = await listGroup(identity.pid);
  const leader = members.find((entry) => entry.pid === identity.pid);
  if (leader && leader.start !== identity.processStart) return [];
  return members.filter((entry) => entry !== leader);
}

async function identify(handle: ProcessHandle): Promise<{ pid: number; processStart: string } | 'forbidden' | null> {
  if (handle.pid !== null && handle.processStart !== null) return { pid: handle.pid, processStart: handle.processStart };
  return readIdentity(handle.spoolDir, parseStart);
}

async function livingLeader(handle: ProcessHandle): Promise<number | null> {
  const identity = await identify(handle);
  if (identity === null || identity === 'forbidden') return null;
  return (await isSame(identity.pid, identity.processStart)) ? identity.pid : null;
}

async function isSame(pid: number, processStart: string): Promise<boolean> {
  return (await findProcess(pid))?.start === processStart;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Gone meanwhile, or another user's by now (sudo): nothing that we could do more.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
