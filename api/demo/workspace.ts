import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Workshop {
  /** The demo's git repository, which agents make their worktrees of. */
  folder: string;
  /** Without a git they all write into the one folder, and say so. */
  hasGit: boolean;
}

/** The folder in which the demo's company keeps its work: a git repository, with the commit that branches start from. */
export async function openWorkspace(home: string): Promise<Workshop> {
  const folder = join(home, 'workspaces', 'demo');
  await mkdir(folder, { recursive: true });
  const isRepository = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  try {
    if (!isRepository) await run('git', ['init', '--quiet', '--initial-branch=main', folder]);
    const hasCommits = await run('git', ['-C', folder, 'rev-parse', '--verify', '--quiet', 'HEAD']).then(
      () => true,
      () => false,
    );
    if (!hasCommits) await run('git', ['-C', folder, ...as, 'commit', '--quiet', '--allow-empty', '-m', 'Lamplight opens']);
    return { folder, hasGit: true };
  } catch {
    return { folder, hasGit: false };
  }
}

const as = ['-c', 'user.name=Lamplight', '-c', 'user.email=board@lamplight.example', '-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
