import type { Workspace } from '../../prisma/generated/client.ts';
import type { Database } from '../../prisma/client.ts';
import { sql } from '../../prisma/sql.ts';
import { HOST_LOST_SEC } from '../run/rules.ts';

export interface DueFinalize { operationId: string; runId: string | null; mode: Workspace['mode']; path: string | null; repoPath: string | null; baseRef: string | null; baseCommit: string | null; branch: string | null }

/** Finalizes that wait for a worker: their run is over. Those of this machine, and of machines that nobody has seen for a minute. */
export function dueFinalizes(db: Database, hostPrefix: string, limit = 20): Promise<DueFinalize[]> {
  return db.query(sql`
    SELECT o.id AS "operationId", o.run_id AS "runId", w.mode, w.path, w.repo_path AS "repoPath", w.base_ref AS "baseRef", w.base_commit AS "baseCommit", w.branch
    FROM workspace_operation o JOIN workspace w ON w.id = o.workspace_id LEFT JOIN run r ON r.id = o.run_id
    WHERE o.status = 'RUNNING' AND o.phase = 'FINALIZE' AND (r.id IS NULL OR (r.status NOT IN ('RUNNING', 'QUEUED', 'SCHEDULED_RETRY')
      AND (r.host_id IS NULL OR starts_with(r.host_id, ${hostPrefix})
        OR NOT EXISTS (SELECT 1 FROM worker x WHERE x.host_id = r.host_id AND x.seen_at > now() - make_interval(secs => ${HOST_LOST_SEC})))))
    ORDER BY o.started_at LIMIT ${limit}`);
}
