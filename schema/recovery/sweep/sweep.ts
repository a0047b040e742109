import type { Database } from '../../../prisma/client.ts';
import { escalateActions } from './escalate.ts';
import { foldActions } from './fold.ts';
import { reviewProductivity } from './productivity.ts';
import { findSilentRuns } from './silent.ts';
import { findStranded } from './stranded.ts';

export interface Sweep {
  /** What changed later than so long ago is left alone: somebody may be about to go on with it. Five minutes when absent. */
  graceMs?: number;
}

const GRACE_MS = 5 * 60_000;

/**
 * Looks after work that nothing moves, beside the wakes that events make. Each step reads candidates and decides about each in
 * a transaction of its own, so that it is safe to run twice, by several workers, and to be killed in between.
 */
export async function sweep(db: Database, { graceMs = GRACE_MS }: Sweep = {}): Promise<void> {
  await foldActions(db);
  await escalateActions(db);
  await findStranded(db, graceMs);
  await findSilentRuns(db);
  await reviewProductivity(db);
}
