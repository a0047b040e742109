import { stat } from 'node:fs/promises';
import type { WorkspaceFault, Worktree } from '../contract.ts';
import { fault, type Git, wordsOf } from './git.ts';

/** One worktree as the repository has it registered. */
export interface Registered {
  readonly path: string;
  /** Null where its HEAD is on no branch. */
  readonly branch: string | null;
  /** git is still making it, or was killed while it did. */
  readonly isUnfinished: boolean;
}

/** Why no worktree can be made of a repository, or used; null where one can. */
export async function unusableRepository(git: Git, repoPath: string): Promise<WorkspaceFault | null> {
  const found = await stat(repoPath).catch(() => null);
  if (!found?.isDirectory()) return fault('REPOSITORY_MISSING', `there is no folder ${repoPath}`, 'Put the repository back, or correct the path in the project\'s workspace settings.');
  const answer = await git(repoPath, ['rev-parse', '--git-common-dir']);
  if (answer.code === 0) return null;
  if (answer.stderr.includes('dubious ownership')) {
    return fault('REPOSITORY_NOT_TRUSTED', `${repoPath} belongs to another user, and git does not trust it`, `As the user that Boardroom runs as: git config --global --add safe.directory ${repoPath}`);
  }
  return fault('REPOSITORY_MISSING', `${repoPath} is not a git repository`, 'Run git init there and commit, or choose a shared folder instead.');
}

/** The worktrees of a repository. A folder that was deleted by hand is still among them until somebody cleans up. */
export async function registeredWorktrees(git: Git, repoPath: string): Promise<Registered[]> {
  // Not -z, which git knows only since 2.36.
  const { stdout } = await git(repoPath, ['worktree', 'list', '--porcelain']);
  return stdout.split('\n\n').flatMap((block) => {
    const lines = block.split('\n');
    const path = lines.find((line) => line.startsWith('worktree '))?.slice('worktree '.length);
    const branch = lines.find((line) => line.startsWith('branch refs/heads/'))?.slice('branch refs/heads/'.length) ?? null;
    return path === undefined ? [] : [{ path, branch, isUnfinished: lines.includes('locked initializing') }];
  });
}

/** The commit that a new branch starts from. */
export async function baseCommitOf(git: Git, { repoPath, baseRef }: Pick<Worktree, 'repoPath' | 'baseRef'>): Promise<{ commit: string } | WorkspaceFault> {
  const asked = baseRef ?? 'HEAD';
  const { code, stdout } = asked.startsWith('-') ? { code: 1, stdout: '' } : await git(repoPath, ['rev-parse', '--verify', '--quiet', `${asked}^{commit}`]);
  if (code === 0) return { commit: stdout.trim() };
  const any = await git(repoPath, ['rev-list', '--all', '--max-count=1']);
  if (any.stdout.trim() === '') return fault('REPOSITORY_WITHOUT_COMMITS', `${repoPath} has no commits, so no branch can start from it`, 'Make a first commit there.');
  if (baseRef === null) return fault('BASE_MISSING', `${repoPath} stands on a branch without commits`, 'Name a base in the project\'s workspace settings, or commit there.');
  return fault('BASE_MISSING', `there is no ${baseRef} in ${repoPath}`, 'Correct the base in the project\'s workspace settings, or fetch it into the repository.');
}

export async function commitOfBranch(git: Git, repoPath: string, branch: string): Promise<string | null> {
  const { code, stdout } = await git(repoPath, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`]);
  return code === 0 ? stdout.trim() : null;
}

/** Why git would not take a branch by this name; null where it would. */
export async function unusableBranchName(git: Git, repoPath: string, branch: string): Promise<WorkspaceFault | null> {
  const { code } = await git(repoPath, ['check-ref-format', `refs/heads/${branch}`]);
  if (code === 0 && !branch.startsWith('-')) return null;
  return fault('BRANCH_NAME_REFUSED', `git takes no branch named ${branch}`, 'Correct the branch template in the project\'s workspace settings.');
}

/** How many files of a folder are not committed. */
export async function uncommittedCount(git: Git, folder: string): Promise<{ count: number; sample: string } | { failed: string }> {
  const answer = await git(folder, ['status', '--porcelain', '--untracked-files=normal', '--ignore-submodules=none']);
  if (answer.code !== 0) return { failed: wordsOf(answer) };
  const lines = answer.stdout.split('\n').filter((line) => line !== '');
  return { count: lines.length, sample: lines.slice(0, 20).join('\n') };
}
