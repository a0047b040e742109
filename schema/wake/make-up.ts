import type { Prisma } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { isBudgetStopped } from '../budget/stops.ts';
import { STOP_PREFIXES } from '../recovery/rules.ts';
import { enqueueWake } from './enqueue-wake.ts';
import { makeUpNews } from './make-up-news.ts';
import { isForOthers, WAKE_REASONS, type WakeReason } from './reasons.ts';

const ISSUES_MAX = 500;
/** The newest run of the issue ended because its agent, or its company, was to stop; words after a colon name the breaker or the budget. */
const WAS_PAUSED = sql`(run.cancel_reason IN ('agent paused', 'company archived') OR run.cancel_reason ^@ ANY(${[...STOP_PREFIXES]}))`;
/** What an agent is asked on issues that are somebody else's: a review, a word, a mending. */
const FOR_OTHERS = WAKE_REASONS.filter(isForOthers);

/**
 * Wakes agents that may run again for what was asked while they, their company, or what a budget limits were stopped, and for
 * runs that this ended: once for each issue whose last word that was.
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
      LEFT JOIN LATERAL (SELECT last.reason, last.payload WHERE (last.status = 'SKIPPED' AND last.skip_reason IN ('agent_paused', 'company_inactive', 'budget_stopped', 'agent_pending'))
        OR (last.status = 'CANCELLED' AND last.reason = ANY(${FOR_OTHERS}) AND ${WAS_PAUSED})) w ON true
    WHERE a.status NOT IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL') AND (i.status IN ('TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED') OR w.reason = 'issue_comment_mentioned')
      AND (i.assignee_id = a.id OR w.reason = ANY(${FOR_OTHERS}))
      AND (w.reason IS NOT NULL OR (i.assignee_id = a.id AND i.status IN ('TODO', 'IN_PROGRESS') AND ${WAS_PAUSED}))
      AND NOT ${isBudgetStopped({ company: sql`a.company_id`, agent: sql`a.id`, issue: sql`i.id` })}
      AND NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = i.id AND r.agent_id = a.id AND (r.status IN ('QUEUED', 'SCHEDULED_RETRY') OR (r.status = 'RUNNING' AND r.cancel_requested_at IS NULL)))
    ORDER BY i.priority, i.number LIMIT ${ISSUES_MAX}`;
  for (const { issueId, agentId, reason, payload } of missed) {
    await enqueueWake(tx, by, { agentId, issueId, source: 'AUTOMATION', reason: (reason as WakeReason | null) ?? 'issue_continuation_needed', payload: payload ?? {} });
  }
  await makeUpNews(tx, by, whom);
}
