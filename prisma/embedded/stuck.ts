import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, signalProcess } from './postmaster.ts';

const LOOK_EVERY_MS = 2_000;
/** Between the death of one child and the recovery from it Postgres has neither for a moment. */
const STUCK_LOOKS = 2;
const QUIT_WITHIN_MS = 3_000;

/**
 * Ends a postmaster that will never serve again. When a backend is killed Postgres recovers, and when the process that
 * recovers is killed as well, 18.4 waits for good: alive, refusing everybody as 'in recovery mode', with nobody at it.
 * Only where the system lists a process's children.
 */
export async function endWhenStuck(pid: number, signal: AbortSignal): Promise<void> {
  for (let stuckLooks = 0; stuckLooks < STUCK_LOOKS; ) {
    await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted || !isAlive(pid)) return;
    stuckLooks = (await servesOrRecovers(pid)) ? 0 : stuckLooks + 1;
  }
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    if (signal.aborted || !isAlive(pid)) return;
    signalProcess(pid, name);
    for (let waited = 0; waited < QUIT_WITHIN_MS && isAlive(pid); waited += 50) await sleep(50);
  }
}

/** A server at work has a WAL writer, and one that recovers the process that does it. */
async function servesOrRecovers(pid: number): Promise<boolean> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => undefined);
  if (children === undefined) return true; // gone, or there is no telling
  const titles = children.split(' ').filter(Boolean).map((child) => readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(titles)).some((title) => /^postgres: (walwriter|startup)/.test(title));
}
