import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, runOf } from '../access/principal.ts';
import { Refusal } from '../shared/refusal.ts';

/**
 * Declines a run on the cheap lane: it may say where work stands, and write nothing that the work consists of (documents,
 * work products, commits, done). Every command that writes such things asks here first.
 */
export async function mustWriteDeliverables(tx: Tx, by: Principal): Promise<void> {
  const runId = runOf(by);
  if (!runId) return;
  const run = await tx.run.findUnique({ where: { id: runId }, select: { modelLane: true } });
  if (run?.modelLane === 'CHEAP') {
    throw new Refusal('RULE_VIOLATION', 'this run is on the cheap lane: it reports where the work stands and writes no deliverables', { details: { modelLane: 'CHEAP' } });
  }
}
