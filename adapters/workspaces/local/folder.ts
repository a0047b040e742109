import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import type { FinalizedFolder, PreparedFolder, SharedFolder, WorkspaceFault } from '../contract.ts';
import { fault, type Git } from './git.ts';

/** A shared folder is somebody's: it is looked at, and never made. */
export async function prepareFolder(git: Git, { path }: SharedFolder): Promise<PreparedFolder | WorkspaceFault> {
  const missing = await unusableFolder(path);
  if (missing) return missing;
  const headCommit = await headOf(git, path);
  return {
    kind: 'prepared', path: await realpath(path), isNew: false, branch: null, baseCommit: null, headCommit,
    log: headCommit ? `The folder is there, at commit ${headCommit}.` : 'The folder is there.',
  };
}

export async function finalizeFolder(git: Git, { path }: SharedFolder): Promise<FinalizedFolder | WorkspaceFault> {
  const missing = await unusableFolder(path);
  if (missing) return missing;
  const headCommit = await headOf(git, path);
  return { kind: 'finalized', headCommit, log: headCommit ? `The folder is there, at commit ${headCommit}.` : 'The folder is there; it keeps no history.' };
}

/** Why agents cannot work in a folder; null where they can. */
export async function unusableFolder(path: string): Promise<WorkspaceFault | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    if (found.code === 'EACCES') return fault('WORKSPACE_NOT_WRITABLE', `${path} cannot be reached`, 'Give the user that Boardroom runs as the right to it.');
    return fault('WORKSPACE_FOLDER_MISSING', `there is no folder ${path}`, 'Put the folder back, or correct the path in the project\'s workspace settings.');
  }
  if (!found.isDirectory()) return fault('WORKSPACE_NOT_A_FOLDER', `${path} is not a folder`, 'Correct the path in the project\'s workspace settings.');
  const isOpen = await access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(() => true, () => false);
  return isOpen ? null : fault('WORKSPACE_NOT_WRITABLE', `${path} cannot be written`, 'Give the user that Boardroom runs as the right to it.');
}

/** The commit that a folder stands on; null where it is no repository or has no commits. */
export async function headOf(git: Git, path: string): Promise<string | null> {
  const { code, stdout } = await git(path, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return code === 0 ? stdout.trim() : null;
}
