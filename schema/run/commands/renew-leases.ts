import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { LEASE_SEC } from '../rules.ts';

export interface WorkerIdentity {
  id: string;
  hostId: string;
  pid: number;
  processStart: string;
}

export interface HeldRun { id: string; leaseToken: number; cancelRequestedAt: Date | null; cancelReason: string | null }

/** Makes a worker known, so that others can tell the living from the dead. */
export async function registerWorker(db: Database, { id, hostId, pid, processStart }: WorkerIdentity): Promise<void> {
  await db.query(sql`
    INSERT INTO worker (id, host_id, pid, process_start) VALUES (${id}::uuid, ${hostId}, ${pid}, ${processStart})
    ON CONFLICT (id) DO UPDATE SET seen_at = now()`);
}

/** Says that the worker lives and renews the leases of all its runs in one statement. Returns the runs it still has. */
export function renewLeases(db: Database, worker: WorkerIdentity): Promise<HeldRun[]> {
  return db.query(sql`
    WITH me AS (
      INSERT INTO worker (id, host_id, pid, process_start) VALUES (${worker.id}::uuid, ${worker.hostId}, ${worker.pid}, ${worker.processStart})
      ON CONFLICT (id) DO UPDATE SET seen_at = now())
    UPDATE run SET lease_expires_at = now() + make_interval(secs => ${LEASE_SEC})
    WHERE worker_id = ${worker.id}::uuid AND status = 'RUNNING'
    RETURNING id, lease_token AS "leaseToken", cancel_requested_at AS "cancelRequestedAt", cancel_reason AS "cancelReason"`);
}

/** Those of a worker's runs that are to be cancelled: asked when the queue was poked, so that a cancel need not wait for the renewal. */
export function cancelsAsked(db: Database, workerId: string): Promise<HeldRun[]> {
  return db.query(sql`
    SELECT id, lease_token AS "leaseToken", cancel_requested_at AS "cancelRequestedAt", cancel_reason AS "cancelReason"
    FROM run WHERE worker_id = ${workerId}::uuid AND status = 'RUNNING' AND cancel_requested_at IS NOT NULL`);
}

/** A worker that stopped cleanly has no runs left and needs no row. */
export async function forgetWorker(db: Database, workerId: string): Promise<void> {
  await db.query(sql`DELETE FROM worker WHERE id = ${workerId}::uuid`);
}

/** Rows of workers that have been silent for long and have no runs. */
export async function forgetSilentWorkers(db: Database): Promise<void> {
  await db.query(sql`
    DELETE FROM worker w WHERE w.seen_at < now() - interval '1 hour' AND NOT EXISTS (SELECT 1 FROM run r WHERE r.worker_id = w.id AND r.status = 'RUNNING')`);
}
