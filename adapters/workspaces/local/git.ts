import { execFile } from 'node:child_process';
import type { WorkspaceFault, WorkspaceFaultCode } from '../contract.ts';

export interface GitAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It printed more than was asked for, and was stopped. */
  readonly isTruncated: boolean;
}

export interface GitOptions {
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
}

/** Runs the system's git in a folder. Throws `GitUnusable` where git itself cannot be run; what git says is an answer. */
export type Git = (folder: string, args: readonly string[], options?: GitOptions) => Promise<GitAnswer>;

/**
 * Never a shell, never a question, no program that the repository names (hooks, monitors, pagers, external diffs), and no lock
 * on the index of whoever works in it.
 */
const ALWAYS = [
  '--no-pager', '--literal-pathspecs', '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '-c', 'gc.auto=0',
  '-c', 'maintenance.auto=false', '-c', 'advice.detachedHead=false',
];
const TIMEOUT_MS = 60_000;
const MAX_BYTES = 4 * 2 ** 20;

export function gitOf(host: Readonly<Record<string, string>>): Git {
  const kept = Object.entries(host).filter(([name]) => name === 'PATH' || name === 'HOME' || name === 'USER' || name === 'XDG_CONFIG_HOME' || name === 'TMPDIR');
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin', ...Object.fromEntries(kept), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_EDITOR: 'true', GIT_NO_LAZY_FETCH: '1',
  };
  return (folder, args, { maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS } = {}) => new Promise((answer, fail) => {
    execFile('git', ['-C', folder, ...ALWAYS, ...args], { env, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: maxBytes, encoding: 'utf8', cwd: '/' }, (error, stdout, stderr) => {
      if (!error) return answer({ code: 0, stdout, stderr, isTruncated: false });
      const { code, killed } = error;
      if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return answer({ code: 0, stdout, stderr, isTruncated: true });
      if (typeof code === 'number') return answer({ code, stdout, stderr, isTruncated: false });
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail(new GitUnusable('GIT_MISSING', 'git is not installed', 'Install git where the worker runs.'));
      const message = killed ? `git did not answer within ${timeoutMs / 1_000} seconds` : `git could not be run: ${error.message}`;
      return fail(new GitUnusable('GIT_FAILED', message, 'Look at the repository on the worker\'s machine.'));
    });
  });
}

/** A fault on its way out of several calls: whoever began them turns it into data. */
export class GitUnusable extends Error {
  readonly code: WorkspaceFaultCode;
  readonly remedy: string;
  constructor(code: WorkspaceFaultCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

export function fault(code: WorkspaceFaultCode, message: string, remedy: string, log: readonly string[] = []): WorkspaceFault {
  return { kind: 'fault', code, message, remedy, log: [...log, message].join('\n') };
}

/** What git said, in one line for people. */
export function wordsOf({ stderr, stdout }: Pick<GitAnswer, 'stderr' | 'stdout'>): string {
  const text = (stderr.trim() || stdout.trim()).replace(/^(fatal|error): /, '');
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

/** Runs what may throw `GitUnusable`. */
export async function orFault<Result>(work: () => Promise<Result | WorkspaceFault>): Promise<Result | WorkspaceFault> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitUnusable) return fault(error.code, error.message, error.remedy);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return fault('WORKSPACE_NOT_WRITABLE', message, 'Give the user that Boardroom runs as the right to it.');
    if (code === 'ENOSPC' || code === 'EDQUOT') return fault('WORKSPACE_NOT_WRITABLE', message, 'Make room on the disk.');
    throw error;
  }
}
