import { sql } from '../../prisma/sql.ts';
import { batch } from '../shared/loading.ts';
import type { AgentStatus, IssueStatus } from '../shared/values.ts';

/** What is known of an issue's surroundings, read for many issues in one statement. */
export interface NextStepFacts {
  status: IssueStatus;
  assigneeId: string | null;
  assigneeName: string | null;
  assigneeStatus: AgentStatus | null;
  userName: string | null;
  liveRunId: string | null;
  liveAgentName: string | null;
  queuedRunId: string | null;
  blockerId: string | null;
  blockerIdentifier: string | null;
  blockerCancelled: boolean | null;
  openChildren: number;
  deferred: boolean;
}

export interface NextStep {
  text: string;
  /** Nothing will move it by itself: a person has to. */
  stalled: boolean;
  runId: string | null;
  agentId: string | null;
  issueId: string | null;
}

export const nextStepFacts = batch<string, NextStepFacts | null>(null, async (db, ids) => {
  const rows = await db.query<NextStepFacts & { id: string }>(sql`
    SELECT i.id, i.status, i.assignee_id AS "assigneeId", a.name AS "assigneeName", a.status AS "assigneeStatus", u.name AS "userName",
           live.id AS "liveRunId", live.name AS "liveAgentName", queued.id AS "queuedRunId",
           blocker.id AS "blockerId", blocker.identifier AS "blockerIdentifier", blocker.cancelled AS "blockerCancelled",
           (SELECT count(*)::int FROM issue k WHERE k.parent_id = i.id AND k.status NOT IN ('DONE', 'CANCELLED')) AS "openChildren",
           EXISTS (SELECT 1 FROM wakeup w WHERE w.issue_id = i.id AND w.status = 'DEFERRED') AS deferred
    FROM issue i
    LEFT JOIN agent a ON a.id = i.assignee_id
    LEFT JOIN board_user u ON u.id = i.assignee_user_id
    LEFT JOIN LATERAL (SELECT r.id, ra.name FROM run r JOIN agent ra ON ra.id = r.agent_id
                       WHERE (r.issue_id = i.id OR r.id = i.holder_run_id) AND r.status = 'RUNNING' LIMIT 1) live ON true
    LEFT JOIN LATERAL (SELECT r.id FROM run r WHERE r.issue_id = i.id AND r.status IN ('QUEUED', 'SCHEDULED_RETRY') LIMIT 1) queued ON true
    LEFT JOIN LATERAL (SELECT x.id, co.prefix || '-' || x.number AS identifier, x.status = 'CANCELLED' AS cancelled
                       FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id JOIN company co ON co.id = x.company_id
                       WHERE b.issue_id = i.id AND x.status <> 'DONE' ORDER BY x.status = 'CANCELLED' DESC, x.number LIMIT 1) blocker ON true
    WHERE i.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
});

/** The one sentence that says who or what moves an issue next. */
export function nextStep(facts: NextStepFacts): NextStep {
  const step = (text: string, more: Partial<NextStep> = {}): NextStep => ({ text, stalled: false, runId: null, agentId: facts.assigneeId, issueId: null, ...more });
  const stalled = (text: string, more: Partial<NextStep> = {}) => step(text, { stalled: true, ...more });
  const { status, assigneeName } = facts;
  if (status === 'DONE') return step('Finished.');
  if (status === 'CANCELLED') return step('Cancelled.');
  if (facts.liveRunId) return step(`${facts.liveAgentName ?? 'An agent'} is working on it.`, { runId: facts.liveRunId });
  if (facts.blockerId && facts.blockerCancelled) return stalled(`Stalled: ${facts.blockerIdentifier} was cancelled but still blocks. Remove it or replace it.`, { issueId: facts.blockerId });
  if (facts.blockerId) return step(`Waits for ${facts.blockerIdentifier}.`, { issueId: facts.blockerId });
  if (facts.userName) return step(`${facts.userName} has it.`);
  if (!assigneeName) return stalled('Nobody is assigned.');
  if (facts.assigneeStatus === 'TERMINATED') return stalled(`${assigneeName} was terminated. Assign somebody else.`);
  if (facts.assigneeStatus === 'PAUSED') return stalled(`${assigneeName} is paused.`);
  if (facts.queuedRunId) return step(`${assigneeName} starts as soon as a worker is free.`, { runId: facts.queuedRunId });
  if (facts.deferred) return step(`${assigneeName} is woken when the run on it ends.`);
  if (status === 'BACKLOG') return stalled('Parked. Move it to todo to start it.');
  if (facts.openChildren > 0) return step(`${assigneeName} continues when ${facts.openChildren === 1 ? 'the last sub-issue is' : `${facts.openChildren} sub-issues are`} finished.`);
  if (status === 'IN_REVIEW') return stalled('Waits for a review by the board.');
  if (status === 'BLOCKED') return stalled('Marked blocked, but nothing named blocks it.');
  return stalled(`Nothing is queued for ${assigneeName}. Wake the agent.`);
}
