import type { Agent } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import { together, type Tx } from '../../prisma/transaction.ts';
import { isBudgetStopped, stopOver } from '../budget/stops.ts';
import { activeHoldOn, isHeld } from '../hold/holds.ts';
import { openBlockerIds } from '../issue/blocking.ts';
import { isForOthers, passesBlockers } from './reasons.ts';
import type { WakeFacts } from './rules.ts';
import { type RecentRun, THROTTLE } from './throttle.ts';
import type { WakeSource } from '../shared/values.ts';
import { satisfied } from '../workspace/gate.ts';

export interface WakeAsked { agentId: string; issueId: string | null; source: WakeSource; reason: string; isFromPerson: boolean }

export interface WakeSituation { agent: Agent; facts: WakeFacts; openBlockers: string[] }

/** What the gates of a wake depend on; null where there is no such agent. Rows that claims compete for are read by their keys. */
export async function readWakeFacts(tx: Tx, asked: WakeAsked): Promise<WakeSituation | null> {
  const { agentId, issueId, source, reason } = asked;
  const [agent, issue, openBlockers, hold] = await together([
    tx.agent.findUnique({ where: { id: agentId }, include: { company: { select: { status: true } } } }),
    issueId ? tx.issue.findUnique({ where: { id: issueId }, select: { status: true, assigneeId: true } }) : null,
    issueId ? openBlockerIds(tx, issueId) : [],
    issueId ? activeHoldOn(tx, issueId) : null,
  ]);
  if (!agent) return null;
  const stop = await stopOver(tx, { companyId: agent.companyId, agentId, issueId });
  const facts: WakeFacts = {
    source,
    companyActive: agent.company.status === 'ACTIVE',
    budgetStop: stop?.message ?? null,
    agentStatus: agent.status,
    pauseReason: agent.pauseReason,
    isChainBroken: agent.managerId !== null && (await isChainBroken(tx, agent.managerId)),
    wakeOnDemand: agent.wakeOnDemand,
    hasWork: source !== 'TIMER' || agent.heartbeatWhenIdle || (await hasOpenWork(tx, agent.id)),
    issue: issue && { status: issue.status, assignedToAgent: issue.assigneeId === agent.id, isHeld: hold !== null, hasOpenBlockers: openBlockers.length > 0 },
    forOthers: isForOthers(reason),
    isMention: reason === 'issue_comment_mentioned',
    passesBlockers: passesBlockers(reason, asked.isFromPerson),
  };
  return { agent, facts, openBlockers };
}

async function isChainBroken(tx: Tx, managerId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE up(id, manager_id, status) AS (
      SELECT id, manager_id, status FROM agent WHERE id = ${managerId}::uuid
      UNION SELECT a.id, a.manager_id, a.status FROM agent a JOIN up ON a.id = up.manager_id)
    SELECT 1 FROM up WHERE status = 'TERMINATED' LIMIT 1`;
  return rows.length > 0;
}

/** Work that a heartbeat could get on with: open, not parked, not held, not stopped by a budget, not waiting for blockers. */
async function hasOpenWork(tx: Tx, agentId: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM issue i WHERE i.assignee_id = ${agentId}::uuid AND i.status IN ('TODO', 'IN_PROGRESS')
      AND NOT ${isHeld('i')}
      AND NOT ${isBudgetStopped({ company: sql`i.company_id`, agent: sql`i.assignee_id`, issue: sql`i.id` })}
      AND NOT EXISTS (SELECT 1 FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id WHERE b.issue_id = i.id AND NOT ${satisfied('x')})
    LIMIT 1`;
  return found.length > 0;
}

/** What the agent's last runs on the issue came to, newest first. A run speaks for itself by what it recorded, or its agent by a comment. */
export async function recentRuns(tx: Tx, agentId: string, issueId: string, now: Date): Promise<RecentRun[]> {
  return tx.$queryRaw<RecentRun[]>`
    SELECT r.status, r.finished_at AS "finishedAt",
      (EXISTS (SELECT 1 FROM activity a WHERE a.run_id = r.id AND a.action <> ALL(ARRAY['issue.checkedOut', 'issue.unlocked', 'issue.released', 'cost.reported', 'agent.woken', 'run.queued', 'run.finished']))
        OR EXISTS (SELECT 1 FROM comment c WHERE c.issue_id = r.issue_id AND c.author_id = r.agent_id AND c.created_at BETWEEN r.started_at AND r.finished_at)) AS "hasProgress"
    FROM run r WHERE r.issue_id = ${issueId}::uuid AND r.agent_id = ${agentId}::uuid AND r.finished_at > ${new Date(now.getTime() - THROTTLE.windowMs)}::timestamptz AND r.started_at IS NOT NULL
    ORDER BY r.finished_at DESC, r.id DESC LIMIT ${THROTTLE.sample}`;
}

/** Whether somebody else said something on the issue since the agent last began to work on it. */
export async function hasNewInput(tx: Tx, agentId: string, issueId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM comment c WHERE c.issue_id = ${issueId}::uuid AND c.author_id IS DISTINCT FROM ${agentId}::uuid
      AND c.created_at > (SELECT max(r.started_at) FROM run r WHERE r.issue_id = ${issueId}::uuid AND r.agent_id = ${agentId}::uuid) LIMIT 1`;
  return rows.length > 0;
}
