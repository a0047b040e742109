import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worktree } from '../contract.ts';

/** A folder with a git repository in it, in a place whose name has what names may have. */
export class TestRepository {
  readonly root: string;
  readonly path: string;

  private constructor(root: string) {
    this.root = root;
    this.path = join(root, 'the repo');
  }

  static async make(options: { commits?: boolean } = {}): Promise<TestRepository> {
    const made = new TestRepository(await realpath(await mkdtemp(join(tmpdir(), 'boardroom worktrees '))));
    execFileSync('git', ['init', '--quiet', '-b', 'main', made.path]);
    if (options.commits !== false) await made.commit(made.path, 'README.md', 'hello\n', 'first');
    return made;
  }

  git(folder: string, ...args: string[]): string {
    const env = { ...process.env, GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.test', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.test', LC_ALL: 'C' };
    return execFileSync('git', ['-C', folder, ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  }

  /** Writes a file and commits it; gives the commit. */
  async commit(folder: string, file: string, text: string, message: string): Promise<string> {
    await writeFile(join(folder, file), text);
    this.git(folder, 'add', '--all');
    this.git(folder, 'commit', '--quiet', '-m', message);
    return this.git(folder, 'rev-parse', 'HEAD');
  }

  worktree(name: string, changed: Partial<Worktree> = {}): Worktree {
    return { mode: 'GIT_WORKTREE', path: join(this.root, 'worktrees', name), repoPath: this.path, baseRef: null, branch: `boardroom/${name}`, baseCommit: null, ...changed };
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}
