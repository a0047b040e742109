import type { Database } from '../../prisma/client.ts';
import type { RunStatus } from '../../prisma/generated/enums.ts';
import { sql } from '../../prisma/sql.ts';
import type { LogChunk } from './reads.ts';
import { isRunOver } from './rules.ts';

/** Chunks read at once: 16 of up to 64 KiB. */
const PAGE = 16;

export interface LogPage {
  readonly chunks: readonly LogChunk[];
  /** More may be stored already. */
  readonly hasMore: boolean;
  /** Nothing will be stored after these chunks: what a run prints is stored before it is over, and both are read at one moment. */
  readonly isOver: boolean;
}

const asked = new WeakMap<Database, Map<string, Promise<LogPage>>>();

/**
 * What follows a chunk in a run's log. All who watch a run are woken by the same poke and then ask the same: those who ask in
 * one turn of the event loop are answered from one statement. It is sent after the last of them has asked.
 */
export function nextOfLog(db: Database, runId: string, after: number): Promise<LogPage> {
  const pages = asked.get(db) ?? new Map<string, Promise<LogPage>>();
  asked.set(db, pages);
  const key = `${runId} ${after}`;
  const known = pages.get(key);
  if (known) return known;
  const page = readPage(db, runId, after);
  pages.set(key, page);
  process.nextTick(() => pages.delete(key));
  return page;
}

async function readPage(db: Database, runId: string, after: number): Promise<LogPage> {
  const rows = await db.query<{ status: RunStatus } & ({ seq: null } | LogChunk)>(sql`
    SELECT r.status, x.* FROM run r LEFT JOIN LATERAL (
      SELECT l.seq, l.stream, l.text, l.at FROM run_log l WHERE l.run_id = r.id AND l.seq > ${after} ORDER BY l.seq LIMIT ${PAGE}) x ON true
    WHERE r.id = ${runId}::uuid`);
  const chunks = rows.filter((row) => row.seq !== null);
  return { chunks, hasMore: chunks.length === PAGE, isOver: rows[0] !== undefined && isRunOver(rows[0].status) };
}
