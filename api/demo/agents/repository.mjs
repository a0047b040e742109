import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quote, say, shell } from './narrate.mjs';

const root = process.cwd();
const lock = join(root, '.git', 'boardroom-demo.lock');
const patienceMs = 30_000;

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

/** Commits these files and no others; returns the short hash. Where nothing has changed, it is that of the commit that made them so. */
export async function commit(person, message, paths) {
  if (!(await hasGit())) {
    await say('There is no git here, so the files stay as they are, without a history.');
    return null;
  }
  await shell(`git commit -m '${message}' -- ${paths.join(' ')}`);
  const hash = await alone(async () => {
    await git(person, 'add', '--', ...paths);
    const changed = await git(person, 'status', '--porcelain', '--', ...paths);
    if (changed) await git(person, 'commit', '--quiet', '-m', message, '--', ...paths);
    return (await git(person, 'log', '-1', '--format=%h', '--', ...paths)).trim();
  });
  await quote(`main ${hash}`);
  return hash;
}

/** One at a time: colleagues work in the same folder, and git's index takes only one writer. */
export async function alone(work) {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await takeLock())) {
    if (Date.now() > giveUpAt) throw new Error(`somebody has held ${lock} for too long`);
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock() {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (await isAbandoned()) {
      // Whoever held it was killed, maybe within git: its own lock is then nobody's either.
      await rm(join(root, '.git', 'index.lock'), { force: true });
      await rm(lock, { force: true });
    }
    return false;
  }
}

async function isAbandoned() {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
