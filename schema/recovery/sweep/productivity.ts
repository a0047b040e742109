import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import type { RecoveryAction } from '../../../prisma/generated/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { type Tx, write } from '../../../prisma/transaction.ts';
import { openAction } from '../actions.ts';
import { evidenceOf } from '../evidence.ts';
import { judgeProductivity, PRODUCTIVITY, type Productivity } from '../rules.ts';
import type { Finding } from '../words.ts';

interface Busy extends Productivity { issueId: string }

const HOUR = 3_600_000;
const BATCH = 200;

/** Issues that agents have worked on in the last six hours, and how. Only those that were run often, or are run for long, are counted out. */
function busyIssues(at: Date, ids: string[] | null) {
  const sixHoursAgo = new Date(at.getTime() - PRODUCTIVITY.activeMs);
  return sql`
    SELECT b.issue_id AS "issueId", b.hour AS "runsInHour", b.six AS "runsInSixHours", coalesce(b.active, 0)::float8 AS "activeMs",
      (SELECT count(*)::int FROM (
        SELECT bool_and(NOT x.commented) OVER (ORDER BY x.created_at DESC, x.id DESC) AS silent FROM (
          SELECT r.id, r.created_at, EXISTS (SELECT 1 FROM comment k WHERE k.issue_id = r.issue_id AND k.run_id = r.id) AS commented
          FROM run r WHERE r.issue_id = b.issue_id AND NOT r.answers_only AND r.started_at IS NOT NULL AND r.finished_at IS NOT NULL
          ORDER BY r.created_at DESC, r.id DESC LIMIT ${PRODUCTIVITY.silentRuns}::int) x) y WHERE y.silent) AS "runsWithoutComment"
    FROM (
      SELECT r.issue_id, count(*) FILTER (WHERE r.created_at > ${new Date(at.getTime() - HOUR)}::timestamptz)::int AS hour, count(*) FILTER (WHERE r.created_at > ${sixHoursAgo}::timestamptz)::int AS six,
        max(extract(epoch FROM ${at}::timestamptz - r.started_at) * 1000) FILTER (WHERE r.status = 'RUNNING') AS active
      FROM (SELECT r.id FROM company c JOIN run r ON r.company_id = c.id AND r.created_at > ${sixHoursAgo}::timestamptz WHERE c.status = 'ACTIVE'
            UNION SELECT r.id FROM run r WHERE r.status = 'RUNNING') recent JOIN run r ON r.id = recent.id
      WHERE r.issue_id IS NOT NULL AND r.started_at IS NOT NULL AND (${ids}::uuid[] IS NULL OR r.issue_id = ANY(${ids}::uuid[]))
      GROUP BY r.issue_id) b JOIN issue i ON i.id = b.issue_id
    WHERE i.status IN ('TODO', 'IN_PROGRESS') AND i.assignee_id IS NOT NULL
    ORDER BY b.issue_id LIMIT ${BATCH}::int`;
}

/** Work that is run often, or for long, and shows nothing for it, is somebody's to look at. */
export async function reviewProductivity(db: Database): Promise<void> {
  const at = now();
  for (const issue of await db.query<Busy>(busyIssues(at, null))) {
    if (judgeProductivity(issue)) await write(db, (tx) => review(tx, issue.issueId, at));
  }
}

async function review(tx: Tx, issueId: string, at: Date): Promise<void> {
  const [busy] = await tx.$queryRaw<Busy[]>(busyIssues(at, [issueId]));
  const finding = busy && (judgeProductivity(busy) as Finding | null);
  if (!busy || !finding) return;
  const earlier = await tx.recoveryAction.findMany({ where: { issueId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 20 });
  const open = earlier.find((action) => action.status === 'ACTIVE' || action.status === 'ESCALATED');
  const { issueId: _, ...seen } = busy;
  if (open) return refresh(tx, open, { ...seen }, at);
  const reviews = earlier.filter((action) => action.kind === 'PRODUCTIVITY_REVIEW');
  if (!mayAsk(reviews, at)) return;
  await openAction(tx, { issue: await tx.issue.findUniqueOrThrow({ where: { id: issueId } }), cause: finding, evidence: { ...seen } });
}

/** One review a day, none within six hours of the answer to the last, and none after three that nobody did anything about. */
function mayAsk(newestFirst: RecoveryAction[], at: Date): boolean {
  const [last] = newestFirst;
  if (!last) return true;
  if (at.getTime() - last.createdAt.getTime() < PRODUCTIVITY.everyMs) return false;
  if (last.resolvedAt && at.getTime() - last.resolvedAt.getTime() < PRODUCTIVITY.snoozeMs) return false;
  const idle = newestFirst.slice(0, PRODUCTIVITY.idleMax);
  return idle.length < PRODUCTIVITY.idleMax || idle.some((action) => action.outcome !== 'FALSE_POSITIVE' && action.outcome !== 'CANCELLED');
}

/** What is seen is kept up to date, once an hour and three times at most. */
async function refresh(tx: Tx, open: RecoveryAction, seen: Record<string, unknown>, at: Date): Promise<void> {
  if (open.kind !== 'PRODUCTIVITY_REVIEW' || open.attempts >= PRODUCTIVITY.refreshesMax) return;
  const due = open.createdAt.getTime() + (open.attempts + 1) * PRODUCTIVITY.refreshMs;
  if (at.getTime() < due) return;
  await tx.recoveryAction.update({ where: { id: open.id }, data: { evidence: evidenceOf(seen), attempts: { increment: 1 } } });
}
