import type { Run } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, visible } from '../../access/principal.ts';
import { reportsTo } from '../../agent/org.ts';
import { Refusal } from '../../shared/refusal.ts';
import { requestCancel } from './request-cancel.ts';

/** Stops a run on somebody's request. Agents may stop their own runs and those of agents that report to them. */
export async function cancelRun(tx: Tx, by: Principal, input: { runId: string; reason?: string | null | undefined }): Promise<Run> {
  const run = visible(by, await tx.run.findUnique({ where: { id: input.runId } }), 'run');
  const own = agentOf(by);
  if (own && !(await reportsTo(tx, run.agentId, own))) throw new Refusal('FORBIDDEN', 'an agent stops its own runs and those of its reports only');
  return requestCancel(tx, by, { runId: run.id, reason: input.reason ?? 'cancelled by request' });
}
