import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../../prisma/client.ts';
import { now } from '../../../prisma/clock.ts';
import { sql } from '../../../prisma/sql.ts';
import { type FileStore, namesIn } from './store.ts';

/** Longer than any upload takes from its last byte to its row. */
const YOUNG_MS = 3_600_000;
const TOGETHER = 500;

/** Removes files that no attachment has any longer, and what broken uploads left. Returns how many. */
export async function sweepFiles(db: Database, store: FileStore): Promise<number> {
  const before = new Date(now().getTime() - YOUNG_MS);
  let removed = 0;
  for (const name of await namesIn(store.incoming)) {
    const path = join(store.incoming, name);
    const found = await stat(path).catch(() => null);
    if (!found || found.mtime >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  const old = await store.olderThan(before);
  for (let at = 0; at < old.length; at += TOGETHER) {
    const some = old.slice(at, at + TOGETHER);
    const kept = new Set((await db.query<{ sha256: string }>(sql`SELECT DISTINCT sha256 FROM attachment WHERE sha256 = ANY(${some}::text[])`)).map((row) => row.sha256));
    for (const sha256 of some) {
      // Once more: it may just have been sent again.
      if (kept.has(sha256) || !(await store.isOlder(sha256, before))) continue;
      await store.remove(sha256);
      removed += 1;
    }
  }
  return removed;
}

const EVERY_MS = 6 * 3_600_000;

/** Sweeps now and from time to time; returns what ends that. */
export function keepSwept(db: Database, store: FileStore, failed: (error: unknown) => void): () => void {
  const sweep = () => void sweepFiles(db, store).catch(failed);
  sweep();
  const timer = setInterval(sweep, EVERY_MS).unref();
  return () => clearInterval(timer);
}
