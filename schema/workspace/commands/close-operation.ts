import { now } from '../../../prisma/clock.ts';
import type { Workspace, WorkspaceOperation } from '../../../prisma/generated/client.ts';
import type { WorkspacePhase } from '../../../prisma/generated/enums.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { wakeDependents } from '../../issue/commands/after-move.ts';
import { storableLog, storableMessage } from '../checks.ts';
import { point } from './open-operation.ts';

export interface CloseOperation {
  operationId: string;
  status: 'SUCCEEDED' | 'FAILED';
  log?: string;
  exitCode?: number | null;
  errorMessage?: string | null;
  /** What was found out about the folder. */
  found?: Partial<Pick<Workspace, 'path' | 'branch' | 'baseCommit' | 'headCommit'>>;
}

/**
 * Writes down how it went. A second word changes nothing. With a finalize that succeeded the work of its issue is safe: what
 * waited for a done issue, and for nothing else, is woken in the same transaction.
 */
export async function closeOperation(tx: Tx, input: CloseOperation): Promise<WorkspaceOperation | null> {
  const before = await tx.workspaceOperation.findUnique({ where: { id: input.operationId } });
  if (before?.status !== 'RUNNING') return null;
  const commits = await newCommits(tx, before, input);
  const refused = commits === 'refused' ? 'the run was on the cheap lane, which writes no deliverables, and left commits' : null;
  const status = refused ? 'FAILED' : input.status;
  const operation = await tx.workspaceOperation.update({
    where: { id: before.id },
    data: {
      status, finishedAt: now(), log: storableLog(input.log ?? ''), exitCode: input.exitCode ?? null,
      errorMessage: status === 'FAILED' ? storableMessage(refused ?? input.errorMessage ?? 'it failed') : null,
    },
  });
  const { workspaceId, issueId, companyId, phase, runId } = operation;
  await tx.workspace.update({
    where: { id: workspaceId }, data: { ...(refused ? {} : input.found), status: status === 'SUCCEEDED' ? 'ACTIVE' : 'BROKEN', lastUsedAt: now() },
  });
  if (phase === 'PREPARE' && status === 'SUCCEEDED' && issueId) await point(tx, issueId, operation.id);
  await recordActivity(tx, SYSTEM, {
    companyId, action: `workspace.${words[phase]}`, entityType: 'workspace', entityId: workspaceId, issueId,
    details: { operationId: operation.id, runId, status, ...(commits === 'some' ? { hasCommits: true } : {}), ...(operation.errorMessage ? { error: operation.errorMessage } : {}) },
  });
  if (phase === 'FINALIZE' && status === 'SUCCEEDED' && issueId) await wakeWaiting(tx, issueId);
  if (runId !== null) touch(tx, `run:${runId}`);
  return operation;
}

/** Whether a run left commits that were not there before; refused where it was to report and not to work. */
async function newCommits(tx: Tx, { phase, workspaceId, runId }: WorkspaceOperation, { status, found }: CloseOperation): Promise<'none' | 'some' | 'refused'> {
  if (phase !== 'FINALIZE' || status !== 'SUCCEEDED' || !found?.headCommit || !runId) return 'none';
  const before = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { headCommit: true, baseCommit: true } });
  if (found.headCommit === (before.headCommit ?? before.baseCommit)) return 'none';
  const run = await tx.run.findUnique({ where: { id: runId }, select: { modelLane: true } });
  return run?.modelLane === 'CHEAP' ? 'refused' : 'some';
}

const words = { PREPARE: 'prepared', PROVISION: 'provisioned', FINALIZE: 'finalized' } as const satisfies Record<WorkspacePhase, string>;

async function wakeWaiting(tx: Tx, issueId: string): Promise<void> {
  const issue = await tx.issue.findUnique({ where: { id: issueId }, select: { status: true } });
  if (issue?.status === 'DONE') await wakeDependents(tx, SYSTEM, issueId);
}
