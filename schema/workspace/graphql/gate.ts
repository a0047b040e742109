import { builder } from '../../builder.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { Conflict } from '../../shared/node.ts';
import type { GateShut } from '../gate.ts';
import { operationById, workspaceById } from '../reads.ts';
import { WorkspaceOperationRef, WorkspaceRef } from '../ref.ts';

export const GateShutType = builder.objectRef<GateShut>('GateShut').implement({
  description: 'The work is not safely in its workspace: accept when its finalize has succeeded. Rejecting is always possible.',
  interfaces: [Conflict],
  fields: (t) => ({
    workspace: t.field({ type: WorkspaceRef, nullable: true, description: 'The workspace that is not finalized.', resolve: ({ workspaceId }, _args, ctx) => ctx.loading.load(workspaceById, workspaceId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run whose work waits for it.', resolve: ({ runId }, _args, ctx) => ctx.loading.load(runById, runId) }),
    operation: t.field({ type: WorkspaceOperationRef, nullable: true, description: 'What was done last to the workspace for that run.', resolve: ({ operationId }, _args, ctx) => (operationId ? ctx.loading.load(operationById, operationId) : null) }),
  }),
});
