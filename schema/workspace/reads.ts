import { Prisma, type ProjectWorkspace, type Workspace, type WorkspaceOperation } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { batch, batchById } from '../shared/loading.ts';
import type { Listing } from '../shared/listing.ts';

const workspaceColumns = columns(Prisma.WorkspaceScalarFieldEnum, 'w');
const operationColumns = columns(Prisma.WorkspaceOperationScalarFieldEnum, 'o');

export const workspaceById = batchById<Workspace>((db, ids) => db.query(sql`SELECT ${workspaceColumns} FROM workspace w WHERE w.id = ANY(${ids}::uuid[])`));
export const operationById = batchById<WorkspaceOperation>((db, ids) => db.query(sql`SELECT ${operationColumns} FROM workspace_operation o WHERE o.id = ANY(${ids}::uuid[])`));

export const operationsOfWorkspace: Listing<WorkspaceOperation> = {
  name: 'workspace.operations', columns: operationColumns, from: sql`workspace_operation o`, parent: sql`o.workspace_id`,
  order: [
    { column: 'o.started_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.startedAt },
    { column: 'o.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};

export const workspacesOfProject: Listing<Workspace> = {
  name: 'project.workspaces', columns: workspaceColumns, from: sql`workspace w`, parent: sql`w.project_id`,
  order: [
    { column: 'w.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
    { column: 'w.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};

const settingsColumns = columns(Prisma.ProjectWorkspaceScalarFieldEnum, 's');
/** Where the work of each project is done. */
export const settingsOfProject = batch<string, ProjectWorkspace | null>(null, async (db, ids) => {
  const rows = await db.query<ProjectWorkspace>(sql`SELECT ${settingsColumns} FROM project_workspace s WHERE s.project_id = ANY(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.projectId, row]));
});
