import type { Workspace, WorkspaceOperation } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const WorkspaceRef = builder.objectRef<Workspace>('Workspace');
export const WorkspaceOperationRef = builder.objectRef<WorkspaceOperation>('WorkspaceOperation');
