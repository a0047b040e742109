import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from './resources.ts';

/** A folder of the agent's own, which every run of it finds as the last one left it. */
export async function agentFolder({ home }: Engine, agentId: string): Promise<string> {
  const folder = join(home, 'workspaces', agentId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Where the traces of one start are kept. A second start of the same run, after the first was forbidden, gets its own. */
export function spoolDirOf(home: string, runId: string, leaseToken: number): string {
  return join(home, 'spool', leaseToken === 1 ? runId : `${runId}.${leaseToken}`);
}

/** Where the worktree of an issue is made: a name that people can read, and that no other workspace has. */
export function worktreePath({ home }: Pick<Engine, 'home'>, identifier: string, workspaceId: string): string {
  return join(home, 'worktrees', `${identifier}-${workspaceId.slice(-8)}`);
}
