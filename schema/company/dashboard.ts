import type { Run } from '../../prisma/generated/client.ts';
import { rawSql, sql } from '../../prisma/sql.ts';
import type { StatusCounts } from '../issue/reads.ts';
import { OPEN_STATUSES } from '../issue/rules.ts';
import { runColumns } from '../run/reads.ts';
import { type Batch, batch } from '../shared/loading.ts';
import { grouped } from '../shared/listing.ts';
import type { AgentStatus, IssueStatus, Priority, RunStatus } from '../shared/values.ts';

// Figures are computed from the tables as they are: they cannot drift from them.

/** The issues of a company, told apart by what the dashboard counts: one walk over them serves all its figures. */
export const issueTally = grouped<{ status: IssueStatus; priority: Priority; count: number }>((ids) => sql`
  SELECT i.company_id AS "__parent", i.status, i.priority, count(*)::int AS count FROM issue i WHERE i.company_id = ANY(${ids}::uuid[]) GROUP BY 1, 2, 3`);

type Tally = Awaited<ReturnType<typeof issueTally.read>> extends Map<string, infer Rows> ? Rows : never;

export function countsByStatus(tally: Tally): StatusCounts {
  const counts: StatusCounts = {};
  for (const { status, count } of tally) counts[status] = (counts[status] ?? 0) + count;
  return counts;
}

export function openByPriority(tally: Tally): Partial<Record<Priority, number>> {
  const counts: Partial<Record<Priority, number>> = {};
  for (const { status, priority, count } of tally) if (OPEN_STATUSES.includes(status)) counts[priority] = (counts[priority] ?? 0) + count;
  return counts;
}

export const agentCounts = batch<string, Partial<Record<AgentStatus, number>>>({}, async (db, ids) => {
  const rows = await db.query<{ id: string; status: AgentStatus; count: number }>(sql`
    SELECT a.company_id AS id, a.status, count(*)::int AS count FROM agent a WHERE a.company_id = ANY(${ids}::uuid[]) GROUP BY 1, 2`);
  const found = new Map<string, Partial<Record<AgentStatus, number>>>();
  for (const { id, status, count } of rows) found.set(id, { ...found.get(id), [status]: count });
  return found;
});

export interface RunDay {
  date: Date;
  succeeded: number;
  failed: number;
  other: number;
}

const DAY_MS = 86_400_000;

/** Finished runs of the last days (UTC), one row a day, empty days included, today last. */
export function runsByDay(days: number): Batch<string, RunDay[]> {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const dates = Array.from({ length: days }, (_, i) => new Date(today - (days - 1 - i) * DAY_MS));
  const empty = dates.map((date) => ({ date, succeeded: 0, failed: 0, other: 0 }));
  return batch<string, RunDay[]>(empty, async (db, ids) => {
    const rows = await db.query<RunDay & { id: string }>(sql`
      SELECT r.company_id AS id, (r.created_at AT TIME ZONE 'UTC')::date AS date,
             (count(*) FILTER (WHERE r.status = 'SUCCEEDED'))::int AS succeeded,
             (count(*) FILTER (WHERE r.status IN ('FAILED', 'TIMED_OUT')))::int AS failed,
             (count(*) FILTER (WHERE r.status IN ('CANCELLED', 'INTERRUPTED')))::int AS other
      FROM run r WHERE r.company_id = ANY(${ids}::uuid[]) AND r.created_at >= ${dates[0]} GROUP BY 1, 2`);
    const found = new Map(ids.map((id) => [id, [...empty]]));
    for (const { id, ...day } of rows) {
      const at = Math.round((day.date.getTime() - (dates[0] as Date).getTime()) / DAY_MS);
      if (at < days) (found.get(id) as RunDay[])[at] = day;
    }
    return found;
  });
}

/** Runs in one of these statuses, newest first. The statuses stand in the text: only so can indexes for single statuses serve. */
export function runsInStatus(statuses: RunStatus[], most: number) {
  const named = rawSql(statuses.map((status) => `'${status}'`).join(', '));
  return grouped<Run>((ids) => sql`
    SELECT parent.id AS "__parent", x.* FROM unnest(${ids}::uuid[]) AS parent(id)
    CROSS JOIN LATERAL (SELECT ${runColumns} FROM run r WHERE r.company_id = parent.id AND r.status IN (${named}) ORDER BY r.created_at DESC, r.id DESC LIMIT ${most}) x`);
}

/** The first moment of this month, UTC. */
export function monthStart(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}
