import { now } from '../../../prisma/clock.ts';
import type { Run } from '../../../prisma/generated/client.ts';
import type { AgentStatus, CompanyStatus, IssueStatus, ModelLane } from '../../../prisma/generated/enums.ts';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { moveAgent } from '../../agent/rules.ts';
import { judgeStart } from '../../breaker/judge.ts';
import { enforceBudgets } from '../../budget/enforce.ts';
import { isBudgetStopped } from '../../budget/stops.ts';
import { isHeld } from '../../hold/holds.ts';
import { laneOf, reasonsOf } from '../../recovery/rules.ts';
import { satisfied } from '../../workspace/gate.ts';
import { isAssertion } from '../../wake/reasons.ts';
import { dropSentence, judgeClaim, LEASE_SEC } from '../rules.ts';
import { dropRun } from './drop-run.ts';
import { recordRunEvents } from './record-event.ts';

export interface Candidate { id: string; adapterType: string; adapterConfig: unknown }

/** Somebody above the agent was terminated. */
const isChainBroken = sql`EXISTS (
  WITH RECURSIVE up(id) AS (SELECT a.manager_id UNION SELECT m.manager_id FROM agent m JOIN up ON m.id = up.id)
  SELECT 1 FROM up JOIN agent m ON m.id = up.id WHERE m.status = 'TERMINATED')`;

const isStopped = isBudgetStopped({ company: sql`r.company_id`, agent: sql`r.agent_id`, issue: sql`r.issue_id` });

/**
 * Queued runs whose gates look open, or that can never start: a worker should try to claim them. One statement, which finds
 * nothing on an idle system; `claimRun` decides. Runs that must wait are left out here, else they would crowd out the rest.
 */
export function claimableRuns(db: Database, limit: number): Promise<Candidate[]> {
  return db.query(sql`
    SELECT r.id, r.adapter_type AS "adapterType", a.adapter_config AS "adapterConfig"
    FROM run r JOIN agent a ON a.id = r.agent_id JOIN company c ON c.id = r.company_id LEFT JOIN issue i ON i.id = r.issue_id
    WHERE r.status IN ('QUEUED', 'SCHEDULED_RETRY') AND r.available_at <= ${now()}::timestamptz
      AND (a.status = 'TERMINATED' OR c.status = 'ARCHIVED' OR (i.status IN ('DONE', 'CANCELLED') AND NOT (r.answers_only AND r.reason = 'issue_comment_mentioned'))
        OR (r.issue_id IS NOT NULL AND NOT r.answers_only AND i.assignee_id IS DISTINCT FROM r.agent_id)
        OR (c.status = 'ACTIVE' AND a.status NOT IN ('PAUSED', 'PENDING_APPROVAL') AND i.holder_run_id IS NULL AND NOT ${isHeld('i')} AND NOT ${isChainBroken} AND NOT ${isStopped}
          AND (SELECT count(*) FROM run x WHERE x.agent_id = r.agent_id AND x.status = 'RUNNING') < a.max_concurrent_runs
          AND NOT EXISTS (SELECT 1 FROM run x WHERE x.issue_id = r.issue_id AND x.status = 'RUNNING')
          AND (r.answers_only OR NOT EXISTS (SELECT 1 FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id WHERE b.issue_id = r.issue_id AND NOT ${satisfied('x')}))))
    ORDER BY r.available_at, r.id LIMIT ${limit}`);
}

export interface ClaimRun {
  runId: string;
  workerId: string;
  hostId: string;
  /**
   * What the worker is about to do, written before it does it: where the process will leave its traces. Whoever takes over
   * can tell by it whether the process was started.
   */
  execution: (leaseToken: number) => Record<string, unknown>;
}

export type Claim =
  | { kind: 'claimed'; leaseToken: number }
  /** Somebody else has it, or a gate is shut: it stays in the queue. */
  | { kind: 'left' }
  | { kind: 'dropped' };

interface Row {
  id: string; companyId: string; agentId: string; issueId: string | null; number: number; leaseToken: number;
  agentStatus: AgentStatus; companyStatus: CompanyStatus; maxConcurrentRuns: number; running: number;
  issueStatus: IssueStatus | null; isAssigned: boolean | null; openBlockers: number; isBusy: boolean;
  isHeld: boolean; isBudgetStopped: boolean; isChainBroken: boolean; answersOnly: boolean; isMention: boolean | null;
  context: Run['context']; reason: string | null; issueLane: ModelLane | null; hasCheapConfig: boolean;
}

/**
 * Starts a queued run for one worker, if every gate is open. Serializable: of rivals for the same run, or for the last place
 * under an agent's cap, one commits and the others read again. The row is skipped while another transaction holds it.
 */
export async function claimRun(tx: Tx, { runId, workerId, hostId, execution }: ClaimRun): Promise<Claim> {
  const at = now();
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.company_id AS "companyId", r.agent_id AS "agentId", r.issue_id AS "issueId", r.number, r.lease_token AS "leaseToken",
      a.status AS "agentStatus", a.max_concurrent_runs AS "maxConcurrentRuns", c.status AS "companyStatus",
      (SELECT count(*)::int FROM run x WHERE x.agent_id = r.agent_id AND x.status = 'RUNNING') AS running,
      i.status AS "issueStatus", i.assignee_id = r.agent_id AS "isAssigned",
      (SELECT count(*)::int FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id WHERE b.issue_id = r.issue_id AND NOT ${satisfied('x')}) AS "openBlockers",
      ${isHeld('i')} AS "isHeld", ${isStopped} AS "isBudgetStopped", ${isChainBroken} AS "isChainBroken", r.answers_only AS "answersOnly", r.reason = 'issue_comment_mentioned' AS "isMention",
      r.context, r.reason, i.model_lane AS "issueLane", a.cheap_config IS NOT NULL AS "hasCheapConfig",
      (i.holder_run_id IS NOT NULL OR EXISTS (SELECT 1 FROM run x WHERE x.issue_id = r.issue_id AND x.status = 'RUNNING')) AS "isBusy"
    FROM run r JOIN agent a ON a.id = r.agent_id JOIN company c ON c.id = r.company_id LEFT JOIN issue i ON i.id = r.issue_id
    WHERE r.id = ${runId}::uuid AND r.status IN ('QUEUED', 'SCHEDULED_RETRY') AND r.available_at <= ${at}::timestamptz
    FOR UPDATE OF r SKIP LOCKED`;
  if (!row) return { kind: 'left' };

  const verdict = judgeClaim({
    companyStatus: row.companyStatus, agentStatus: row.agentStatus, runningOfAgent: row.running, maxConcurrentRuns: row.maxConcurrentRuns, isBudgetStopped: row.isBudgetStopped,
    issue: row.issueStatus && { status: row.issueStatus, isAssignedToAgent: row.isAssigned === true, openBlockers: row.openBlockers, isBusy: row.isBusy, isHeld: row.isHeld },
    isChainBroken: row.isChainBroken, answersOnly: row.answersOnly, onlyAsserts: reasonsOf(row).every(isAssertion), isMention: row.isMention === true,
  });
  if (verdict.kind === 'wait') return { kind: 'left' };
  if (verdict.kind === 'drop') {
    await dropRun(tx, SYSTEM, row, verdict.why.toUpperCase(), dropSentence(verdict.why));
    return { kind: 'dropped' };
  }

  // One run too many: it is cancelled with all that its agent has queued.
  if (await judgeStart(tx, { runId, agentId: row.agentId, at })) return { kind: 'dropped' };

  const { lane } = laneOf({ ...row, reasons: reasonsOf(row) });
  const leaseToken = row.leaseToken + 1;
  await tx.$executeRaw`
    UPDATE run SET status = 'RUNNING', model_lane = ${lane}::model_lane, started_at = ${at}::timestamptz, worker_id = ${workerId}::uuid, host_id = ${hostId}, lease_token = ${leaseToken},
      lease_expires_at = now() + make_interval(secs => ${LEASE_SEC}), execution = ${JSON.stringify(execution(leaseToken))}::jsonb
    WHERE id = ${runId}::uuid`;
  const status = moveAgent(row.agentStatus, 'start');
  if (status !== null && status !== row.agentStatus) {
    await tx.agent.update({ where: { id: row.agentId }, data: { status, errorMessage: null } });
  }
  await tx.wakeup.updateMany({ where: { runId, status: { in: ['QUEUED', 'COALESCED'] } }, data: { status: 'CLAIMED', claimedAt: at } });
  await recordRunEvents(tx, runId, [{ kind: 'claimed', message: 'A worker took the run.', data: { workerId, hostId } }]);
  await recordActivity(tx, SYSTEM, {
    companyId: row.companyId, action: 'run.started', entityType: 'run', entityId: runId, agentId: row.agentId, issueId: row.issueId,
    details: { number: row.number },
  });
  // The last run that a budget of runs allows starts, and is the one that stops the next.
  await enforceBudgets(tx, { companyId: row.companyId, agentId: row.agentId, issueId: row.issueId, projectId: null, goalId: null }, 'RUNS');
  touch(tx, `run:${runId}`);
  return { kind: 'claimed', leaseToken };
}

