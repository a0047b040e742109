import type { Database } from '../../../prisma/client.ts';
import type { RecoveryAction } from '../../../prisma/generated/client.ts';
import type { RecoveryOutcome } from '../../../prisma/generated/enums.ts';
import { type Sql, sql } from '../../../prisma/sql.ts';
import { type Tx, write } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { livenessOfIssue } from '../../issue/liveness.ts';
import { livenessOf } from '../../issue/liveness-rules.ts';
import { closeAction, openActionOn } from '../actions.ts';

const BATCH = 500;

/** What happens by itself, and what is only said: no reason to believe that somebody mended something. */
const PASSING = [
  'comment.added', 'agent.woken', 'run.queued', 'run.started', 'run.finished', 'run.cancelRequested', 'issue.checkedOut', 'issue.unlocked', 'cost.reported',
  'recovery.opened', 'recovery.escalated', 'recovery.resolved', 'watchdog.decided', 'inbox.read', 'inbox.archived',
];

/** Somebody changed the issue for good after the action was opened. Ids of both count up with time. */
const changed = (issue: Sql): Sql => sql`EXISTS (SELECT 1 FROM activity a WHERE a.issue_id = ${issue} AND a.id > v.id AND a.actor_type <> 'SYSTEM' AND a.action <> ALL(${PASSING}))`;

interface Candidate { id: string; issueId: string }

/** Closes actions that are overtaken: a snapshot of trouble that has passed helps nobody. */
export async function foldActions(db: Database): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const open: Candidate[] = await db.query(sql`
      SELECT v.id, v.issue_id AS "issueId" FROM recovery_action v WHERE v.status IN ('ACTIVE', 'ESCALATED') AND v.id > ${after}::uuid ORDER BY v.id LIMIT ${BATCH}::int`);
    const overtaken = new Set((await db.query<{ id: string }>(overtakenAmong(open.map((action) => action.id)))).map((row) => row.id));
    for (const { id, issueId } of open) if (overtaken.has(id)) await write(db, (tx) => fold(tx, issueId));
    const last = open.at(-1);
    if (!last || open.length < BATCH) return;
    after = last.id;
  }
}

/** Those that may be: decided again, one by one, in `fold`. */
function overtakenAmong(ids: string[]): Sql {
  return sql`
    SELECT v.id FROM recovery_action v JOIN issue i ON i.id = v.issue_id LEFT JOIN run r ON r.id = v.run_id LEFT JOIN issue m ON m.id = v.recovery_issue_id
    WHERE v.id = ANY(${ids}::uuid[]) AND (i.status IN ('DONE', 'CANCELLED') OR i.assignee_id IS NULL OR m.status IN ('DONE', 'CANCELLED')
      OR (v.kind = 'SILENT_RUN' AND (r.status IS DISTINCT FROM 'RUNNING' OR EXISTS (SELECT 1 FROM run_log l WHERE l.run_id = r.id AND l.seq > coalesce((v.evidence->>'lastSeq')::int, 0))))
      OR v.kind = 'GRAPH_LIVENESS'
      OR (v.kind = 'CONFIGURATION_VALIDATION' AND EXISTS (
        SELECT 1 FROM activity a WHERE a.agent_id = i.assignee_id AND a.id > v.id AND a.actor_type <> 'SYSTEM' AND a.action IN ('agent.updated', 'agent.resumed')))
      OR (v.kind NOT IN ('SILENT_RUN', 'PRODUCTIVITY_REVIEW') AND v.recovery_issue_id IS NULL AND ${changed(sql`i.id`)}))`;
}

async function fold(tx: Tx, issueId: string): Promise<void> {
  const action = await openActionOn(tx, issueId);
  if (!action) return;
  const verdict = await verdictOn(tx, action);
  if (verdict) await closeAction(tx, SYSTEM, action, verdict.outcome, verdict.note);
}

async function verdictOn(tx: Tx, action: RecoveryAction): Promise<{ outcome: RecoveryOutcome; note: string } | null> {
  const facts = await livenessOfIssue(tx, action.issueId);
  if (!facts) return null;
  if (facts.status === 'DONE') return { outcome: 'OWNER_COMPLETED', note: 'The issue was finished meanwhile.' };
  if (facts.status === 'CANCELLED') return { outcome: 'CANCELLED', note: 'The issue was cancelled meanwhile.' };
  if (!facts.assigneeId) return { outcome: 'DELEGATED', note: facts.userId ? 'A person has it now.' : 'Nobody has it now.' };
  if (action.recoveryIssueId) return mendedBy(tx, action.recoveryIssueId);
  if (action.kind === 'SILENT_RUN') return { outcome: 'FALSE_POSITIVE', note: 'The run has ended or spoken since.' };
  if (action.kind === 'PRODUCTIVITY_REVIEW') return null;
  const moves = !livenessOf({ ...facts, recoveryId: null }).stalled;
  if (action.kind === 'GRAPH_LIVENESS' && !moves && !(await changedSince(tx, action))) return null;
  return { outcome: 'RESTORED', note: moves ? 'It moves again.' : 'It was changed since; what is wrong with it now is looked for anew.' };
}

/** Work of its own mends it: its end is the end of this, also where it was called off together with others. */
async function mendedBy(tx: Tx, issueId: string): Promise<{ outcome: RecoveryOutcome; note: string } | null> {
  const mending = await tx.issue.findUnique({ where: { id: issueId }, select: { status: true } });
  if (mending?.status === 'DONE') return { outcome: 'RESTORED', note: 'What was filed to mend it was finished.' };
  return mending?.status === 'CANCELLED' ? { outcome: 'CANCELLED', note: 'What was filed to mend it was cancelled.' } : null;
}

async function changedSince(tx: Tx, action: RecoveryAction): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(sql`SELECT 1 FROM recovery_action v WHERE v.id = ${action.id}::uuid AND ${changed(sql`v.issue_id`)}`);
  return rows.length > 0;
}
