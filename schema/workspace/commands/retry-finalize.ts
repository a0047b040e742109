import type { Workspace } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { Refusal } from '../../shared/refusal.ts';
import { openOperation } from './open-operation.ts';

/** Asks for one more finalize of what the last run of an issue left: after what was wrong has been put right. Board only. */
export async function retryFinalize(tx: Tx, by: Principal, input: { issueId: string }): Promise<Workspace> {
  const issue = visible(by, await tx.issue.findUnique({ where: { id: input.issueId } }), 'issue');
  mustBeBoard(by, 'have a workspace finalized again');
  const last = issue.lastOperationId === null ? null : await tx.workspaceOperation.findUnique({ where: { id: issue.lastOperationId } });
  if (!last) throw new Refusal('RULE_VIOLATION', 'no run has worked on this issue in a workspace', { field: 'issueId' });
  const run = last.runId === null ? null : await tx.run.findUnique({ where: { id: last.runId }, select: { status: true } });
  if (run?.status === 'RUNNING') throw new Refusal('RULE_VIOLATION', 'its run still works: its workspace is finalized when that ends', { field: 'issueId' });
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: last.workspaceId } });
  if (last.phase === 'FINALIZE' && last.status === 'RUNNING') return workspace;
  await openOperation(tx, { companyId: issue.companyId, workspaceId: last.workspaceId, runId: last.runId, issueId: issue.id, phase: 'FINALIZE' });
  await recordActivity(tx, by, { companyId: issue.companyId, action: 'workspace.finalizeAsked', entityType: 'workspace', entityId: last.workspaceId, issueId: issue.id });
  return tx.workspace.findUniqueOrThrow({ where: { id: last.workspaceId } });
}
