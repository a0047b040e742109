import { newId } from '../../../prisma/id.ts';
import { now } from '../../../prisma/clock.ts';
import type { WorkspacePhase } from '../../../prisma/generated/enums.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { storableLog } from '../checks.ts';

export interface OperationOf {
  companyId: string;
  workspaceId: string;
  runId: string | null;
  issueId: string | null;
  phase: WorkspacePhase;
  command?: string | null;
}

/**
 * Writes down that something is about to be done to a workspace. What another worker had begun for the same run is over: only
 * who holds the run's lease comes here.
 */
export async function openOperation(tx: Tx, { companyId, workspaceId, runId, issueId, phase, command = null }: OperationOf): Promise<string> {
  if (runId !== null) {
    await tx.workspaceOperation.updateMany({
      where: { runId, status: 'RUNNING' }, data: { status: 'FAILED', errorMessage: 'its worker ended before it did', finishedAt: now() },
    });
  }
  const id = newId();
  await tx.workspaceOperation.create({ data: { id, companyId, workspaceId, runId, issueId, phase, command: command && storableLog(command) } });
  await tx.workspace.update({ where: { id: workspaceId }, data: { lastOperationId: id, lastUsedAt: now() } });
  // A folder that is only being looked at is as the last run left it: that one's finalize still tells.
  if (phase !== 'PREPARE' && issueId) await point(tx, issueId, id);
  if (runId !== null) touch(tx, `run:${runId}`);
  return id;
}

/** By SQL: where an issue's work lies is no change of the issue that anybody should hear of. */
export async function point(tx: Tx, issueId: string, operationId: string): Promise<void> {
  await tx.$executeRaw`UPDATE issue SET last_operation_id = ${operationId}::uuid WHERE id = ${issueId}::uuid`;
}
