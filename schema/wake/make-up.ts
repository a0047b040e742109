import type { Prisma } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { enqueueWake } from './enqueue-wake.ts';
import { isForOthers, WAKE_REASONS, type WakeReason } from './reasons.ts';

const ISSUES_MAX = 500;
/** What an agent is asked on issues that are somebody else's: a review, a word, a mending. */
const FOR_OTHERS = WAKE_REASONS.filter(isForOthers);

/**
 * Wakes agents that may run again for what was asked while they, or their company, were paused, and for runs that the pause
 * ended: once for each issue whose last word that was.
 */
export async function makeUpWakes(tx: Tx, by: Principal, whose: { agentId: string } | { companyId: string }): Promise<void> {
  const whom = 'agentId' in whose ? sql`a.id = ${whose.agentId}::uuid` : sql`a.company_id = ${whose.companyId}::uuid`;
  const missed = await tx.$queryRaw<{ issueId: string; agentId: string; reason: string | null; payload: Prisma.InputJsonObject | null }[]>`
    WITH concerned AS (
      SELECT a.id AS agent_id, i.id AS issue_id FROM agent a JOIN issue i ON i.assignee_id = a.id WHERE ${whom} AND i.status IN ('TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED')
      UNION SELECT a.id, x.issue_id FROM agent a JOIN wakeup x ON x.agent_id = a.id
        WHERE ${whom} AND x.status IN ('SKIPPED', 'CANCELLED') AND x.reason = ANY(${FOR_OTHERS}))
    SELECT i.id AS "issueId", a.id AS "agentId", w.reason, w.payload
    FROM concerned JOIN issue i ON i.id = concerned.issue_id JOIN agent a ON a.id = concerned.agent_id
      LEFT JOIN LATERAL (SELECT x.status, x.skip_reason, x.reason, x.payload FROM wakeup x WHERE x.issue_id = i.id AND x.agent_id = a.id ORDER BY x.requested_at DESC, x.id DESC LIMIT 1) last ON true
      LEFT JOIN LATERAL (SELECT r.cancel_reason FROM run r WHERE r.issue_id = i.id AND r.agent_id = a.id ORDER BY r.created_at DESC, r.id DESC LIMIT 1) run ON true
      LEFT JOIN LATERAL (SELECT last.reason, last.payload WHERE (last.status = 'SKIPPED' AND last.skip_reason IN ('agent_paused', 'company_inactive'))
        OR (last.status = 'CANCELLED' AND last.reason = ANY(${FOR_OTHERS}) AND run.cancel_reason IN ('agent paused', 'company archived'))) w ON true
    WHERE a.status NOT IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL') AND (i.status IN ('TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED') OR w.reason = 'issue_comment_mentioned')
      AND (i.assignee_id = a.id OR w.reason = ANY(${FOR_OTHERS}))
      AND (w.reason IS NOT NULL OR (i.assignee_id = a.id AND i.status IN ('TODO', 'IN_PROGRESS') AND run.cancel_reason IN ('agent paused', 'company archived')))
      AND NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = i.id AND r.agent_id = a.id AND (r.status IN ('QUEUED', 'SCHEDULED_RETRY') OR (r.status = 'RUNNING' AND r.cancel_requested_at IS NULL)))
    ORDER BY i.priority, i.number LIMIT ${ISSUES_MAX}`;
  for (const { issueId, agentId, reason, payload } of missed) {
    await enqueueWake(tx, by, { agentId, issueId, source: 'AUTOMATION', reason: (reason as WakeReason | null) ?? 'issue_continuation_needed', payload: payload ?? {} });
  }
}
