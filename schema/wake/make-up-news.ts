import type { Prisma } from '../../prisma/generated/client.ts';
import type { Sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { STOP_PREFIXES } from '../recovery/rules.ts';
import { enqueueWake } from './enqueue-wake.ts';
import { WAKE_REASONS, type WakeReason } from './reasons.ts';

const NEWS = WAKE_REASONS.filter((reason) => reason.startsWith('approval_'));
const APPROVALS_MAX = 100;

/**
 * What an agent was to hear of its approvals without an issue, and did not since it was stopped: once for each approval whose
 * last word that was. Of what is about issues, the issue tells.
 */
export async function makeUpNews(tx: Tx, by: Principal, whom: Sql): Promise<void> {
  const missed = await tx.$queryRaw<{ agentId: string; reason: WakeReason; payload: Prisma.InputJsonObject }[]>`
    SELECT w.agent_id AS "agentId", w.reason, w.payload FROM (
      SELECT DISTINCT ON (w.payload->'approval'->>'id') w.* FROM wakeup w JOIN agent a ON a.id = w.agent_id
      WHERE ${whom} AND a.status NOT IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL') AND w.issue_id IS NULL AND w.reason = ANY(${NEWS})
      ORDER BY w.payload->'approval'->>'id', w.requested_at DESC, w.id DESC) w
    LEFT JOIN run r ON r.id = w.run_id
    WHERE (w.status = 'SKIPPED' AND w.skip_reason IN ('agent_paused', 'company_inactive', 'budget_stopped'))
      OR (r.status = 'CANCELLED' AND r.started_at IS NULL AND (r.cancel_reason IN ('agent paused', 'company archived') OR r.cancel_reason ^@ ANY(${[...STOP_PREFIXES]})))
    ORDER BY w.requested_at LIMIT ${APPROVALS_MAX}`;
  for (const { agentId, reason, payload } of missed) await enqueueWake(tx, by, { agentId, source: 'AUTOMATION', reason, payload });
}
