import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';

export interface DueHeartbeat { agentId: string; dueAt: Date | null }

const BATCH = 100;

/** Agents whose timer has run out, of active companies. One statement on a partial index; nothing when no timer is set. */
export function dueHeartbeats(db: Database): Promise<DueHeartbeat[]> {
  return db.query(sql`
    SELECT a.id AS "agentId", a.next_heartbeat_at AS "dueAt" FROM agent a JOIN company c ON c.id = a.company_id
    WHERE a.heartbeat_enabled AND (a.next_heartbeat_at IS NULL OR a.next_heartbeat_at <= ${now()}::timestamptz)
      AND a.status NOT IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL') AND c.status = 'ACTIVE'
    ORDER BY a.next_heartbeat_at LIMIT ${BATCH}`);
}

/** When the next heartbeat falls due, where that is within the next minute. */
export async function nextHeartbeat(db: Database): Promise<Date | null> {
  const [row] = await db.query<{ at: Date | null }>(sql`
    SELECT min(a.next_heartbeat_at) AS at FROM agent a JOIN company c ON c.id = a.company_id
    WHERE a.heartbeat_enabled AND a.next_heartbeat_at BETWEEN ${now()}::timestamptz AND ${now()}::timestamptz + interval '1 minute'
      AND a.status NOT IN ('PAUSED', 'TERMINATED', 'PENDING_APPROVAL') AND c.status = 'ACTIVE'`);
  return row?.at ?? null;
}

/**
 * Sets the timer anew and asks for a run. It is due only once: whoever comes second finds another time there. An agent
 * without open work is not run: the wake is stored as skipped, and costs nothing.
 */
export async function beatHeart(tx: Tx, { agentId, dueAt }: DueHeartbeat): Promise<void> {
  const moved = await tx.$executeRaw`
    UPDATE agent SET next_heartbeat_at = ${now()}::timestamptz + make_interval(secs => heartbeat_interval_sec)
    WHERE id = ${agentId}::uuid AND heartbeat_enabled AND next_heartbeat_at IS NOT DISTINCT FROM ${dueAt}::timestamptz`;
  if (moved === 0 || dueAt === null) return;
  await enqueueWake(tx, SYSTEM, { agentId, source: 'TIMER', reason: 'heartbeat_timer' });
}
