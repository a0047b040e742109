import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseProblem } from '../problem.ts';
import { barredFolder, userName, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';

/** Written into the data folder when it is complete; holds what is needed to log in. */
const sealName = 'boardroom.json';

/** A complete data folder. */
export interface DataFolder {
  /** Where it really is: as root it may be behind a link. */
  path: string;
  password: string;
  created: boolean;
}

/**
 * Opens the data folder, making it if there is none. Anything that is not a complete folder of this Postgres and this
 * user is refused and left as it is.
 */
export async function openDataFolder(
  path: string, binaries: Binaries, account: Account, notes: string[], sync = true,
): Promise<DataFolder> {
  if (await isEmpty(path)) {
    await create(path, binaries, account, notes, sync);
    return { ...(await inspect(path, binaries, account)), created: true };
  }
  return { ...(await inspect(path, binaries, account)), created: false };
}

async function isEmpty(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      if (await lstat(path).catch(() => undefined)) {
        throw new DatabaseProblem(`The data folder ${path} is a link to a folder that is gone. Restore it or remove the link.`);
      }
      return true;
    }
    if (code === 'EACCES') await refuseForeign(path, process.getuid?.() ?? 0);
    if (code === 'ENOTDIR') throw new DatabaseProblem(`The data folder ${path} is not a folder. Move it away or use another --home.`);
    throw error;
  }
}

async function inspect(path: string, binaries: Binaries, account: Account): Promise<Omit<DataFolder, 'created'>> {
  await refuseForeign(path, account.uid);
  const real = await realpath(path);
  const version = await readFile(join(real, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined && version.trim() !== String(binaries.major)) {
    throw new DatabaseProblem(
      `The data folder ${path} was made by Postgres ${version.trim()}; this Boardroom brings Postgres ${binaries.major} and left it ` +
        'untouched. Start the Boardroom that made it, set DATABASE_URL to a server of that version, or use another --home.',
    );
  }
  const seal = await readFile(join(real, sealName), 'utf8').catch(() => undefined);
  if (version === undefined || seal === undefined) {
    throw new DatabaseProblem(
      `The data folder ${path} is not a complete database of Boardroom (it may have been copied or made only in part); it was left ` +
        `untouched. Put back a whole copy, or move it away (mv "${path}" "${path}.old") to start with an empty database.`,
    );
  }
  const { password } = JSON.parse(seal) as { password: string };
  return { path: real, password };
}

async function refuseForeign(path: string, uid: number): Promise<void> {
  const found = await stat(path);
  if (process.platform === 'win32' || found.uid === uid) return;
  const [owner, user] = [userName(found.uid), userName(uid)];
  throw new DatabaseProblem(
    `The data folder ${path} belongs to ${owner}, but Postgres would run as ${user}; it was left untouched. Start Boardroom as ` +
      `${owner}, use another --home, or hand it over (chown -R ${user} "${path}").`,
  );
}

/** Fills a folder of another name and renames it, so that an interrupted start leaves nothing half made. */
async function create(
  path: string, binaries: Binaries, account: Account, notes: string[], sync: boolean,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const target = await reachable(path, account, notes);
  await sweep(target);
  const unfinished = await mkdtemp(`${target}.unfinished-`);
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(dirname(unfinished), `.initdb-${process.pid}`);
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    await give(unfinished, account);
    await give(passwordFile, account);
    await initialise(binaries, account, unfinished, passwordFile, sync);
    const seal = join(unfinished, sealName);
    await writeFile(seal, JSON.stringify({ password }), { mode: 0o600 });
    await give(seal, account);
    await rename(unfinished, target);
    if (target !== path) await symlink(target, path);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Where the account can reach it: root's own home, for one, is closed to everyone else. */
async function reachable(path: string, account: Account, notes: string[]): Promise<string> {
  const barred = await barredFolder(dirname(path), account);
  if (!barred) return path;
  const store = '/var/lib/boardroom';
  await mkdir(store, { recursive: true, mode: 0o755 });
  const elsewhere = join(store, `postgres-${randomBytes(6).toString('hex')}`);
  notes.push(`The user ${account.name} cannot enter ${barred}, so the data is in ${elsewhere} (linked from ${path})`);
  return elsewhere;
}

async function sweep(target: string): Promise<void> {
  const leftovers = (await readdir(dirname(target))).filter((name) => join(dirname(target), name).startsWith(`${target}.unfinished-`));
  for (const name of leftovers) await rm(join(dirname(target), name), { recursive: true, force: true });
}

async function give(path: string, account: Account): Promise<void> {
  if (account.dropped) await chown(path, account.uid, account.gid);
}

async function initialise(
  binaries: Binaries, account: Account, folder: string, passwordFile: string, sync: boolean,
): Promise<void> {
  // The built-in provider knows Unicode and needs no locale of the operating system, where often only C exists.
  const options = [
    `--pgdata=${folder}`, '--username=boardroom', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(sync ? [] : ['--no-sync']),
  ];
  const identity = account.dropped ? { uid: account.uid, gid: account.gid } : {};
  try {
    await promisify(execFile)(binaries.initdb, options, { ...identity, cwd: folder, env: { LC_ALL: 'C' } });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new DatabaseProblem(`The database could not be made in ${dirname(folder)}: ${(stderr || message).trim()}`);
  }
}
