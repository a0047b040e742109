import type { WorkspaceHost } from '../contract.ts';
import { listFolder, readText } from './files.ts';
import { finalizeFolder, prepareFolder } from './folder.ts';
import { gitOf, orFault } from './git.ts';
import { listChanges, listCommits, readPatch } from './history.ts';
import { provisionFolder } from './provision.ts';
import { finalizeWorktree, prepareWorktree } from './worktree.ts';

/** Workspaces on this machine. `host` is the environment that its git is run with. */
export function localWorkspaces(host: Readonly<Record<string, string>>): WorkspaceHost {
  const git = gitOf(host);
  return {
    prepare: (place) => orFault(() => (place.mode === 'GIT_WORKTREE' ? prepareWorktree(git, place) : prepareFolder(git, place))),
    provision: provisionFolder,
    finalize: (place) => orFault(() => (place.mode === 'GIT_WORKTREE' ? finalizeWorktree(git, place) : finalizeFolder(git, place))),
    commits: (folder, page) => orFault(() => listCommits(git, folder, page)),
    changes: (folder) => orFault(() => listChanges(git, folder)),
    patch: (folder, file) => orFault(() => readPatch(git, folder, file)),
    list: (folder, below) => orFault(() => listFolder(folder, below)),
    read: (folder, file) => orFault(() => readText(folder, file)),
  };
}
