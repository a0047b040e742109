import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectFolder } from '../../e2e/support/boardroom.ts';
import { commandOf, cpuMs, descendants, memoryMiB } from './cpu.ts';

/** A whole Boardroom as `npm start` runs it. */
export interface Installation {
  address: string;
  /** From the command to the line that says it is ready. */
  startSeconds: number;
  /** Memory and processor time of its parts so far. */
  usage(): Record<'api' | 'worker' | 'supervisor' | 'postgres', { mib: number; cpuMs: number }>;
  stop(): Promise<void>;
}

/** Starts one on a home folder: a new one is a first start, the next a warm one. */
export async function startInstallation(home: string): Promise<Installation> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(projectFolder, 'api/launch/start.mjs'), '--home', home, '--port', '0'], {
    cwd: projectFolder, env: { PATH: process.env['PATH'], HOME: process.env['HOME'] }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /ready at (http:\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(`Boardroom did not start:\n${output}`)));
  });
  const startSeconds = (performance.now() - start) / 1000;
  return {
    address, startSeconds,
    usage() {
      const all = [child.pid as number, ...descendants(child.pid as number)];
      const parts = { api: { mib: 0, cpuMs: 0 }, worker: { mib: 0, cpuMs: 0 }, supervisor: { mib: 0, cpuMs: 0 }, postgres: { mib: 0, cpuMs: 0 } };
      for (const pid of all) {
        const part = partOf(commandOf(pid));
        // Backends share most of what they hold; each Node process counts whole.
        parts[part].mib += memoryMiB(pid, part === 'postgres' ? 'Pss' : 'Rss');
        parts[part].cpuMs += cpuMs(pid);
      }
      return parts;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function partOf(command: string): 'api' | 'worker' | 'supervisor' | 'postgres' {
  if (command.includes('api/server/main.ts')) return 'api';
  if (command.includes('api/worker/main.ts')) return 'worker';
  return command.includes('postgres') ? 'postgres' : 'supervisor';
}
