import type { Workspace } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type OwnRun, ownRun } from './begin-prepare.ts';
import { openOperation } from './open-operation.ts';

/** True where the project's command ran to its end in this worktree the last time: one that succeeded in a folder that is gone says nothing. */
export async function isProvisioned(tx: Tx, workspaceId: string): Promise<boolean> {
  const last = await tx.workspaceOperation.findFirst({ where: { workspaceId, phase: 'PROVISION' }, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }], select: { status: true } });
  return last?.status === 'SUCCEEDED';
}

/** Writes down that the project's command is about to run. Null: the run is no longer this worker's. */
export async function beginProvision(tx: Tx, own: OwnRun, command: string): Promise<string | null> {
  const run = await ownRun(tx, own);
  if (!run?.workspaceId) return null;
  return openOperation(tx, { companyId: run.companyId, workspaceId: run.workspaceId, runId: run.id, issueId: run.issueId, phase: 'PROVISION', command });
}

export type FinalizeBeginning =
  | { kind: 'lost' }
  /** It has no workspace, or its workspace was never ready for it: there is nothing to bring home. */
  | { kind: 'none' }
  | { kind: 'begun'; operationId: string; workspace: Workspace };

/** Writes down that a run is over in its workspace, which is now looked at. Until that has succeeded its gate is shut. */
export async function beginFinalize(tx: Tx, own: OwnRun): Promise<FinalizeBeginning> {
  const run = await ownRun(tx, own);
  if (!run) return { kind: 'lost' };
  if (run.workspaceId === null) return { kind: 'none' };
  const prepared = await tx.workspaceOperation.findFirst({ where: { runId: run.id, phase: 'PREPARE', status: 'SUCCEEDED' }, select: { id: true } });
  const workspace = await tx.workspace.findUnique({ where: { id: run.workspaceId } });
  if (!prepared || !workspace) return { kind: 'none' };
  const operationId = await openOperation(tx, { companyId: run.companyId, workspaceId: workspace.id, runId: run.id, issueId: run.issueId, phase: 'FINALIZE' });
  return { kind: 'begun', operationId, workspace };
}
