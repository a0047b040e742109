import { newId } from '../../../prisma/id.ts';
import type { Issue, ProjectWorkspace, Run, Workspace } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { branchNameOf } from '../rules.ts';
import { openOperation } from './open-operation.ts';

export interface OwnRun { runId: string; leaseToken: number }

export type Beginning =
  /** The run is another worker's, or over. */
  | { kind: 'lost' }
  /** No project says where its work is done: the agent has a folder of its own. */
  | { kind: 'none' }
  | { kind: 'begun'; operationId: string; workspace: Workspace; identifier: string; settings: ProjectWorkspace };

/**
 * Chooses the folder in which a run is to work, makes its row where there is none, and writes down that it is being prepared.
 * The issue keeps its workspace until the project's settings name another place; the old folder is then left as it is.
 */
export async function beginPrepare(tx: Tx, { runId, leaseToken }: OwnRun): Promise<Beginning> {
  const run = await ownRun(tx, { runId, leaseToken });
  if (!run) return { kind: 'lost' };
  const issue = run.issueId === null ? null : await tx.issue.findUnique({ where: { id: run.issueId }, include: { company: { select: { prefix: true } } } });
  const settings = issue?.projectId ? await tx.projectWorkspace.findUnique({ where: { projectId: issue.projectId } }) : null;
  if (!issue || !settings) return { kind: 'none' };

  const identifier = `${issue.company.prefix}-${issue.number}`;
  const workspace = settings.mode === 'SHARED_FOLDER' ? await sharedOf(tx, settings) : await worktreeOf(tx, issue, identifier, settings);
  if (issue.workspaceId !== null && issue.workspaceId !== workspace.id) await tx.workspace.updateMany({ where: { id: issue.workspaceId, sourceIssueId: issue.id }, data: { status: 'ARCHIVED' } });
  const operationId = await openOperation(tx, { companyId: run.companyId, workspaceId: workspace.id, runId, issueId: issue.id, phase: 'PREPARE' });
  await tx.$executeRaw`UPDATE issue SET workspace_id = ${workspace.id}::uuid WHERE id = ${issue.id}::uuid AND workspace_id IS DISTINCT FROM ${workspace.id}::uuid`;
  await tx.$executeRaw`UPDATE run SET workspace_id = ${workspace.id}::uuid WHERE id = ${runId}::uuid`;
  return { kind: 'begun', operationId, workspace, identifier, settings };
}

/** The run, where it runs and this worker's claim of it is the newest. */
export async function ownRun(tx: Tx, { runId, leaseToken }: OwnRun): Promise<Run | null> {
  const run = await tx.run.findUnique({ where: { id: runId } });
  return run?.status === 'RUNNING' && run.leaseToken === leaseToken ? run : null;
}

async function sharedOf(tx: Tx, { projectId, companyId, path }: ProjectWorkspace): Promise<Workspace> {
  const known = await tx.workspace.findFirst({ where: { projectId, sourceIssueId: null, status: { not: 'ARCHIVED' } } });
  if (known?.path === path) return known;
  if (known) await archive(tx, known);
  return create(tx, { companyId, projectId, sourceIssueId: null, mode: 'SHARED_FOLDER', path });
}

async function worktreeOf(tx: Tx, issue: Issue, identifier: string, settings: ProjectWorkspace): Promise<Workspace> {
  const { path: repoPath, baseRef, branchTemplate } = settings;
  const known = await tx.workspace.findFirst({ where: { sourceIssueId: issue.id, status: { not: 'ARCHIVED' } } });
  const branch = branchNameOf(branchTemplate, { identifier, title: issue.title });
  if (known && known.repoPath === repoPath) {
    // Settings that it could not be made with may have been corrected since.
    return known.baseCommit === null ? tx.workspace.update({ where: { id: known.id }, data: { branch, baseRef } }) : known;
  }
  if (known) await archive(tx, known);
  return create(tx, { companyId: issue.companyId, projectId: issue.projectId, sourceIssueId: issue.id, mode: 'GIT_WORKTREE', repoPath, baseRef, branch });
}

async function archive(tx: Tx, { id }: Workspace): Promise<void> {
  await tx.workspace.update({ where: { id }, data: { status: 'ARCHIVED' } });
}

type NewWorkspace = Pick<Workspace, 'companyId' | 'projectId' | 'sourceIssueId' | 'mode'> & Partial<Pick<Workspace, 'path' | 'repoPath' | 'baseRef' | 'branch'>>;

async function create(tx: Tx, data: NewWorkspace): Promise<Workspace> {
  const workspace = await tx.workspace.create({ data: { id: newId(), ...data } });
  await recordActivity(tx, SYSTEM, {
    companyId: workspace.companyId, action: 'workspace.created', entityType: 'workspace', entityId: workspace.id, issueId: workspace.sourceIssueId, details: { mode: workspace.mode },
  });
  return workspace;
}
