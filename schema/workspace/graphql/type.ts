import { companyById } from '../../company/reads.ts';
import { CompanyRef } from '../../company/ref.ts';
import { issueById } from '../../issue/reads.ts';
import { IssueRef } from '../../issue/ref.ts';
import { projectById } from '../../project/reads.ts';
import { ProjectRef } from '../../project/ref.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { OperationStatusEnum, WorkspaceModeEnum, WorkspacePhaseEnum, WorkspaceStatusEnum } from '../../shared/enums.ts';
import { listOf } from '../../shared/listing.ts';
import { Node } from '../../shared/node.ts';
import { operationById, operationsOfWorkspace, workspaceById } from '../reads.ts';
import { WorkspaceOperationRef, WorkspaceRef } from '../ref.ts';

WorkspaceOperationRef.implement({
  description: 'What Boardroom did to a workspace, with what it printed.',
  interfaces: [Node],
  fields: (t) => ({
    workspace: t.field({ type: WorkspaceRef, description: 'To which.', resolve: async (operation, _args, ctx) => (await ctx.loading.load(workspaceById, operation.workspaceId)) as never }),
    run: t.field({ type: RunRef, nullable: true, description: 'For which run.', resolve: (operation, _args, ctx) => (operation.runId ? ctx.loading.load(runById, operation.runId) : null) }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'For which issue.', resolve: (operation, _args, ctx) => (operation.issueId ? ctx.loading.load(issueById, operation.issueId) : null) }),
    phase: t.expose('phase', { type: WorkspacePhaseEnum, description: 'What was done.' }),
    status: t.expose('status', { type: OperationStatusEnum, description: 'How it went.' }),
    command: t.exposeString('command', { nullable: true, description: 'The command, where one was run.' }),
    exitCode: t.exposeInt('exitCode', { nullable: true, description: 'Its exit code.' }),
    log: t.exposeString('log', { complexity: 2, description: 'The end of what was printed, at most 64 KiB. Secrets are replaced.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Why it failed, and what to do about it.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended; null while it runs.' }),
  }),
});

export const OperationConnection = connectionOf(WorkspaceOperationRef, 'WorkspaceOperation');
export const WorkspaceConnection = connectionOf(WorkspaceRef, 'Workspace');

WorkspaceRef.implement({
  description: 'A folder in which runs work: shared by a project, or a git worktree of one issue.',
  interfaces: [Node],
  fields: (t) => ({
    company: t.field({ type: CompanyRef, description: 'Whose it is.', resolve: async (workspace, _args, ctx) => (await ctx.loading.load(companyById, workspace.companyId)) as never }),
    project: t.field({ type: ProjectRef, nullable: true, description: 'The project it belongs to.', resolve: (workspace, _args, ctx) => (workspace.projectId ? ctx.loading.load(projectById, workspace.projectId) : null) }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'The issue it was made for; null for a shared folder.', resolve: (workspace, _args, ctx) => (workspace.sourceIssueId ? ctx.loading.load(issueById, workspace.sourceIssueId) : null) }),
    mode: t.expose('mode', { type: WorkspaceModeEnum, description: 'What kind of folder.' }),
    status: t.expose('status', { type: WorkspaceStatusEnum, description: 'Whether it can be worked in.' }),
    path: t.exposeString('path', { nullable: true, description: 'Where the folder is on the worker\'s machine; null until it was prepared.' }),
    repoPath: t.exposeString('repoPath', { nullable: true, description: 'The repository that the worktree belongs to.' }),
    baseRef: t.exposeString('baseRef', { nullable: true, description: 'What its branch was to start from; the repository\'s HEAD when null.' }),
    baseCommit: t.exposeString('baseCommit', { nullable: true, description: 'The commit that its branch started from.' }),
    branch: t.exposeString('branch', { nullable: true, description: 'Its branch; null where it is no worktree.' }),
    headCommit: t.exposeString('headCommit', { nullable: true, description: 'The newest commit as of the last finalize.' }),
    lastOperation: t.field({ type: WorkspaceOperationRef, nullable: true, description: 'What was done to it last.', resolve: (workspace, _args, ctx) => (workspace.lastOperationId ? ctx.loading.load(operationById, workspace.lastOperationId) : null) }),
    operations: t.field({ type: OperationConnection, args: pageArgs(), complexity: listComplexity, description: 'What was done to it, newest first.', resolve: (workspace, args, ctx) => listOf(ctx, operationsOfWorkspace, workspace.id, args) }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'When a run last began or ended in it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first wanted.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});
