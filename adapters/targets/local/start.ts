import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { prepareSpool, spoolFile } from '../../spool/folder.ts';
import { NICENESS, WRAPPER } from '../../spool/wrapper.ts';
import type { Started, StartFailure, StartOrder } from '../contract.ts';
import { findCommand } from './command.ts';
import { findProcess } from './process-table.ts';

/** Starts the wrapper, and it the command, as leader of a session of its own: nothing that happens to this process reaches it. */
export async function startProcess(order: StartOrder): Promise<Started | StartFailure> {
  const badFolder = checkFolder(order.cwd);
  if (badFolder) return badFolder;
  const command = findCommand(order.command, order.env['PATH'] ?? '', order.cwd);
  if (command.kind !== 'found') return refuseCommand(order, command);

  const stdio: number[] = [];
  try {
    await prepareSpool(order.spoolDir, order.stdin, order.files);
    stdio.push(
      openSync(spoolFile(order.spoolDir, 'stdin'), 'r'),
      openSync(spoolFile(order.spoolDir, 'stdout'), 'a', 0o600),
      openSync(spoolFile(order.spoolDir, 'stderr'), 'a', 0o600),
    );
    const child = spawn('/bin/sh', ['-c', WRAPPER, 'boardroom', order.spoolDir, ...nicely(), command.file, ...order.args], {
      cwd: order.cwd, env: { ...order.env }, detached: true, stdio: stdio as [number, number, number],
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await once(child, 'spawn');
    child.unref();
    const pid = child.pid as number;
    // One that is gone already is looked for by what it wrote, and no later process has this start.
    const processStart = (await findProcess(pid))?.start ?? 'gone';
    return { kind: 'started', handle: { spoolDir: order.spoolDir, pid, processStart }, ended };
  } catch (error) {
    return refuseSpawn(order, error as NodeJS.ErrnoException);
  } finally {
    for (const file of stdio) closeSync(file);
  }
}

/** `nice` replaces itself by the command, so nothing else changes; it is part of every system, and missing it is no fault. */
function nicely(): string[] {
  const nice = findCommand('nice', '/usr/bin:/bin', '/');
  return nice.kind === 'found' ? [nice.file, '-n', String(NICENESS)] : [];
}

function checkFolder(cwd: string): StartFailure | null {
  try {
    if (statSync(cwd).isDirectory()) return null;
  } catch {
    return { kind: 'refused', code: 'CWD_MISSING', message: `the working folder ${cwd} does not exist`, remedy: 'Create the folder, or change the agent’s cwd.' };
  }
  return { kind: 'refused', code: 'CWD_NOT_A_FOLDER', message: `the working folder ${cwd} is not a folder`, remedy: 'Change the agent’s cwd.' };
}

function refuseCommand(order: StartOrder, lookup: { kind: 'notFound' } | { kind: 'notExecutable'; file: string }): StartFailure {
  if (lookup.kind === 'notExecutable') {
    return { kind: 'refused', code: 'COMMAND_NOT_EXECUTABLE', message: `${lookup.file} is not executable`, remedy: `Make it executable: chmod +x ${lookup.file}` };
  }
  const where = order.command.includes('/') ? '' : ` on the PATH of the agent (${order.env['PATH'] ?? ''})`;
  return { kind: 'refused', code: 'COMMAND_NOT_FOUND', message: `there is no command ${order.command}${where}`, remedy: 'Install it, or give its full path as the agent’s command.' };
}

function refuseSpawn(order: StartOrder, error: NodeJS.ErrnoException): StartFailure {
  if (error.code === 'E2BIG') {
    return { kind: 'refused', code: 'ARGUMENTS_TOO_LONG', message: `the arguments and environment of ${order.command} are too long for the system`, remedy: 'Pass long text on standard input or in a file.' };
  }
  return { kind: 'refused', code: 'SPAWN_FAILED', message: `${order.command} could not be started: ${error.message}`, remedy: 'Check the machine: disk space, memory, number of processes, open files.' };
}
