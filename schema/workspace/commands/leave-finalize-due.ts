import type { Run } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { openOperation } from './open-operation.ts';

/**
 * Called in the transaction that ends a run: where no finalize of it came to an end (its machine was lost, and somebody else
 * said that it is over), one is left for a worker to do. So no ended run keeps a gate shut that nobody would ever open.
 */
export async function leaveFinalizeDue(tx: Tx, run: Pick<Run, 'id' | 'companyId' | 'workspaceId' | 'issueId'>): Promise<void> {
  if (run.workspaceId === null) return;
  const done = await tx.workspaceOperation.findMany({ where: { runId: run.id }, select: { phase: true, status: true } });
  if (!done.some(({ phase, status }) => phase === 'PREPARE' && status === 'SUCCEEDED')) return;
  if (done.some(({ phase, status }) => phase === 'FINALIZE' && status !== 'RUNNING')) return;
  await openOperation(tx, { companyId: run.companyId, workspaceId: run.workspaceId, runId: run.id, issueId: run.issueId, phase: 'FINALIZE' });
}
