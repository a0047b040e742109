import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';

/** Writes down, before it is done, that another start will be made and where. False: the run is no longer this worker's. */
export async function recordIntent(db: Database, run: { runId: string; leaseToken: number; execution: Record<string, unknown> }): Promise<boolean> {
  const rows = await db.query(sql`
    UPDATE run SET execution = ${JSON.stringify(run.execution)}::jsonb
    WHERE id = ${run.runId}::uuid AND lease_token = ${run.leaseToken} AND status = 'RUNNING' RETURNING id`);
  return rows.length > 0;
}

export interface StartRecord {
  runId: string;
  leaseToken: number;
  pid: number | null;
  /** The whole of it: replaces what was written at the claim. */
  execution: Record<string, unknown>;
  /** Command, arguments, folder, names of variables: for people, without secrets. */
  invocation: Record<string, unknown>;
  sessionBefore: string | null;
  message: string;
}

/** Writes down what was started. Refused to a worker that lost the run meanwhile; true where it was stored. */
export async function recordStart(db: Database, start: StartRecord): Promise<boolean> {
  const rows = await db.query(sql`
    WITH started AS (
      UPDATE run SET pid = ${start.pid}::int, execution = ${JSON.stringify(start.execution)}::jsonb, invocation = ${JSON.stringify(start.invocation)}::jsonb,
        session_before = ${start.sessionBefore}
      WHERE id = ${start.runId}::uuid AND lease_token = ${start.leaseToken} AND status = 'RUNNING' RETURNING id),
    noted AS (INSERT INTO run_event (run_id, kind, message) SELECT id, 'started', ${start.message} FROM started)
    SELECT id FROM started`);
  db.bus.poke(`run:${start.runId}`);
  return rows.length > 0;
}
