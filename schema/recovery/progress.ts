import { now } from '../../prisma/clock.ts';
import type { Run } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { LivenessState } from '../issue/liveness-rules.ts';
import { judgeProgress, PRODUCTIVE, type ProgressFacts } from './rules.ts';

/** Something named that an issue waits for: who left it so has done what could be done. */
const WAITS: ReadonlySet<LivenessState> = new Set(['BLOCKED', 'BLOCKED_STALLED', 'ASKED', 'IN_REVIEW', 'MONITORED', 'WITH_PERSON']);

export interface Traces { progress: ReturnType<typeof judgeProgress>; comments: number }

/** What a run that is over did for its issue, from the rows it wrote. */
export async function readProgress(tx: Tx, run: Run, issue: { status: string; state: LivenessState }): Promise<Traces> {
  const [row] = await tx.$queryRaw<[Omit<ProgressFacts, 'status' | 'issueStatus' | 'waits'>]>`
    SELECT count(*) FILTER (WHERE a.action = 'comment.added' AND a.issue_id = ${run.issueId}::uuid)::int AS comments,
      count(*) FILTER (WHERE a.action = 'issue.created')::int AS children,
      count(*) FILTER (WHERE a.action IN ('issue.blockersSet', 'issue.released', 'issue.monitorSet', 'issue.stageDecided', 'interaction.created', 'approval.requested', 'approval.resubmitted')
        OR (a.action = 'issue.updated' AND (a.details ? 'to' OR a.details->'changed' ?| ARRAY['assigneeId', 'assigneeUserId'])))::int AS moves,
      (SELECT coalesce(array_agg(DISTINCT d.key), '{}') FROM document d JOIN document_revision v ON v.document_id = d.id
       WHERE d.issue_id = ${run.issueId}::uuid AND v.run_id = ${run.id}::uuid AND NOT d.is_system) AS "documentKeys",
      (SELECT count(*)::int FROM work_product p WHERE p.issue_id = ${run.issueId}::uuid AND p.run_id = ${run.id}::uuid) AS "workProducts",
      (SELECT count(*)::int FROM activity w WHERE w.issue_id = ${run.issueId}::uuid AND w.action = 'workspace.finalized'
       AND w.details->>'runId' = ${run.id} AND w.details->>'hasCommits' = 'true') AS commits
    FROM activity a WHERE a.run_id = ${run.id}::uuid`;
  const facts: ProgressFacts = { ...row, status: run.status, issueStatus: issue.status, waits: WAITS.has(issue.state) };
  return { progress: judgeProgress(facts), comments: row.comments };
}

/** The run's agent commented or attached something to its issue within the last half hour. What a run on the cheap lane reports is no work. */
export async function ownerSpoke(tx: Tx, run: Run): Promise<boolean> {
  const since = new Date(now().getTime() - PRODUCTIVE.wordMs);
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM (
      SELECT k.run_id FROM comment k WHERE k.issue_id = ${run.issueId}::uuid AND k.created_at > ${since}::timestamptz AND k.author_type = 'AGENT' AND k.author_id = ${run.agentId}::uuid
      UNION ALL
      SELECT f.run_id FROM attachment f WHERE f.issue_id = ${run.issueId}::uuid AND f.created_at > ${since}::timestamptz AND f.uploader_type = 'AGENT' AND f.uploader_id = ${run.agentId}::uuid) said
    LEFT JOIN run r ON r.id = said.run_id WHERE r.model_lane IS DISTINCT FROM 'CHEAP' LIMIT 1`;
  return rows.length > 0;
}
