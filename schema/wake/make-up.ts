import type { Prisma } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { enqueueWake } from './enqueue-wake.ts';
import type { WakeReason } from './reasons.ts';

const ISSUES_MAX = 500;

/**
 * Wakes agents that may run again for what was asked while they, or their company, were paused, and for runs that the pause
 * ended: once for each issue whose last word that was.
 */
export async function makeUpWakes(tx: Tx, by: Principal, whose: { agentId: string } | { companyId: string }): Promise<void> {
  const whom = 'agentId' in whose ? sql`i.assignee_id = ${whose.agentId}::uuid` : sql`i.company_id = ${whose.companyId}::uuid AND i.assignee_id IS NOT NULL`;
  const missed = await tx.$queryRaw<{ issueId: string; agentId: string; reason: string | null; payload: Prisma.InputJsonObject | null }[]>`
    SELECT i.id AS "issueId", a.id AS "agentId", w.reason, w.payload
    FROM issue i JOIN agent a ON a.id = i.assignee_id
      LEFT JOIN LATERAL (SELECT x.status, x.skip_reason, x.reason, x.payload FROM wakeup x WHERE x.issue_id = i.id AND x.agent_id = a.id ORDER BY x.requested_at DESC, x.id DESC LIMIT 1) last ON true
      LEFT JOIN LATERAL (SELECT last.reason, last.payload WHERE last.status = 'SKIPPED' AND last.skip_reason IN ('agent_paused', 'company_inactive')) w ON true
      LEFT JOIN LATERAL (SELECT r.cancel_reason FROM run r WHERE r.issue_id = i.id AND r.agent_id = a.id ORDER BY r.created_at DESC, r.id DESC LIMIT 1) run ON true
    WHERE ${whom} AND a.status NOT IN ('PAUSED', 'TERMINATED') AND i.status IN ('TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED')
      AND (w.reason IS NOT NULL OR (i.status IN ('TODO', 'IN_PROGRESS') AND run.cancel_reason IN ('agent paused', 'company archived')))
      AND NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = i.id AND r.agent_id = a.id AND (r.status IN ('QUEUED', 'SCHEDULED_RETRY') OR (r.status = 'RUNNING' AND r.cancel_requested_at IS NULL)))
    ORDER BY i.priority, i.number LIMIT ${ISSUES_MAX}`;
  for (const { issueId, agentId, reason, payload } of missed) {
    await enqueueWake(tx, by, { agentId, issueId, source: 'AUTOMATION', reason: (reason as WakeReason | null) ?? 'issue_continuation_needed', payload: payload ?? {} });
  }
}
