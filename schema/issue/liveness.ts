import type { Tx } from '../../prisma/transaction.ts';
import { batch } from '../shared/loading.ts';
import { factsStatement } from './liveness-facts.ts';
import type { LivenessFacts } from './liveness-rules.ts';

/** The surroundings of many issues, in one statement. */
export const livenessFacts = batch<string, LivenessFacts | null>(null, async (db, ids) => {
  const rows = await db.query<LivenessFacts & { id: string }>(factsStatement(ids));
  return new Map(rows.map((row) => [row.id, row]));
});

/** The same within a command. */
export async function livenessOfIssue(tx: Tx, issueId: string): Promise<LivenessFacts | null> {
  const [facts] = await tx.$queryRaw<LivenessFacts[]>(factsStatement([issueId]));
  return facts ?? null;
}
