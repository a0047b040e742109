import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProcess } from '../../adapters/targets/local/process-table.ts';
import { ConfigProblem } from '../config.ts';

/** A home folder that this process alone uses until it releases it. */
export interface HeldHome {
  /** The process that held it before was killed, so others of its processes may be ending just now. */
  inherited: boolean;
  release: () => Promise<void>;
}

interface Holder {
  pid: number;
  start: string;
  address: string;
}

/** Makes the home folder and takes it for this process. */
export async function holdHome(home: string, address: string): Promise<HeldHome> {
  await prepare(home);
  const lock = join(home, 'run', 'boardroom.lock');
  const mine: Holder = { pid: process.pid, start: (await findProcess(process.pid))?.start ?? '', address };
  const text = JSON.stringify(mine);
  for (let inherited = false; ; inherited = true) {
    if (await create(lock, text)) return { inherited, release: () => rm(lock, { force: true }) };
    const found = await readFile(lock, 'utf8').catch(() => undefined);
    if (found === undefined) continue; // released since
    const holder = JSON.parse(found) as Holder;
    if ((await findProcess(holder.pid))?.start === holder.start) {
      throw new ConfigProblem(
        `Boardroom already runs on ${home} (process ${holder.pid}, ${holder.address}); stop it or use another --home`,
      );
    }
    await clear(lock, found);
  }
}

async function prepare(home: string): Promise<void> {
  try {
    const made = await mkdir(home, { recursive: true });
    // Root's Postgres runs as somebody else, who must pass; what is inside has its own modes.
    if (made !== undefined) await chmod(home, process.getuid?.() === 0 ? 0o711 : 0o700);
    await mkdir(join(home, 'run'), { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EACCES' ? 'no permission' : code === 'EEXIST' || code === 'ENOTDIR' ? 'it is not a folder' : message;
    throw new ConfigProblem(`The home folder ${home} cannot be used (${why}); name another with --home`);
  }
}

/** Links a finished file into place, so that nobody ever reads half of it; false when there is one already. */
async function create(lock: string, text: string): Promise<boolean> {
  const draft = `${lock}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  try {
    await link(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the lock of a dead process, but not one that somebody else put in its place meanwhile. */
async function clear(lock: string, dead: string): Promise<void> {
  const aside = `${lock}.dead-${process.pid}`;
  await rename(lock, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => dead);
  if (moved !== dead) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}
