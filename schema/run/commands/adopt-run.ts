import type { Run } from '../../../prisma/generated/client.ts';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { HOST_LOST_SEC, LEASE_SEC } from '../rules.ts';
import type { WorkerIdentity } from './renew-leases.ts';

/** A running run that this worker does not supervise, and what is known of the worker that does. */
export interface Orphan extends Pick<Run, 'id' | 'leaseToken' | 'hostId'> {
  hasLapsed: boolean;
  workerPid: number | null;
  workerStart: string | null;
  /** No worker of that host was seen for a minute. */
  isHostSilent: boolean;
}

/** Running runs of other workers that may need somebody: those of this machine, and any whose lease has lapsed. */
export function orphanedRuns(db: Database, worker: WorkerIdentity, hostPrefix: string): Promise<Orphan[]> {
  return db.query(sql`
    SELECT r.id, r.lease_token AS "leaseToken", r.host_id AS "hostId", r.lease_expires_at < now() AS "hasLapsed",
      w.pid AS "workerPid", w.process_start AS "workerStart",
      NOT EXISTS (SELECT 1 FROM worker x WHERE x.host_id = r.host_id AND x.seen_at > now() - make_interval(secs => ${HOST_LOST_SEC})) AS "isHostSilent"
    FROM run r LEFT JOIN worker w ON w.id = r.worker_id
    WHERE r.status = 'RUNNING' AND r.worker_id IS DISTINCT FROM ${worker.id}::uuid
      AND (r.lease_expires_at < now() OR starts_with(r.host_id, ${hostPrefix}))
    ORDER BY r.id`);
}

/**
 * Takes a run over. The lease token moves on, so that every later write of the former worker is refused. One statement, by
 * the token that was seen: of rivals one gets it.
 */
export async function adoptRun(db: Database, worker: WorkerIdentity, orphan: Pick<Orphan, 'id' | 'leaseToken'>): Promise<number | null> {
  const [row] = await db.query<{ leaseToken: number }>(sql`
    WITH taken AS (
      UPDATE run SET worker_id = ${worker.id}::uuid, host_id = ${worker.hostId}, lease_token = lease_token + 1,
        lease_expires_at = now() + make_interval(secs => ${LEASE_SEC})
      WHERE id = ${orphan.id}::uuid AND lease_token = ${orphan.leaseToken} AND status = 'RUNNING'
      RETURNING id, lease_token),
    noted AS (
      INSERT INTO run_event (run_id, kind, message, data)
      SELECT id, 'adopted', 'Another worker took the run over.', jsonb_build_object('workerId', ${worker.id}::text) FROM taken)
    SELECT lease_token AS "leaseToken" FROM taken`);
  if (!row) return null;
  db.bus.poke(`run:${orphan.id}`);
  return row.leaseToken;
}
