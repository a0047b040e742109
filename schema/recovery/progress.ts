import type { Run } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { LivenessState } from '../issue/liveness-rules.ts';
import { judgeProgress, type ProgressFacts } from './rules.ts';

/** Something named that an issue waits for: who left it so has done what could be done. */
const WAITS: ReadonlySet<LivenessState> = new Set(['BLOCKED', 'BLOCKED_STALLED', 'ASKED', 'IN_REVIEW', 'MONITORED', 'WITH_PERSON']);

export interface Traces { progress: ReturnType<typeof judgeProgress>; comments: number }

/** What a run that is over did for its issue, from the rows it wrote. */
export async function readProgress(tx: Tx, run: Run, issue: { status: string; state: LivenessState }): Promise<Traces> {
  const [row] = await tx.$queryRaw<[Omit<ProgressFacts, 'status' | 'issueStatus' | 'waits'>]>`
    SELECT count(*) FILTER (WHERE a.action = 'comment.added' AND a.issue_id = ${run.issueId}::uuid)::int AS comments,
      count(*) FILTER (WHERE a.action = 'issue.created')::int AS children,
      count(*) FILTER (WHERE a.action IN ('issue.blockersSet', 'issue.released', 'issue.monitorSet', 'issue.stageDecided', 'interaction.created')
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
