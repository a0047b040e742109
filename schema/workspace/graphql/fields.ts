import type { ProjectWorkspace } from '../../../prisma/generated/client.ts';
import { builder } from '../../builder.ts';
import { IssueRef } from '../../issue/ref.ts';
import { ProjectRef } from '../../project/ref.ts';
import { RunRef } from '../../run/ref.ts';
import { listComplexity, pageArgs } from '../../shared/connection.ts';
import { WorkspaceModeEnum } from '../../shared/enums.ts';
import { listOf } from '../../shared/listing.ts';
import { settingsOfProject, workspaceById, workspacesOfProject } from '../reads.ts';
import { WorkspaceRef } from '../ref.ts';
import { WorkspaceConnection } from './type.ts';

const ProjectWorkspaceType = builder.objectRef<ProjectWorkspace>('ProjectWorkspace').implement({
  description: 'Where the work of a project is done.',
  fields: (t) => ({
    mode: t.expose('mode', { type: WorkspaceModeEnum, description: 'What kind of folder.' }),
    path: t.exposeString('path', { description: 'The shared folder, or the repository that worktrees are made of.' }),
    baseRef: t.exposeString('baseRef', { nullable: true, description: 'What branches start from; HEAD of the repository when null.' }),
    branchTemplate: t.exposeString('branchTemplate', { description: 'The name of an issue\'s branch.' }),
    provisionCommand: t.exposeString('provisionCommand', { nullable: true, description: 'What the shell runs in a new worktree.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last set.' }),
  }),
});

builder.objectFields(ProjectRef, (t) => ({
  workspace: t.field({ type: ProjectWorkspaceType, nullable: true, description: 'Where its work is done; null: agents work in folders of their own.', resolve: (project, _args, ctx) => ctx.loading.load(settingsOfProject, project.id) }),
  workspaces: t.field({ type: WorkspaceConnection, args: pageArgs(), complexity: listComplexity, description: 'The folders that its runs have worked in, newest first.', resolve: (project, args, ctx) => listOf(ctx, workspacesOfProject, project.id, args) }),
}));

builder.objectField(IssueRef, 'workspace', (t) =>
  t.field({ type: WorkspaceRef, nullable: true, description: 'Where runs on it work; null until the first is prepared, and where its project names no place.', resolve: (issue, _args, ctx) => (issue.workspaceId ? ctx.loading.load(workspaceById, issue.workspaceId) : null) }),
);

builder.objectField(RunRef, 'workspace', (t) =>
  t.field({ type: WorkspaceRef, nullable: true, description: 'Where it works, or worked; null for a folder of the agent\'s own.', resolve: (run, _args, ctx) => (run.workspaceId ? ctx.loading.load(workspaceById, run.workspaceId) : null) }),
);
