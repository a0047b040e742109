import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { constants } from 'node:os';
import type { ProcessExit } from '../contract.ts';

/** The files of one start of one run. The wrapper (wrapper.ts) writes `pid` and `exit`, the agent's output goes to the other two. */
export function spoolFile(dir: string, name: 'stdin' | 'stdout' | 'stderr' | 'pid' | 'exit' | 'files'): string {
  return join(dir, name);
}

/** Makes the folder, with standard input and the run's own files in it. Only the owner can read them: they hold prompts. */
export async function prepareSpool(dir: string, stdin: string, files: Readonly<Record<string, string>>): Promise<void> {
  const scratch = spoolFile(dir, 'files');
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  for (const [name, content] of Object.entries(files)) {
    const relative = normalize(name);
    if (isAbsolute(relative) || relative.startsWith('..')) throw new Error(`a run's file must stay in its folder: ${name}`);
    const path = join(scratch, relative);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, content, { mode: 0o600 });
  }
  await writeFile(spoolFile(dir, 'stdin'), stdin, { mode: 0o600 });
}

/** Who the wrapper says it is: pid, and the line by which the target can tell it from another process with that pid. */
export interface WrapperIdentity { pid: number; processStart: string }

/** Null before the wrapper has begun; 'forbidden' where a ban came first. */
export async function readIdentity(dir: string, parseStart: (line: string) => string | null): Promise<WrapperIdentity | 'forbidden' | null> {
  const text = await readOrNull(spoolFile(dir, 'pid'));
  if (text === null) return null;
  const [first, second] = text.split('\n');
  if (first === FORBIDDEN) return 'forbidden';
  // Both lines are one write; without the last newline it is not all there yet.
  if (!text.endsWith('\n') || second === undefined) return null;
  const pid = Number(first);
  const processStart = parseStart(second);
  return Number.isInteger(pid) && pid > 1 && processStart !== null ? { pid, processStart } : null;
}

const FORBIDDEN = 'forbidden';

/**
 * Takes the place of the wrapper's `pid` file, which it creates exclusively before it starts anything. False: it was there first.
 * A finished file is linked into place: one that was made and not yet written would say neither that it began nor that it may not.
 */
export async function forbidStart(dir: string): Promise<boolean> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const draft = join(dir, `ban.${randomUUID()}`);
  await writeFile(draft, `${FORBIDDEN}\n`, { mode: 0o600 });
  try {
    await link(draft, spoolFile(dir, 'pid'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readOrNull(spoolFile(dir, 'pid')))?.startsWith(FORBIDDEN) ?? false;
  } finally {
    await rm(draft, { force: true });
  }
}

/** How the agent ended, and when; null while the wrapper has not written it. */
export async function readExit(dir: string): Promise<{ exit: ProcessExit; at: Date } | null> {
  const path = spoolFile(dir, 'exit');
  const text = await readOrNull(path);
  if (text === null || !/^\d+\n$/.test(text)) return null;
  return { exit: exitOfShell(Number(text)), at: (await stat(path)).mtime };
}

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));
signalNames.set(constants.signals.SIGABRT, 'SIGABRT');

/** A shell reports a child killed by signal n as 128 + n. A program that exits so by itself says the same thing on purpose. */
export function exitOfShell(status: number): ProcessExit {
  const signal = status > 128 ? signalNames.get(status - 128) : undefined;
  return signal === undefined ? { code: status, signal: null } : { code: null, signal };
}

export async function removeSpool(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
