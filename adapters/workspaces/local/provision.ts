import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Provisioned, ProvisionOrder } from '../contract.ts';

const LOG_BYTES = 64 * 1024;
const GRACE_MS = 5_000;
const LAST_WORDS_MS = 250;
/**
 * The command in a shell of its own, and beside it one that waits for the other end of descriptor 3 to close: that happens when
 * the worker dies, and then the group goes with it. Two of these in one folder would be worse than one that is begun again.
 */
const WITH_ITS_WORKER = '(exec >/dev/null 2>&1; cat <&3; kill -KILL -$$) & exec 3<&-; exec /bin/sh -c "$1"';

/** Runs the project's own command by the shell, as its author would in the folder, and keeps the end of what it prints. */
export function provisionFolder({ path, command, env, timeoutMs }: ProvisionOrder, signal: AbortSignal): Promise<Provisioned> {
  return new Promise((answer) => {
    if (signal.aborted) return answer({ kind: 'aborted', exitCode: null, message: 'it was not begun', log: '' });
    const notStarted = (error: Error) => answer({ kind: 'failed', exitCode: null, message: `the shell could not be started: ${error.message}`, log: '' });
    let child: ChildProcess;
    try {
      child = spawn('/bin/sh', ['-c', WITH_ITS_WORKER, 'sh', command], { cwd: path, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    } catch (error) {
      return notStarted(error as Error);
    }
    // Without a file left to hold its pipes by, Node gives out a child that has none, and says so by an event alone.
    if (!child.stdio) return void child.once('error', notStarted);
    const [, stdout, stderr, lifeline] = child.stdio as unknown as [null, Readable, Readable, Readable];
    const tail = new Tail();
    lifeline.on('error', () => undefined); // it is only ever held open
    stdout.on('data', (bytes: Buffer) => tail.add(bytes));
    stderr.on('data', (bytes: Buffer) => tail.add(bytes));
    let ended: 'timedOut' | 'aborted' | null = null;
    let killer: NodeJS.Timeout | undefined;
    const stop = (why: 'timedOut' | 'aborted') => {
      if (ended) return;
      ended = why;
      signalGroup(child.pid, 'SIGTERM');
      killer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS);
    };
    const timer = setTimeout(() => stop('timedOut'), timeoutMs);
    const abort = () => stop('aborted');
    signal.addEventListener('abort', abort);
    const settle = (exitCode: number | null, message: string | null) => {
      clearTimeout(timer);
      clearTimeout(killer);
      signal.removeEventListener('abort', abort);
      signalGroup(child.pid, 'SIGKILL'); // what it left behind would go on in the folder
      stdout.destroy(); // and hold these open
      stderr.destroy();
      lifeline.destroy();
      answer({ kind: ended ?? (exitCode === 0 ? 'succeeded' : 'failed'), exitCode, message, log: tail.text() });
    };
    child.once('error', (error) => settle(null, `the shell could not be started: ${error.message}`));
    child.once('exit', (code, ending) => {
      const took = ended === 'timedOut' ? `it took longer than ${timeoutMs / 1_000} seconds` : ended === 'aborted' ? 'it was stopped' : null;
      const finish = () => settle(code, took ?? (code === 0 ? null : code === null ? `it was ended by ${ending}` : `it exited with code ${code}`));
      // Its last words are still in the pipe, which something that it left behind may hold open for good.
      const patience = setTimeout(finish, LAST_WORDS_MS);
      child.once('close', () => {
        clearTimeout(patience);
        finish();
      });
    });
  });
}

function signalGroup(leader: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // Nothing of it lives any more.
  }
}

/** The end of a stream. */
class Tail {
  #pieces: Buffer[] = [];
  #size = 0;
  #left = 0;

  add(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    while (this.#size - (this.#pieces[0]?.length ?? 0) > LOG_BYTES) {
      const first = this.#pieces.shift() as Buffer;
      this.#size -= first.length;
      this.#left += first.length;
    }
  }

  text(): string {
    const whole = Buffer.concat(this.#pieces);
    const over = Math.max(0, whole.length - LOG_BYTES);
    const text = new TextDecoder().decode(whole.subarray(over));
    return this.#left + over > 0 ? `[${this.#left + over} bytes before this were left out]\n${text}` : text;
  }
}
