import { now } from '../../../prisma/clock.ts';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { write } from '../../../prisma/transaction.ts';
import { hashOf, lineOf, marksOf, NO_HASH } from '../chain.ts';
import { activityAfter, type Place } from '../reads.ts';

/** A segment is closed when it has so many rows … */
export const SEGMENT_ROWS = 1_000;
/** … or when its first row is so old. */
const SEGMENT_MS = 60_000;
/** How many segments one turn of the job closes, in about a second: heartbeats wait behind it. */
const TURN = 50;

interface End extends Place {
  companyId: string;
  number: number;
  hash: Uint8Array;
}

/**
 * Closes what can be closed of every company's log, and tells whether more waits. Only rows older than every open transaction
 * are sealed: nothing can come between them any more. Workers may do it at once: a segment has one place in the table, whoever
 * comes second finds it taken, and what both would have written there can differ only in where it ends.
 */
export async function sealActivity(db: Database, turn = TURN): Promise<{ sealed: number; more: boolean }> {
  let sealed = 0;
  for (let end of await openEnds(db)) {
    for (;;) {
      if (sealed >= turn) return { sealed, more: true };
      const next = await sealNext(db, end);
      if (!next) break;
      sealed += 1;
      end = next;
    }
  }
  return { sealed, more: false };
}

/** Where the chain of each company ends that has rows after it. */
async function openEnds(db: Database): Promise<End[]> {
  const ends = await db.query<End & { hash: Buffer | null }>(sql`
    SELECT c.id AS "companyId", coalesce(s.number, 0) AS number, coalesce(s.last_txid, 0) AS txid, coalesce(s.last_seq, 0) AS seq, s.hash FROM company c
    LEFT JOIN LATERAL (SELECT * FROM activity_seal s WHERE s.company_id = c.id ORDER BY s.number DESC LIMIT 1) s ON true
    WHERE EXISTS (SELECT 1 FROM activity v WHERE v.company_id = c.id AND (v.txid, v.seq) > (coalesce(s.last_txid, 0), coalesce(s.last_seq, 0)))`);
  return ends.map((end) => ({ ...end, hash: end.hash ?? NO_HASH }));
}

/** Closes the next segment; null where it cannot be closed yet, or somebody else has. */
async function sealNext(db: Database, end: End): Promise<End | null> {
  const { items: rows } = await activityAfter(db, end.companyId, end, SEGMENT_ROWS);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return null;
  if (rows.length < SEGMENT_ROWS && first.createdAt.getTime() > now().getTime() - SEGMENT_MS) return null;
  const lines = rows.map(lineOf);
  const number = end.number + 1;
  const hash = hashOf(end.hash, lines);
  const inserted = await write(db, (tx) => tx.$executeRaw`
    INSERT INTO activity_seal (company_id, number, last_txid, last_seq, row_count, row_marks, previous_hash, hash)
    VALUES (${end.companyId}::uuid, ${number}, ${last.txid}, ${last.seq}, ${rows.length}, ${marksOf(lines)}, ${Buffer.from(end.hash)}, ${hash})
    ON CONFLICT DO NOTHING`, { decidesNothing: 'settled rows change no more, and the key of the next seal has one place' });
  return inserted === 0 ? null : { companyId: end.companyId, number, txid: last.txid, seq: last.seq, hash };
}
