import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import type { Issue, Run } from '../../../prisma/generated/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { type Tx, write } from '../../../prisma/transaction.ts';
import { livenessFacts, livenessOfIssue } from '../../issue/liveness.ts';
import { type LivenessFacts, livenessOf } from '../../issue/liveness-rules.ts';
import { openAction } from '../actions.ts';
import { carryOut, whatWasSeen } from '../follow-up.ts';
import { followUp, isContinuation, reasonsOf, wasStoppedByHand } from '../rules.ts';
import type { Finding } from '../words.ts';

const BATCH = 500;

/**
 * Agents' open work that nothing moves: its agent is woken once more, and if that led to nothing either, somebody above it is
 * to look. What waits for something that does not move is somebody's to look at as well.
 */
export async function findStranded(db: Database, graceMs: number): Promise<void> {
  const cutoff = new Date(now().getTime() - graceMs);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const found: { id: string }[] = await db.query(sql`
      SELECT i.id FROM issue i JOIN company c ON c.id = i.company_id AND c.status = 'ACTIVE' JOIN agent a ON a.id = i.assignee_id
      WHERE i.status IN ('TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED') AND i.id > ${after}::uuid AND i.updated_at <= ${cutoff}::timestamptz
        AND (a.status NOT IN ('PAUSED', 'PENDING_APPROVAL') OR EXISTS (SELECT 1 FROM issue_blocker b WHERE b.issue_id = i.id))
        AND NOT EXISTS (SELECT 1 FROM recovery_action v WHERE v.issue_id = i.id AND v.status IN ('ACTIVE', 'ESCALATED'))
        AND NOT EXISTS (SELECT 1 FROM subtree_hold_member m WHERE m.issue_id = i.id AND m.is_active)
        AND NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = i.id AND (r.status = 'RUNNING' OR r.finished_at > ${cutoff}::timestamptz))
        AND (a.status = 'TERMINATED' OR NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = i.id AND r.status IN ('QUEUED', 'SCHEDULED_RETRY') AND r.queued_at > ${cutoff}::timestamptz AND NOT r.answers_only))
      ORDER BY i.id LIMIT ${BATCH}::int`);
    const facts = await livenessFacts.read(db, found.map((issue) => issue.id));
    for (const [id, each] of facts) if (each && isStranded(each)) await write(db, (tx) => mend(tx, id));
    const last = found.at(-1);
    if (!last || found.length < BATCH) return;
    after = last.id;
  }
}

/** A paused agent is the board's to resume, and parked work is its to take up: both are as the board left them. */
function isStranded(facts: LivenessFacts): boolean {
  const { stalled, state } = livenessOf(facts);
  return stalled && facts.assigneeId !== null && facts.recoveryId === null && state !== 'AGENT_PAUSED' && state !== 'PARKED';
}

async function mend(tx: Tx, issueId: string): Promise<void> {
  const facts = await livenessOfIssue(tx, issueId);
  if (!facts || !isStranded(facts)) return;
  const live = livenessOf(facts);
  const issue = await tx.issue.findUniqueOrThrow({ where: { id: issueId } });
  const finding = findingOf(facts, live.state);
  if (finding) await openAction(tx, { issue, cause: finding, evidence: { seen: live.text, waitsFor: facts.stalledIdentifier ?? facts.blockerIdentifier } });
  else await wakeOnce(tx, issue);
}

/** What is wrong where another run would mend nothing. */
function findingOf(facts: LivenessFacts, state: string): Finding | null {
  if (state === 'AGENT_TERMINATED' || state === 'AGENT_UNMANAGED') return 'uninvokable_assignee';
  if (state === 'BLOCKED_STALLED') return facts.blockerCancelled ? 'blocked_by_cancelled_issue' : ((facts.stalledWhy as Finding | null) ?? 'blocked_by_unassigned_issue');
  if (facts.openChildren > 0) return 'children_without_owner';
  if (facts.status === 'IN_REVIEW') return facts.reviewerId ? 'invalid_review_participant' : 'in_review_without_action_path';
  return facts.status === 'BLOCKED' ? 'blocked_without_blocker' : null;
}

/** Runs that were cancelled because something else was decided say nothing about the work. */
async function wakeOnce(tx: Tx, issue: Issue): Promise<void> {
  const past = await tx.run.findMany({
    where: { issueId: issue.id, agentId: issue.assigneeId as string, finishedAt: { not: null }, answersOnly: false }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 8,
  });
  const last = past.find((run) => run.status !== 'CANCELLED' || wasStoppedByHand(run) || run.errorCode === 'EXPIRED') ?? null;
  if (last && wasStoppedByHand(last)) {
    await openAction(tx, { issue, cause: 'stopped_by_hand', runId: last.id, evidence: whatWasSeen(last) });
    return;
  }
  const cause = issue.status === 'TODO' ? 'stranded_todo' : 'stranded_in_progress';
  await carryOut(tx, issue, last, followUp({ cause, streak: last && wasTriedAgain(last) ? 1 : 0 }));
}

function wasTriedAgain(run: Run): boolean {
  return isContinuation({ reasons: reasonsOf(run) });
}
