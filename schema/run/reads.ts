import { Prisma, type Run, type RunEvent, type RunLog, type RunTranscript } from '../../prisma/generated/client.ts';
import type { Database } from '../../prisma/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { grouped } from '../shared/listing.ts';
import { batch, batchById } from '../shared/loading.ts';

export const runColumns = columns(Prisma.RunScalarFieldEnum, 'r');

export const runById = batchById<Run>((db, ids) => db.query(sql`SELECT ${runColumns} FROM run r WHERE r.id = ANY(${ids}::uuid[])`));

const newestFirst: Listing<Run>['order'] = [
  { column: 'r.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
  { column: 'r.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
];

export const runsOfCompany: Listing<Run> = { name: 'company.runs', columns: runColumns, from: sql`run r`, parent: sql`r.company_id`, order: newestFirst };
export const runsOfAgent: Listing<Run> = { ...runsOfCompany, name: 'agent.runs', parent: sql`r.agent_id` };
export const runsOfIssue: Listing<Run> = { ...runsOfCompany, name: 'issue.runs', parent: sql`r.issue_id` };

export interface RunFilter {
  statuses?: string[] | null | undefined;
  agentId?: string | null | undefined;
  issueId?: string | null | undefined;
  /** Waiting or running. */
  live?: boolean | null | undefined;
}

export function runConditions(filter: RunFilter | null | undefined): Sql[] {
  if (!filter) return [];
  const live = sql`r.status IN ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING')`;
  return [
    ...(filter.statuses ? [sql`r.status = ANY(${filter.statuses}::run_status[])`] : []),
    ...(filter.agentId ? [sql`r.agent_id = ${filter.agentId}::uuid`] : []),
    ...(filter.issueId ? [sql`r.issue_id = ${filter.issueId}::uuid`] : []),
    ...(typeof filter.live === 'boolean' ? [filter.live ? live : sql`NOT (${live})`] : []),
  ];
}

/** Runs at work, of each agent, oldest first. */
export const runningOfAgent = grouped<Run>((agents) => sql`
  SELECT r.agent_id AS "__parent", ${runColumns} FROM run r WHERE r.agent_id = ANY(${agents}::uuid[]) AND r.status = 'RUNNING' ORDER BY r.id`);

export const eventsOfRun: Listing<RunEvent> = {
  name: 'run.events', columns: columns(Prisma.RunEventScalarFieldEnum, 'e'), from: sql`run_event e`, parent: sql`e.run_id`,
  order: [{ column: 'e.id', type: 'bigint', direction: 'ASC', of: (row) => row.id }],
};

export const transcriptOfRun: Listing<RunTranscript> = {
  name: 'run.transcript', columns: columns(Prisma.RunTranscriptScalarFieldEnum, 't'), from: sql`run_transcript t`, parent: sql`t.run_id`,
  order: [{ column: 't.seq', type: 'int', direction: 'ASC', of: (row) => row.seq }],
};

export type LogChunk = Pick<RunLog, 'seq' | 'stream' | 'text' | 'at'>;

/** Chunks of a log after `seq`, in order. */
export function readLog(db: Database, runId: string, after: number, limit: number): Promise<LogChunk[]> {
  return db.query(sql`
    SELECT l.seq, l.stream, l.text, l.at FROM run_log l WHERE l.run_id = ${runId}::uuid AND l.seq > ${after} ORDER BY l.seq LIMIT ${limit}`);
}

/** How much each run has printed: bytes of its streams, and stored chunks. */
export const logSizes = batch<string, { bytes: bigint; chunks: number }>({ bytes: 0n, chunks: 0 }, async (db, ids) => {
  const rows = await db.query<{ id: string; bytes: bigint; chunks: number }>(sql`
    SELECT run_id AS id, sum(byte_size)::bigint AS bytes, count(*)::int AS chunks FROM run_log WHERE run_id = ANY(${ids}::uuid[]) GROUP BY run_id`);
  return new Map(rows.map(({ id, ...size }) => [id, size]));
});

const TAIL_CHUNKS = 8;
const TAIL_CHARACTERS = 2_000;

/** The end of each run's output as text: enough for some lines on a card, whatever the log's size. */
export const logTails = batch<string, string>('', async (db, ids) => {
  const rows = await db.query<{ id: string; text: string }>(sql`
    SELECT run.id, string_agg(l.text, '' ORDER BY l.seq) AS text FROM unnest(${ids}::uuid[]) AS run(id)
    CROSS JOIN LATERAL (SELECT seq, right(text, ${TAIL_CHARACTERS}) AS text FROM run_log WHERE run_id = run.id ORDER BY seq DESC LIMIT ${TAIL_CHUNKS}) l
    GROUP BY run.id`);
  return new Map(rows.map(({ id, text }) => [id, text]));
});
