import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessSync, constants, statSync } from 'node:fs';
import type { Probe, ProbeResult, ProbeRun } from '../../contract.ts';
import { findCommand } from './command.ts';

const OUTPUT_LIMIT = 256 * 1024;

/** What adapters may ask of this machine; `env` is what agents get, so that both find the same programs. */
export function localProbe(env: Readonly<Record<string, string>>): Probe {
  return {
    async which(command, { cwd = '/', path = env['PATH'] ?? '' } = {}) {
      const lookup = findCommand(command, path, cwd);
      return lookup.kind === 'found' ? lookup.file : null;
    },
    run: (command, args, options = {}) => runToEnd(command, args, { ...options, env: { ...env, ...options.env } }),
    async folder(path) {
      try {
        if (!statSync(path).isDirectory()) return 'not_a_folder';
      } catch {
        return 'missing';
      }
      try {
        accessSync(path, constants.W_OK);
        return 'ok';
      } catch {
        return 'not_writable';
      }
    },
    fetch: (url, init) => fetch(url, init),
  };
}

/** How long output is waited for after the command itself ended: a background child may hold the pipes open for ever. */
const DRAIN_MS = 200;

/** Runs a short command in a group of its own, which is killed as a whole when time is up. */
async function runToEnd(command: string, args: readonly string[], { cwd, env, stdin = '', timeoutMs = 10_000 }: ProbeRun): Promise<ProbeResult> {
  const output = { stdout: '', stderr: '' };
  let timedOut = false;
  try {
    const child = spawn(command, args, { env: { ...env }, detached: true, stdio: 'pipe', ...(cwd === undefined ? {} : { cwd }) });
    const gone = once(child, 'exit') as Promise<[number | null]>;
    // Without a file left to hold its pipes by, Node gives out a child that has none, and says so by an event alone.
    if (!child.stdout) await gone;
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] = (output[name] + text).slice(0, OUTPUT_LIMIT);
      });
    }
    child.stdin.on('error', () => {}); // it need not read what it is given
    child.stdin.end(stdin);
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) killGroup(child.pid);
    }, timeoutMs);
    const [code] = await gone.finally(() => clearTimeout(timer));
    await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })]);
    child.stdout.destroy();
    child.stderr.destroy();
    return { code, ...output, timedOut };
  } catch (error) {
    return { code: null, ...output, timedOut, error: (error as Error).message };
  }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}
