import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasWritten } from './meter.mjs';
import { quote, say, shell } from './narrate.mjs';

const root = process.cwd();
const patienceMs = 30_000;
let repository;

/** The folder of the repository itself, of which this one may be a worktree on a branch of its own. */
async function home() {
  repository ??= dirname(resolve(root, (await run('git', 'rev-parse', '--git-common-dir')).trim()));
  return repository;
}

/** Runs a program in the workspace and returns what it printed; a failure is raised with it. */
export function run(program, ...args) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: root, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args[0]} failed: ${stderr || stdout || error.message}`, { cause: error }));
      else resolve(stdout);
    });
  });
}

/** Whether the workspace is a git repository and there is a git to use it with. */
export async function hasGit() {
  if (!existsSync(join(root, '.git'))) return false;
  return run('git', '--version').then(
    () => true,
    () => false,
  );
}

/** git as one of the staff, whatever signing or hooks the owner of this machine has configured. */
export function git(person, ...args) {
  const name = `${person.name}, ${person.title}`;
  const config = { 'user.name': name, 'user.email': person.email, 'commit.gpgsign': 'false', 'core.hooksPath': '/dev/null' };
  const flags = Object.entries(config).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return run('git', ...flags, ...args);
}

/**
 * Commits these files and no others, on top of what colleagues have done meanwhile, and brings the commit home; returns its
 * short hash. Where nothing has changed, it is that of the commit that made them so.
 */
export async function commit(person, message, paths) {
  if (!(await hasGit())) {
    await say('There is no git here, so the files stay as they are, without a history.');
    return null;
  }
  await shell(`git commit -m '${message}' -- ${paths.join(' ')}`);
  hasWritten(`${message} ${paths.join(' ')}`);
  const branch = (await run('git', 'branch', '--show-current')).trim();
  const hash = await alone(async () => {
    await fastForward(person);
    await git(person, 'add', '--', ...paths);
    const changed = await git(person, 'status', '--porcelain', '--', ...paths);
    if (changed) await git(person, 'commit', '--quiet', '-m', message, '--', ...paths);
    await bringHome(person, branch);
    return (await git(person, 'log', '-1', '--format=%h', '--', ...paths)).trim();
  });
  await quote(`${branch} ${hash}`);
  return hash;
}

/** What colleagues have brought home since this worktree was made comes into it, where that needs no decision. */
export async function catchUp(person) {
  if (await hasGit()) await alone(() => fastForward(person));
}

/** Not where something of one's own stands in the way: that is merged when it is brought home. */
async function fastForward(person) {
  if ((await home()) === root) return;
  // What a run that was cut short left behind: nobody else works in this worktree.
  await rm(resolve(root, (await run('git', 'rev-parse', '--git-path', 'index.lock')).trim()), { force: true });
  await git(person, 'merge', '--abort').catch(() => undefined);
  await git(person, 'merge', '--quiet', '--ff-only', await headAtHome(person)).catch(() => undefined);
}

async function headAtHome(person) {
  return (await git(person, '-C', await home(), 'rev-parse', 'HEAD')).trim();
}

async function bringHome(person, branch) {
  const folder = await home();
  if (folder === root) return;
  const land = () => git(person, '-C', folder, 'merge', '--quiet', '--ff-only', branch);
  try {
    await land().catch(async () => {
      await git(person, 'merge', '--quiet', '--no-edit', await headAtHome(person));
      await land();
    });
  } catch {
    // Files of somebody stand in the way there, or of a run that was killed at this very moment. They are kept.
    await git(person, '-C', folder, 'stash', 'push', '--quiet', '--include-untracked');
    await land();
  }
}

/** One at a time: colleagues bring their work to the same repository, and git's index takes only one writer. */
export async function alone(work) {
  const lock = join(await home(), '.git', 'boardroom-demo.lock');
  const giveUpAt = Date.now() + patienceMs;
  while (!(await takeLock(lock))) {
    if (Date.now() > giveUpAt) throw new Error(`somebody has held ${lock} for too long`);
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock(lock) {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (await isAbandoned(lock)) {
      // Whoever held it was killed, maybe within git: its own lock is then nobody's either.
      await rm(join(dirname(lock), 'index.lock'), { force: true });
      await rm(lock, { force: true });
    }
    return false;
  }
}

async function isAbandoned(lock) {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
