import { sql } from '../../prisma/sql.ts';
import { isHeld } from '../hold/holds.ts';
import { batch } from '../shared/loading.ts';
import { satisfied } from '../workspace/gate.ts';
import { type Attention, attentionOf, type BlockerFacts, WALK } from './rules.ts';

/** What the blockers of issues come down to: one statement for all of them. Each id is looked at once for each issue, at its nearest level. */
export const blockerAttention = batch<string, Attention | null>(null, async (db, ids) => {
  const rows = await db.query<BlockerFacts & { startId: string }>(sql`
    SELECT start.id AS "startId", node.* FROM unnest(${ids}::uuid[]) AS start(id)
    CROSS JOIN LATERAL (
      WITH RECURSIVE walk(id, level) AS (
        SELECT b.blocker_id, 1 FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id WHERE b.issue_id = start.id AND NOT ${satisfied('x')}
        UNION SELECT b.blocker_id, walk.level + 1 FROM walk JOIN issue y ON y.id = walk.id AND y.status NOT IN ('DONE', 'CANCELLED')
          JOIN issue_blocker b ON b.issue_id = walk.id JOIN issue x ON x.id = b.blocker_id
        WHERE walk.level < ${WALK.levels}::int AND NOT ${satisfied('x')}),
      seen AS (SELECT w.id, min(w.level) AS level FROM (SELECT id, level FROM walk LIMIT ${WALK.issues}::int) w GROUP BY w.id)
      SELECT x.id, seen.level, x.status, c.prefix || '-' || x.number AS identifier, a.name AS "assigneeName", a.status AS "agentStatus", x.assignee_user_id IS NOT NULL AS "isPersons",
        ARRAY(SELECT b.issue_id::text FROM issue_blocker b WHERE b.blocker_id = x.id AND (b.issue_id = start.id OR b.issue_id IN (SELECT s.id FROM seen s))) AS waiting,
        EXISTS (SELECT 1 FROM issue_blocker b JOIN issue y ON y.id = b.blocker_id WHERE b.issue_id = x.id AND NOT ${satisfied('y')}) AS "hasOpenBlockers",
        (EXISTS (SELECT 1 FROM run r WHERE r.issue_id = x.id AND r.status IN ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING') AND NOT r.answers_only) OR x.holder_run_id IS NOT NULL
          OR EXISTS (SELECT 1 FROM wakeup w WHERE w.issue_id = x.id AND w.status = 'DEFERRED')) AS "isMoving",
        ${isHeld('x')} AS "isHeld",
        (EXISTS (SELECT 1 FROM interaction n WHERE n.issue_id = x.id AND n.status = 'PENDING')
          OR EXISTS (SELECT 1 FROM approval_issue pi JOIN approval ap ON ap.id = pi.approval_id WHERE pi.issue_id = x.id AND ap.status = 'PENDING')
          OR EXISTS (SELECT 1 FROM issue_policy p WHERE p.issue_id = x.id AND p.stage_id IS NOT NULL AND x.status = 'IN_REVIEW')
          OR EXISTS (SELECT 1 FROM issue_monitor m WHERE m.issue_id = x.id AND m.next_check_at IS NOT NULL)
          OR EXISTS (SELECT 1 FROM recovery_action ra WHERE ra.issue_id = x.id AND ra.status IN ('ACTIVE', 'ESCALATED'))) AS "isExpected",
        EXISTS (SELECT 1 FROM issue k WHERE k.parent_id = x.id AND k.status NOT IN ('DONE', 'CANCELLED')) AS "hasOpenChildren",
        EXISTS (SELECT 1 FROM workspace_operation o WHERE o.id = x.last_operation_id AND o.status = 'FAILED') AS "finalizeFailed"
      FROM seen JOIN issue x ON x.id = seen.id JOIN company c ON c.id = x.company_id LEFT JOIN agent a ON a.id = x.assignee_id
      ORDER BY seen.level, x.number) node`);
  const nodes = Map.groupBy(rows, (row) => row.startId);
  return new Map([...nodes].map(([id, found]) => [id, attentionOf(id, found)]));
});
