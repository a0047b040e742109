import { mkdir, readdir, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FinalizedFolder, PreparedFolder, WorkspaceFault, Worktree } from '../contract.ts';
import { unusableFolder } from './folder.ts';
import { fault, type Git, wordsOf } from './git.ts';
import {
  baseCommitOf, commitOfBranch, type Registered, registeredWorktrees, uncommittedCount, unusableBranchName, unusableRepository,
} from './repository.ts';

/** A large repository takes its time to be checked out. */
const CHECKOUT_MS = 10 * 60_000;
/** A git that another worker began goes on without it: it is given so long to end. */
const UNFINISHED_MS = 30_000;
const UNFINISHED_LOOK_MS = 200;
/** Names tried for a branch that somebody else has already. */
const NAMES_MAX = 20;

/**
 * Makes the worktree of an issue, or finds it again: it is used again only where the repository has it registered and it stands
 * on its branch. A worktree that was deleted by hand is made again from its branch, with all that was committed.
 */
export async function prepareWorktree(git: Git, asked: Worktree): Promise<PreparedFolder | WorkspaceFault> {
  const unusable = (await unusableRepository(git, asked.repoPath)) ?? (await unusableBranchName(git, asked.repoPath, asked.branch));
  if (unusable) return unusable;
  return inTurn(await realpath(asked.repoPath), async () => {
    const order = { ...asked, path: await placeOf(asked.path) };
    const registered = await finishedWorktrees(git, order);
    const entry = registered.find((each) => each.path === order.path);
    if (entry?.isUnfinished) return makeAgain(git, order, entry, registered);
    const state = await lookAt(order.path);
    if (entry && state === 'folder') return reuse(git, order, entry);
    if (state === 'folder' || state === 'file') {
      const message = `${order.path} is taken by something that is no worktree of ${order.repoPath}`;
      return fault('WORKSPACE_PATH_TAKEN', message, 'Move it away; the next run makes the worktree again from its branch.');
    }
    const log: string[] = [];
    if (entry) {
      log.push(`The worktree ${order.path} was deleted by hand; what was committed on ${order.branch} is kept.`);
      await rmdir(order.path).catch(() => undefined); // where it is still there, empty
      await git(order.repoPath, ['worktree', 'remove', '--force', order.path]);
    }
    return make(git, order, registered.filter((each) => each !== entry), log);
  });
}

/** After a run: registered, on its branch. HEAD elsewhere is put right only where nothing can be lost by it. */
export async function finalizeWorktree(git: Git, asked: Worktree): Promise<FinalizedFolder | WorkspaceFault> {
  const missing = (await unusableRepository(git, asked.repoPath)) ?? (await unusableFolder(asked.path));
  if (missing) return missing;
  const order = { ...asked, path: await realpath(asked.path) };
  const entry = (await registeredWorktrees(git, order.repoPath)).find((each) => each.path === order.path);
  if (!entry) return fault('WORKTREE_UNREGISTERED', `${order.path} is no longer a worktree of ${order.repoPath}`, 'Run git worktree repair in the repository, or move the folder away and let the next run make it again.');
  const log: string[] = [];
  const off = await backOnBranch(git, order, entry, log);
  if (off) return off;
  const headCommit = await commitOfBranch(git, order.repoPath, order.branch);
  if (headCommit === null) return fault('WORKTREE_OFF_BRANCH', `the branch ${order.branch} has no commit`, `Put it back: git -C ${order.path} switch ${order.branch}`, log);
  const left = await uncommittedCount(git, order.path);
  if ('failed' in left) return fault('GIT_FAILED', `git cannot read the worktree: ${left.failed}`, 'Look at the worktree.', log);
  log.push(`The worktree is on ${order.branch}, at commit ${headCommit}.`);
  if (left.count > 0) log.push(`${left.count} ${left.count === 1 ? 'file is' : 'files are'} not committed:`, left.sample);
  return { kind: 'finalized', headCommit, log: log.join('\n') };
}

/** The worktrees of a repository, once git is done with this one: the worker that began it may have died before. */
async function finishedWorktrees(git: Git, { repoPath, path }: Worktree): Promise<Registered[]> {
  const deadline = Date.now() + UNFINISHED_MS;
  for (;;) {
    const registered = await registeredWorktrees(git, repoPath);
    if (Date.now() > deadline || !registered.some((each) => each.path === path && each.isUnfinished)) return registered;
    await sleep(UNFINISHED_LOOK_MS);
  }
}

/** Nobody has worked in it: what is half there is thrown away. */
async function makeAgain(git: Git, order: Worktree, entry: Registered, registered: readonly Registered[]): Promise<PreparedFolder | WorkspaceFault> {
  const log = [`The worktree ${order.path} was never finished: it is made anew.`];
  await git(order.repoPath, ['worktree', 'remove', '--force', '--force', order.path]);
  await rm(order.path, { recursive: true, force: true });
  if (order.baseCommit === null && entry.branch !== null && isVariantOf(entry.branch, order.branch)) await git(order.repoPath, ['branch', '--delete', '--force', entry.branch]);
  return make(git, order, registered.filter((each) => each !== entry), log);
}

async function reuse(git: Git, order: Worktree, entry: Registered): Promise<PreparedFolder | WorkspaceFault> {
  const log = [`The worktree ${order.path} is there.`];
  const unusable = await unusableFolder(order.path);
  if (unusable) return unusable;
  // A worktree that was made, and whose branch was chosen, by a worker that died before it could tell.
  const branch = order.baseCommit === null && entry.branch !== null && isVariantOf(entry.branch, order.branch) ? entry.branch : order.branch;
  const off = await backOnBranch(git, { ...order, branch }, entry, log);
  if (off) return off;
  return ready(git, { ...order, branch }, order.baseCommit, false, log);
}

/** Sees to it that the worktree is on its branch; the fault where it is not and cannot safely be put there. */
async function backOnBranch(git: Git, { repoPath, path, branch }: Worktree, entry: Registered, log: string[]): Promise<WorkspaceFault | null> {
  if (entry.branch === branch) return null;
  const at = await git(path, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  const [head, expected, left] = [at.stdout.trim(), await commitOfBranch(git, repoPath, branch), await uncommittedCount(git, path)];
  const where = entry.branch === null ? `on no branch, at ${head || 'no commit'}` : `on ${entry.branch}`;
  if (head !== '' && head === expected && 'count' in left && left.count === 0) {
    const switched = await git(path, ['switch', '--quiet', '--no-guess', branch]);
    if (switched.code === 0) {
      log.push(`It was ${where}; it is on ${branch} again, which is the same commit, and nothing was uncommitted.`);
      return null;
    }
    log.push(wordsOf(switched));
  }
  if ('count' in left && left.count > 0) log.push(`${left.count} uncommitted:`, left.sample);
  return fault('WORKTREE_OFF_BRANCH', `the worktree is ${where} and not on ${branch}`, `Bring the work onto its branch: git -C ${path} switch ${branch}`, log);
}

async function make(git: Git, order: Worktree, registered: readonly Registered[], log: string[]): Promise<PreparedFolder | WorkspaceFault> {
  const chosen = await chooseBranch(git, order, registered);
  if ('kind' in chosen) return chosen;
  const { branch, exists } = chosen;
  if (branch !== order.branch) log.push(`There is a branch ${order.branch} already, which is not this issue's: it gets ${branch}.`);
  const base = exists ? null : await baseCommitOf(git, order);
  if (base && 'kind' in base) return base;
  const how = base ? ['-b', branch, order.path, base.commit] : [order.path, branch];
  const added = await git(order.repoPath, ['worktree', 'add', '--quiet', ...(base ? ['--no-track'] : []), ...how], { timeoutMs: CHECKOUT_MS });
  if (added.code !== 0) return fault('GIT_FAILED', `git could not make the worktree: ${wordsOf(added)}`, 'Look at the repository on the worker\'s machine.', log);
  log.push(base ? `The worktree ${order.path} was made, on the new branch ${branch}, from ${order.baseRef ?? 'HEAD'} (${base.commit}).` : `The worktree ${order.path} was made again from ${branch}.`);
  if (order.baseCommit !== null && base) log.push(`The branch ${branch} was gone, and what was committed on it with it: it begins anew.`);
  return ready(git, { ...order, branch }, base?.commit ?? order.baseCommit, true, log);
}

/** The issue's own branch where it has one; else its name, or the next that nobody has. */
async function chooseBranch(git: Git, order: Worktree, registered: readonly Registered[]): Promise<{ branch: string; exists: boolean } | WorkspaceFault> {
  const isOwn = order.baseCommit !== null;
  const user = registered.find((each) => each.branch === order.branch);
  if (isOwn && user) {
    const message = `the branch ${order.branch} is checked out in ${user.path}`;
    return fault('BRANCH_TAKEN', message, 'Switch that folder to another branch: a branch is checked out in one place at a time.');
  }
  if ((await commitOfBranch(git, order.repoPath, order.branch)) === null) return { branch: order.branch, exists: false };
  if (isOwn) return { branch: order.branch, exists: true };
  for (let number = 2; number <= NAMES_MAX; number += 1) {
    const branch = `${order.branch}-${number}`;
    if ((await commitOfBranch(git, order.repoPath, branch)) === null) return { branch, exists: false };
  }
  return fault('BRANCH_TAKEN', `the repository has branches ${order.branch} to ${order.branch}-${NAMES_MAX} already`, 'Delete those that nobody needs, or change the branch template.');
}

function isVariantOf(branch: string, asked: string): boolean {
  return branch === asked || (branch.startsWith(`${asked}-`) && /^\d+$/.test(branch.slice(asked.length + 1)));
}

async function ready(git: Git, order: Worktree, baseCommit: string | null, isNew: boolean, log: string[]): Promise<PreparedFolder | WorkspaceFault> {
  const headCommit = await commitOfBranch(git, order.repoPath, order.branch);
  if (headCommit === null) return fault('WORKTREE_OFF_BRANCH', `the branch ${order.branch} has no commit`, 'Delete the worktree; the next run makes it again.', log);
  const base = baseCommit ?? (await forkOf(git, order)) ?? headCommit;
  return { kind: 'prepared', path: order.path, isNew, branch: order.branch, baseCommit: base, headCommit, log: log.join('\n') };
}

/** Where a branch left its base, where nobody wrote that down. */
async function forkOf(git: Git, order: Worktree): Promise<string | null> {
  const base = await baseCommitOf(git, order);
  if ('kind' in base) return null;
  const { code, stdout } = await git(order.repoPath, ['merge-base', base.commit, `refs/heads/${order.branch}`]);
  return code === 0 ? stdout.trim() : null;
}

async function lookAt(path: string): Promise<'nothing' | 'folder' | 'file'> {
  const found = await stat(path).catch(() => null);
  if (!found) return 'nothing';
  if (!found.isDirectory()) return 'file';
  return (await readdir(path)).length === 0 ? 'nothing' : 'folder';
}

/** git speaks of real paths, so that is how the place of a worktree is named, there or not. */
async function placeOf(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return join(await realpath(dirname(path)), basename(path));
}

const turns = new Map<string, Promise<unknown>>();

/** One at a time in a repository: git's own locks make rivals fail rather than wait. */
function inTurn<Result>(repository: string, work: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(repository) ?? Promise.resolve()).then(work, work);
  const settled = turn.catch(() => undefined).finally(() => {
    if (turns.get(repository) === settled) turns.delete(repository);
  });
  turns.set(repository, settled);
  return turn;
}
