import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder in which the demo's agents work, as a git repository. Without a git they only write files, and say so. */
export async function openWorkspace(home: string): Promise<string> {
  const folder = join(home, 'workspaces', 'demo');
  await mkdir(folder, { recursive: true });
  const isRepository = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  if (!isRepository) await run('git', ['init', '--quiet', '--initial-branch=main', folder]).catch(() => undefined);
  return folder;
}
