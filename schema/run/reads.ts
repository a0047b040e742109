import { Prisma, type Run, type RunEvent, type RunLog, type RunTranscript } from '../../prisma/generated/client.ts';
import type { CostStatus } from '../../prisma/generated/enums.ts';
import type { Database } from '../../prisma/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import { batch, batchById } from '../shared/loading.ts';
import { grouped, type Listing } from '../shared/listing.ts';
import { checkedFilter } from '../shared/lookup.ts';

export const runColumns = columns(Prisma.RunScalarFieldEnum, 'r');

export const runById = batchById<Run>((db, ids) => db.query(sql`SELECT ${runColumns} FROM run r WHERE r.id = ANY(${ids}::uuid[])`));

/** By `<company id>/<number>`. */
export const runByNumber = batch<string, Run | null>(null, async (db, keys) => {
  const companies = keys.map((key) => key.split('/')[0]);
  const numbers = keys.map((key) => Number(key.split('/')[1]));
  const rows = await db.query<Run>(sql`
    SELECT ${runColumns} FROM unnest(${companies}::uuid[], ${numbers}::int[]) AS k(company_id, number) JOIN run r USING (company_id, number)`);
  return new Map(rows.map((row) => [`${row.companyId}/${row.number}`, row]));
});

const newest: Listing<Run>['order'] = [
  { column: 'r.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
  { column: 'r.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
];
export const runsOfCompany: Listing<Run> = { name: 'company.runs', columns: runColumns, from: sql`run r`, parent: sql`r.company_id`, order: newest };
export const runsOfAgent: Listing<Run> = { ...runsOfCompany, name: 'agent.runs', parent: sql`r.agent_id` };
export const runsOfIssue: Listing<Run> = { ...runsOfCompany, name: 'issue.runs', parent: sql`r.issue_id` };

export interface RunFilter {
  statuses?: string[] | null | undefined;
  agentId?: string | null | undefined;
  issueId?: string | null | undefined;
  live?: boolean | null | undefined;
}

export function runConditions(filter: RunFilter | null | undefined): Sql[] {
  if (!filter) return [];
  checkedFilter(filter);
  return [
    ...(filter.statuses ? [sql`r.status = ANY(${filter.statuses}::run_status[])`] : []),
    ...(filter.agentId ? [sql`r.agent_id = ${filter.agentId}::uuid`] : []),
    ...(filter.issueId ? [sql`r.issue_id = ${filter.issueId}::uuid`] : []),
    ...(typeof filter.live === 'boolean' ? [filter.live ? sql`r.status IN ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING')` : sql`r.status NOT IN ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING')`] : []),
  ];
}

/** Running and queued runs under a parent, newest first, a few of each parent. */
function openRuns(parent: Sql, statuses: Sql, most: number) {
  return grouped<Run>((ids) => sql`
    SELECT parent.id AS "__parent", x.* FROM unnest(${ids}::uuid[]) AS parent(id)
    CROSS JOIN LATERAL (SELECT ${runColumns} FROM run r WHERE ${parent} = parent.id AND r.status IN (${statuses}) ORDER BY r.created_at DESC, r.id DESC LIMIT ${most}) x`);
}
export const liveRunsOfIssue = openRuns(sql`r.issue_id`, sql`'QUEUED', 'SCHEDULED_RETRY', 'RUNNING'`, 5);
export const currentRunsOfAgent = openRuns(sql`r.agent_id`, sql`'RUNNING'`, 50);

export const eventsOfRun: Listing<RunEvent> = {
  name: 'run.events', columns: columns(Prisma.RunEventScalarFieldEnum, 'e'), from: sql`run_event e`, parent: sql`e.run_id`,
  order: [{ column: 'e.id', type: 'bigint', direction: 'ASC', of: (row) => row.id }],
};
export const transcriptOfRun: Listing<RunTranscript> = {
  name: 'run.transcript', columns: columns(Prisma.RunTranscriptScalarFieldEnum, 't'), from: sql`run_transcript t`, parent: sql`t.run_id`,
  order: [{ column: 't.seq', type: 'int', direction: 'ASC', of: (row) => row.seq }],
};

/** Whether the price of what a run used is known, by its events: the least known counts. Null before there are any. */
export const costStatusOfRun = batch<string, CostStatus | null>(null, async (db, ids) => {
  const rows = await db.query<{ id: string; status: CostStatus }>(sql`SELECT e.run_id AS id, max(e.cost_status) AS status FROM cost_event e WHERE e.run_id = ANY(${ids}::uuid[]) GROUP BY 1`);
  return new Map(rows.map((row) => [row.id, row.status]));
});

/**
 * What runs cost: what their events say, and of a run that has not ended what it told so far. Null where nothing is known. One
 * statement, so that the report of a run that just ends is never counted twice.
 */
export const amountsOfRun = batch<string, { costMicros: bigint | null; imputedMicros: bigint | null }>({ costMicros: null, imputedMicros: null }, async (db, ids) => {
  // least() takes the other where one is null, and null is what is not known.
  const bounded = (amount: Sql) => sql`CASE WHEN ${amount} > 9223372036854775807 THEN 9223372036854775807 ELSE ${amount} END::bigint`;
  const both = (live: Sql, recorded: Sql) => sql`CASE WHEN is_open AND ${live} IS NOT NULL THEN ${live} + coalesce(${recorded}, 0) ELSE ${recorded} END`;
  const rows = await db.query<{ id: string; costMicros: bigint | null; imputedMicros: bigint | null }>(sql`
    SELECT y.id, ${bounded(sql`y.cost`)} AS "costMicros", ${bounded(sql`y.imputed`)} AS "imputedMicros" FROM (
      SELECT x.id, ${both(sql`x.cost`, sql`x.billed`)} AS cost, ${both(sql`x.imputed`, sql`x.worth`)} AS imputed FROM (
        SELECT r.id, r.cost_micros::numeric AS cost, r.imputed_micros::numeric AS imputed, r.status = 'RUNNING' OR e.count = 0 AS is_open, e.billed, e.worth
        FROM run r CROSS JOIN LATERAL (SELECT count(*) AS count, sum(e.cost_micros) AS billed, sum(e.imputed_micros) AS worth FROM cost_event e WHERE e.run_id = r.id) e
        WHERE r.id = ANY(${ids}::uuid[])) x) y`);
  return new Map(rows.map((row) => [row.id, row]));
});

/** Bytes and chunks of log stored so far. */
export const logSize = batch<string, { bytes: bigint; chunks: number }>({ bytes: 0n, chunks: 0 }, async (db, ids) => {
  const rows = await db.query<{ id: string; bytes: bigint; chunks: number }>(sql`
    SELECT l.run_id AS id, coalesce(sum(l.byte_size), 0)::bigint AS bytes, count(*)::int AS chunks FROM run_log l WHERE l.run_id = ANY(${ids}::uuid[]) GROUP BY 1`);
  return new Map(rows.map((row) => [row.id, row]));
});

/** A piece of a run's log: its number is its cursor, "0" stands before the first. */
export type LogChunk = Pick<RunLog, 'seq' | 'stream' | 'at' | 'text'>;

/** Chunks of one log after a number, in order. */
export function readLog(db: Database, runId: string, after: number, limit: number): Promise<LogChunk[]> {
  return db.query(sql`
    SELECT l.seq, l.stream, l.text, l.at FROM run_log l WHERE l.run_id = ${runId}::uuid AND l.seq > ${after} ORDER BY l.seq LIMIT ${limit}`);
}

/** Chunks after a number, up to a count, for each run asked. */
export function logAfter(seq: number, count: number) {
  return grouped<LogChunk>((ids) => sql`
    SELECT parent.id AS "__parent", x.* FROM unnest(${ids}::uuid[]) AS parent(id)
    CROSS JOIN LATERAL (SELECT l.seq, l.stream, l.at, l.text FROM run_log l WHERE l.run_id = parent.id AND l.seq > ${seq} ORDER BY l.seq LIMIT ${count}) x`);
}

/** The end of the log, for cards: the last few KiB, however long the log is. */
export const logTail = grouped<{ text: string }>((ids) => sql`
  SELECT parent.id AS "__parent", x.text FROM unnest(${ids}::uuid[]) AS parent(id)
  CROSS JOIN LATERAL (SELECT y.text, y.seq FROM (SELECT l.seq, right(l.text, 4000) AS text FROM run_log l WHERE l.run_id = parent.id ORDER BY l.seq DESC LIMIT 6) y ORDER BY y.seq) x`);
