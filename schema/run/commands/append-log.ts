import type { Database } from '../../../prisma/client.ts';
import { joinSql, sql } from '../../../prisma/sql.ts';
import type { LogStream, TranscriptKind } from '../../../prisma/generated/enums.ts';

export interface NewChunk { seq: number; stream: LogStream; offset: number; byteSize: number; text: string }

export interface NewEntry {
  seq: number; kind: TranscriptKind; text: string;
  tool?: string | undefined; toolCallId?: string | undefined; isError?: boolean | undefined; data?: unknown;
}

/**
 * Stores what a run printed and what it means, in one statement and only while the writer has the run. False: it does not.
 * Where two writers disagree about what is stored already, the number of a chunk exists and the statement fails whole: the
 * writer then reads where the log ends (`logPosition`) and goes on from there.
 */
export async function appendLog(
  db: Database, run: { id: string; leaseToken: number }, chunks: readonly NewChunk[], entries: readonly NewEntry[],
): Promise<boolean> {
  const mine = sql`SELECT id FROM run WHERE id = ${run.id}::uuid AND lease_token = ${run.leaseToken} AND status = 'RUNNING'`;
  const told = sql`
    INSERT INTO run_transcript (run_id, seq, kind, text, tool, tool_call_id, is_error, data)
    SELECT mine.id, e.seq, e.kind::transcript_kind, e.text, e.tool, e."toolCallId", coalesce(e."isError", false), e.data
    FROM mine, jsonb_to_recordset(${JSON.stringify(entries, storable)}::jsonb)
      AS e(seq int, kind text, text text, tool text, "toolCallId" text, "isError" boolean, data jsonb) RETURNING seq`;
  const rows = () => joinSql(chunks.map((chunk) => sql`(${chunk.seq}::int, ${chunk.stream}::log_stream, ${chunk.offset}::bigint, ${chunk.byteSize}::int, ${chunk.text}::text)`));
  const printed = () => sql`
    INSERT INTO run_log (run_id, seq, stream, "offset", byte_size, text)
    SELECT mine.id, chunk.* FROM mine, (VALUES ${rows()}) AS chunk(seq, stream, "offset", byte_size, text) RETURNING seq`;
  if (chunks.length + entries.length === 0) return true;
  const stored = await db.query(
    chunks.length === 0 ? sql`WITH mine AS (${mine}) ${told}`
    : entries.length === 0 ? sql`WITH mine AS (${mine}) ${printed()}`
    : sql`WITH mine AS (${mine}), told AS (${told}) ${printed()}`,
  );
  if (stored.length === 0) return false;
  db.bus.poke(`run:${run.id}`);
  return true;
}

/** Postgres takes neither NUL nor half a surrogate pair, also not inside JSON. */
function storable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}

export interface LogPosition { lastSeq: number; stdout: number; stderr: number; lastEntry: number }

/** Where a run's log ends: the next byte of each stream is read from there. */
export async function logPosition(db: Database, runId: string): Promise<LogPosition> {
  const [row] = await db.query<{ lastSeq: number; stdout: bigint; stderr: bigint; lastEntry: number }>(sql`
    SELECT coalesce(max(seq), 0)::int AS "lastSeq",
      coalesce(max("offset" + byte_size) FILTER (WHERE stream = 'STDOUT'), 0)::bigint AS stdout,
      coalesce(max("offset" + byte_size) FILTER (WHERE stream = 'STDERR'), 0)::bigint AS stderr,
      (SELECT coalesce(max(seq), 0)::int FROM run_transcript WHERE run_id = ${runId}::uuid) AS "lastEntry"
    FROM run_log WHERE run_id = ${runId}::uuid`);
  return { lastSeq: row?.lastSeq ?? 0, stdout: Number(row?.stdout ?? 0), stderr: Number(row?.stderr ?? 0), lastEntry: row?.lastEntry ?? 0 };
}
