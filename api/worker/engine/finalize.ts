import type { FinalizedFolder, WorkspaceFault } from '../../../adapters/workspaces/contract.ts';
import { sql } from '../../../prisma/sql.ts';
import { write } from '../../../prisma/transaction.ts';
import { beginFinalize } from '../../../schema/workspace/commands/begin-step.ts';
import { closeOperation } from '../../../schema/workspace/commands/close-operation.ts';
import { dueFinalizes } from '../../../schema/workspace/due-finalizes.ts';
import { placeOf, unexpected } from './prepare.ts';
import type { Engine } from './resources.ts';

export type Finalized = { kind: 'lost' | 'none' | 'finalized' } | { kind: 'failed'; message: string; remedy: string };

/**
 * Looks after the workspace of a run whose process is gone, before the run itself ends: so a run that succeeded has left its
 * work where it is looked for. May be done again, by another worker too.
 */
export async function finalizeRun(engine: Engine, own: { runId: string; leaseToken: number }): Promise<Finalized> {
  const [row] = await engine.db.query<{ workspaceId: string | null }>(sql`SELECT workspace_id AS "workspaceId" FROM run WHERE id = ${own.runId}::uuid`);
  if (!row?.workspaceId) return { kind: 'none' };
  const began = await write(engine.db, (tx) => beginFinalize(tx, own));
  if (began.kind !== 'begun') return began;
  const found = await engine.workspaces.finalize(placeOf(engine, began.workspace, '')).catch(unexpected);
  await close(engine, began.operationId, found);
  return found.kind === 'finalized' ? { kind: 'finalized' } : { kind: 'failed', message: found.message, remedy: found.remedy };
}

/** Finalizes whose run was ended without one, and those that the board asked for again. */
export async function finalizeDue(engine: Engine): Promise<void> {
  for (const { operationId, ...place } of await dueFinalizes(engine.db, engine.host.homePrefix)) {
    const found = await engine.workspaces.finalize(placeOf(engine, { id: '', ...place }, '')).catch(unexpected);
    await close(engine, operationId, found);
    engine.log.info({ runId: place.runId, outcome: found.kind }, 'finalized the workspace of a run that had ended');
  }
}

async function close(engine: Engine, operationId: string, found: FinalizedFolder | WorkspaceFault): Promise<void> {
  await write(engine.db, (tx) => closeOperation(tx, found.kind === 'finalized'
    ? { operationId, status: 'SUCCEEDED', log: found.log, found: { headCommit: found.headCommit } }
    : { operationId, status: 'FAILED', log: found.log, errorMessage: `${found.message}. ${found.remedy}` }));
}
