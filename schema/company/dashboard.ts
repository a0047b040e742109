import type { Run } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import { statusCounts } from '../issue/reads.ts';
import { runColumns } from '../run/reads.ts';
import { batch } from '../shared/loading.ts';
import { grouped } from '../shared/listing.ts';
import type { AgentStatus, Priority } from '../shared/values.ts';

/** Each figure of the dashboard is one statement over the tables as they are: it cannot drift from them. */
export const companyStatusCounts = statusCounts(sql`i.company_id`);

export const agentCounts = batch<string, Partial<Record<AgentStatus, number>>>({}, async (db, ids) => {
  const rows = await db.query<{ id: string; status: AgentStatus; count: number }>(sql`
    SELECT a.company_id AS id, a.status, count(*)::int AS count FROM agent a WHERE a.company_id = ANY(${ids}::uuid[]) GROUP BY 1, 2`);
  const found = new Map<string, Partial<Record<AgentStatus, number>>>();
  for (const { id, status, count } of rows) found.set(id, { ...found.get(id), [status]: count });
  return found;
});

export const openByPriority = batch<string, Partial<Record<Priority, number>>>({}, async (db, ids) => {
  const rows = await db.query<{ id: string; priority: Priority; count: number }>(sql`
    SELECT i.company_id AS id, i.priority, count(*)::int AS count FROM issue i
    WHERE i.company_id = ANY(${ids}::uuid[]) AND i.status NOT IN ('DONE', 'CANCELLED') GROUP BY 1, 2`);
  const found = new Map<string, Partial<Record<Priority, number>>>();
  for (const { id, priority, count } of rows) found.set(id, { ...found.get(id), [priority]: count });
  return found;
});

export interface RunDay {
  date: Date;
  succeeded: number;
  failed: number;
  other: number;
}

/** Finished runs of the last days (UTC), one row a day, empty days included, today last. */
export function runsByDay(days: number) {
  return grouped<RunDay>((ids) => sql`
    SELECT company.id AS "__parent", day::date AS date,
           (count(r.id) FILTER (WHERE r.status = 'SUCCEEDED'))::int AS succeeded,
           (count(r.id) FILTER (WHERE r.status IN ('FAILED', 'TIMED_OUT')))::int AS failed,
           (count(r.id) FILTER (WHERE r.status IN ('CANCELLED', 'INTERRUPTED')))::int AS other
    FROM unnest(${ids}::uuid[]) AS company(id)
    CROSS JOIN generate_series((now() AT TIME ZONE 'UTC')::date - ${days - 1}::int, (now() AT TIME ZONE 'UTC')::date, interval '1 day') AS day
    LEFT JOIN run r ON r.company_id = company.id AND r.created_at >= day AT TIME ZONE 'UTC' AND r.created_at < (day + interval '1 day') AT TIME ZONE 'UTC'
    GROUP BY 1, 2 ORDER BY 1, 2`);
}

export function runsInStatus(statuses: string[], most: number) {
  return grouped<Run>((ids) => sql`
    SELECT parent.id AS "__parent", x.* FROM unnest(${ids}::uuid[]) AS parent(id)
    CROSS JOIN LATERAL (SELECT ${runColumns} FROM run r WHERE r.company_id = parent.id AND r.status = ANY(${statuses}::run_status[]) ORDER BY r.created_at DESC, r.id DESC LIMIT ${most}) x`);
}

/** The first moment of this month, UTC. */
export function monthStart(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}
