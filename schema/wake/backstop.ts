import type { Database } from '../../prisma/client.ts';
import { sql } from '../../prisma/sql.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { releaseFinishedHolds } from '../hold/commands/release-subtree.ts';
import { isHeld } from '../hold/holds.ts';
import { openBlockerIds } from '../issue/blocking.ts';
import { resolvedKey, wakeUnblocked } from '../issue/commands/after-move.ts';
import { satisfied } from '../workspace/gate.ts';
import { promoteDeferred } from './promote.ts';

const BATCH = 500;

/**
 * Finds what should have been woken by an event and was not: a worker may have been killed between two transactions, or a
 * row changed by hand. Each is decided again in its own transaction; twice does no harm.
 */
export async function sweepWakes(db: Database): Promise<void> {
  for (const issueId of await idsOf(db, unblocked)) {
    await write(db, async (tx) => {
      const issue = await tx.issue.findUnique({ where: { id: issueId } });
      if (issue && (await openBlockerIds(tx, issueId)).length === 0) await wakeUnblocked(tx, SYSTEM, issue, await resolvedKey(tx, issueId));
    });
  }
  for (const issueId of await idsOf(db, leftDeferred)) await write(db, (tx) => promoteDeferred(tx, issueId));
  for (const issueId of await idsOf(db, heldForNothing)) await write(db, (tx) => releaseFinishedHolds(tx, issueId));
}

async function idsOf(db: Database, statement: ReturnType<typeof sql>): Promise<string[]> {
  return (await db.query<{ id: string }>(statement)).map((row) => row.id);
}

/** All blockers done, and its agent has heard nothing since the last of them was. */
const unblocked = sql`
  SELECT i.id FROM issue i
    JOIN LATERAL (SELECT max(greatest(x.completed_at, o.finished_at)) AS at, bool_and(${satisfied('x')}) AS all_done
      FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id LEFT JOIN workspace_operation o ON o.id = x.last_operation_id WHERE b.issue_id = i.id) freed ON freed.all_done
  WHERE i.status IN ('TODO', 'IN_PROGRESS', 'BLOCKED') AND i.assignee_id IS NOT NULL AND NOT ${isHeld('i')}
    AND NOT EXISTS (SELECT 1 FROM wakeup w WHERE w.issue_id = i.id AND w.agent_id = i.assignee_id AND w.requested_at >= freed.at)
    AND NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = i.id AND r.status IN ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING'))
  LIMIT ${BATCH}`;

const leftDeferred = sql`
  SELECT DISTINCT w.issue_id AS id FROM wakeup w WHERE w.status = 'DEFERRED' AND w.issue_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = w.issue_id AND r.status IN ('QUEUED', 'RUNNING')) LIMIT ${BATCH}`;

const heldForNothing = sql`
  SELECT h.root_issue_id AS id FROM subtree_hold h WHERE h.released_at IS NULL AND h.release = 'AFTER_ACTIVE_RUNS_FINISH'
    AND NOT EXISTS (SELECT 1 FROM subtree_hold_member m JOIN run r ON r.issue_id = m.issue_id WHERE m.hold_id = h.id AND r.status = 'RUNNING') LIMIT ${BATCH}`;
