import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { type Tx, write } from '../../../prisma/transaction.ts';
import { recordRunEvents } from '../../run/commands/record-event.ts';
import { openAction, openActionOn } from '../actions.ts';
import { redacted, tailOf } from '../evidence.ts';
import { judgeSilence, type Silence, SILENCE } from '../rules.ts';

interface Quiet { id: string; issueId: string | null; number: number; lastWordAt: Date; lastSeq: number; quietUntil: Date | null; isDismissed: boolean }

const BATCH = 200;

/** When a run last said something follows from its log, whose end is found by its key; nothing is written for each line. */
function quietRuns(at: Date, ids: string[] | null) {
  return sql`
    SELECT r.id, r.issue_id AS "issueId", r.number, coalesce(l.at, r.started_at) AS "lastWordAt", coalesce(l.seq, 0) AS "lastSeq", d.quiet_until AS "quietUntil",
      coalesce(d.verdict = 'DISMISSED_FALSE_POSITIVE', false) AS "isDismissed"
    FROM run r
      LEFT JOIN LATERAL (SELECT x.seq, x.at FROM run_log x WHERE x.run_id = r.id ORDER BY x.seq DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (SELECT y.verdict, y.quiet_until FROM watchdog_decision y WHERE y.run_id = r.id ORDER BY y.created_at DESC, y.id DESC LIMIT 1) d ON true
    WHERE r.status = 'RUNNING' AND (${ids}::uuid[] IS NULL OR r.id = ANY(${ids}::uuid[]))
      AND coalesce(l.at, r.started_at) <= ${new Date(at.getTime() - SILENCE.suspiciousMs)}::timestamptz
    ORDER BY r.id LIMIT ${BATCH}::int`;
}

/** Runs that have said nothing for an hour are somebody's to look at, after four hours the board's. */
export async function findSilentRuns(db: Database): Promise<void> {
  const at = now();
  for (const run of await db.query<Quiet>(quietRuns(at, null))) {
    if (judgeSilence({ ...run, now: at })) await write(db, (tx) => ask(tx, run.id, at));
  }
}

async function ask(tx: Tx, runId: string, at: Date): Promise<void> {
  const [run] = await tx.$queryRaw<Quiet[]>(quietRuns(at, [runId]));
  const silence = run && judgeSilence({ ...run, now: at });
  if (!run || !silence) return;
  if (!run.issueId) return note(tx, run, silence);
  const open = await openActionOn(tx, run.issueId);
  const cause = silence === 'critical' ? 'critical_silence' : 'suspicious_silence';
  // One question about one run: only that it has become worse is news.
  if (open && (open.runId !== run.id || open.cause === cause || open.kind !== 'SILENT_RUN')) return;
  // Blocked because of this very run: that was the answer.
  if (await tx.recoveryAction.findFirst({ where: { issueId: run.issueId, kind: 'SILENT_RUN', runId: run.id, outcome: 'BLOCKED' }, select: { id: true } })) return;
  const issue = await tx.issue.findUniqueOrThrow({ where: { id: run.issueId } });
  await openAction(tx, { issue, cause, runId: run.id, evidence: { runNumber: run.number, lastWordAt: run.lastWordAt, lastSeq: run.lastSeq, tail: await lastWords(tx, run) } });
}

/** A heartbeat has no issue to hang an action on: its own page says it, once for each step. */
async function note(tx: Tx, run: Quiet, silence: Silence): Promise<void> {
  const kind = `silence_${silence}`;
  if (await tx.runEvent.findFirst({ where: { runId: run.id, kind }, select: { id: true } })) return;
  await recordRunEvents(tx, run.id, [{ kind, message: `It has said nothing since ${run.lastWordAt.toISOString()}.` }]);
}

async function lastWords(tx: Tx, { id }: Quiet): Promise<string> {
  const chunks = await tx.runLog.findMany({ where: { runId: id }, orderBy: { seq: 'desc' }, take: 8, select: { text: true } });
  return redacted(tailOf(chunks.reverse().map((chunk) => chunk.text).join(''), SILENCE.tailBytes));
}
