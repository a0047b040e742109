import { rawSql, type Sql, sql } from '../../prisma/sql.ts';
import { isBudgetStopped, stopOf } from '../budget/stops.ts';
import { satisfied } from '../workspace/gate.ts';

/** How far the chain of blockers is followed, and how many issues of it are looked at. */
const CHAIN_LEVELS = 8;
const CHAIN_ISSUES = 2000;

/** An issue that is not through with its work, as a condition on an alias. */
const isOpen = (alias: string) => rawSql(`${alias}.status NOT IN ('DONE', 'CANCELLED')`);

/**
 * Why an issue at the end of a chain of blockers does not move by itself, as an expression; null where something moves it.
 * The words are those of the graph findings.
 */
const stall = (x: string): Sql => {
  const at = rawSql(x);
  return sql`
  CASE WHEN ${at}.status = 'CANCELLED' THEN 'blocked_by_cancelled_issue'
    WHEN ${at}.status = 'DONE' THEN (SELECT 'blocked_by_failed_finalize' FROM workspace_operation wo WHERE wo.id = ${at}.last_operation_id AND wo.status = 'FAILED')
    WHEN EXISTS (SELECT 1 FROM run r WHERE r.issue_id = ${at}.id AND r.status = 'RUNNING') THEN NULL
    WHEN EXISTS (SELECT 1 FROM subtree_hold_member m WHERE m.issue_id = ${at}.id AND m.is_active) THEN NULL
    WHEN ${at}.assignee_id IS NOT NULL AND ${isBudgetStopped({ company: sql`${at}.company_id`, agent: sql`${at}.assignee_id`, issue: sql`${at}.id` })} THEN NULL
    WHEN EXISTS (SELECT 1 FROM recovery_action ra WHERE ra.issue_id = ${at}.id AND ra.status IN ('ACTIVE', 'ESCALATED')) THEN NULL
    WHEN ${at}.assignee_user_id IS NOT NULL THEN NULL
    WHEN ${at}.assignee_id IS NULL THEN 'blocked_by_unassigned_issue'
    WHEN EXISTS (SELECT 1 FROM agent xa WHERE xa.id = ${at}.assignee_id AND xa.status IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL')) THEN 'blocked_by_uninvokable_assignee'
    WHEN ${at}.status = 'BACKLOG' THEN 'blocked_by_assigned_backlog_issue'
    ELSE NULL END`;
};

/** Everything that may move an issue, read for many issues at once. */
export function factsStatement(ids: string[]): Sql {
  return sql`
    SELECT i.id, i.status, i.assignee_id AS "assigneeId", a.name AS "assigneeName", a.status AS "assigneeStatus", i.assignee_user_id AS "userId", u.name AS "userName",
      live.id AS "liveRunId", live.name AS "liveAgentName", queued.id AS "queuedRunId", queued.at AS "queuedAt",
      EXISTS (SELECT 1 FROM wakeup w WHERE w.issue_id = i.id AND w.status = 'DEFERRED' AND w.agent_id = i.assignee_id)
        AND EXISTS (SELECT 1 FROM run r WHERE r.issue_id = i.id AND r.status IN ('RUNNING', 'QUEUED', 'SCHEDULED_RETRY')) AS deferred,
      EXISTS (WITH RECURSIVE up(id, manager_id, status) AS (
        SELECT g.id, g.manager_id, g.status FROM agent g WHERE g.id = a.manager_id UNION SELECT g.id, g.manager_id, g.status FROM agent g JOIN up ON g.id = up.manager_id)
        SELECT 1 FROM up WHERE up.status = 'TERMINATED') AS "isChainBroken",
      stop.it AS "budgetStop",
      hold.id AS "holdIssueId", hold.identifier AS "holdIdentifier",
      blocker.id AS "blockerId", blocker.identifier AS "blockerIdentifier", blocker.cancelled AS "blockerCancelled",
      leaf.id AS "stalledId", leaf.identifier AS "stalledIdentifier", leaf.why AS "stalledWhy",
      kids.open AS "openChildren", kids.moved AS "movedChildren",
      asked.id AS "interactionId", waits.id AS "approvalId", p.participant_type AS "reviewerType", p.participant_id AS "reviewerId", coalesce(pa.name, pu.name) AS "reviewerName",
      m.next_check_at AS "monitorAt",
      ra.id AS "recoveryId", ra.owner_type AS "recoveryOwnerType", ra.owner_id AS "recoveryOwnerId", coalesce(oa.name, ou.name) AS "recoveryOwnerName", ra.next_action AS "recoveryNextAction"
    FROM issue i
    LEFT JOIN agent a ON a.id = i.assignee_id
    LEFT JOIN board_user u ON u.id = i.assignee_user_id
    LEFT JOIN issue_policy p ON p.issue_id = i.id AND p.stage_id IS NOT NULL
    LEFT JOIN LATERAL (SELECT r.id, ra.name FROM run r JOIN agent ra ON ra.id = r.agent_id
                       WHERE (r.issue_id = i.id OR r.id = i.holder_run_id) AND r.status = 'RUNNING' LIMIT 1) live ON true
    LEFT JOIN LATERAL (SELECT r.id, CASE WHEN r.status = 'SCHEDULED_RETRY' OR r.available_at > r.queued_at THEN r.available_at END AS at FROM run r
                       WHERE r.issue_id = i.id AND r.status IN ('QUEUED', 'SCHEDULED_RETRY') AND NOT r.answers_only ORDER BY r.status, r.available_at LIMIT 1) queued ON true
    LEFT JOIN LATERAL (SELECT x.id, co.prefix || '-' || x.number AS identifier FROM subtree_hold_member hm JOIN subtree_hold h ON h.id = hm.hold_id
                       JOIN issue x ON x.id = h.root_issue_id JOIN company co ON co.id = x.company_id
                       WHERE hm.issue_id = i.id AND hm.is_active LIMIT 1) hold ON true
    LEFT JOIN LATERAL ${stopOf({ company: sql`i.company_id`, agent: sql`CASE WHEN i.status <> 'IN_REVIEW' OR p.participant_type IS NULL THEN i.assignee_id WHEN p.participant_type = 'AGENT' THEN p.participant_id END`, issue: sql`i.id` })} stop ON true
    LEFT JOIN LATERAL (SELECT x.id, co.prefix || '-' || x.number AS identifier, x.status = 'CANCELLED' AS cancelled
                       FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id JOIN company co ON co.id = x.company_id
                       WHERE b.issue_id = i.id AND NOT ${satisfied('x')} ORDER BY x.status = 'CANCELLED' DESC, x.number LIMIT 1) blocker ON true
    LEFT JOIN LATERAL (
      WITH RECURSIVE chain(id, level) AS (
        SELECT b.blocker_id, 1 FROM issue_blocker b WHERE b.issue_id = i.id
        UNION SELECT b.blocker_id, chain.level + 1 FROM chain JOIN issue y ON y.id = chain.id AND ${isOpen('y')} JOIN issue_blocker b ON b.issue_id = chain.id
        WHERE chain.level < ${CHAIN_LEVELS}::int)
      SELECT z.id, z.identifier, z.why FROM (
        SELECT x.id, co.prefix || '-' || x.number AS identifier, c.level, x.number, ${stall('x')} AS why
        FROM (SELECT id, level FROM chain LIMIT ${CHAIN_ISSUES}::int) c JOIN issue x ON x.id = c.id JOIN company co ON co.id = x.company_id
        WHERE NOT ${satisfied('x')} AND (x.status IN ('CANCELLED', 'DONE') OR NOT EXISTS (
          SELECT 1 FROM issue_blocker b JOIN issue y ON y.id = b.blocker_id WHERE b.issue_id = x.id AND NOT ${satisfied('y')}))) z
      WHERE z.why IS NOT NULL ORDER BY z.level, z.number LIMIT 1) leaf ON blocker.id IS NOT NULL
    LEFT JOIN LATERAL (SELECT count(*)::int AS open, count(*) FILTER (WHERE ${stall('k')} IS NULL)::int AS moved FROM issue k WHERE k.parent_id = i.id AND ${isOpen('k')}) kids ON true
    LEFT JOIN LATERAL (SELECT n.id FROM interaction n WHERE n.issue_id = i.id AND n.status = 'PENDING' ORDER BY n.created_at LIMIT 1) asked ON true
    LEFT JOIN LATERAL (SELECT ap.id FROM approval_issue pi JOIN approval ap ON ap.id = pi.approval_id WHERE pi.issue_id = i.id AND ap.status = 'PENDING' AND ap.type <> 'BUDGET_OVERRIDE'
                       -- Of the board, or of those whose work it is: an outsider's link keeps nobody's work waiting.
                       AND (ap.requester_type <> 'AGENT' OR ap.requester_id = i.assignee_id OR ap.requester_id = a.manager_id OR (i.creator_type = 'AGENT' AND ap.requester_id = i.creator_id)) ORDER BY ap.created_at LIMIT 1) waits ON true
    LEFT JOIN agent pa ON p.participant_type = 'AGENT' AND pa.id = p.participant_id AND pa.status NOT IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL')
    LEFT JOIN board_user pu ON p.participant_type = 'USER' AND pu.id = p.participant_id
    LEFT JOIN issue_monitor m ON m.issue_id = i.id AND m.next_check_at IS NOT NULL
    LEFT JOIN recovery_action ra ON ra.issue_id = i.id AND ra.status IN ('ACTIVE', 'ESCALATED')
    LEFT JOIN agent oa ON ra.owner_type = 'AGENT' AND oa.id = ra.owner_id
    LEFT JOIN board_user ou ON ra.owner_type = 'USER' AND ou.id = ra.owner_id
    WHERE i.id = ANY(${ids}::uuid[])`;
}
