import type { RunStatus } from '../shared/values.ts';

/** A finished run of an agent on an issue, as the throttle sees it. */
export interface RecentRun {
  status: RunStatus;
  finishedAt: Date;
  /** Anybody can see on the issue that it did something: a comment, a move, a document, a child. */
  hasProgress: boolean;
}

export const THROTTLE = { afterRuns: 2, firstMs: 120_000, mostMs: 30 * 60_000, windowMs: 6 * 3600_000, sample: 8 } as const;

/**
 * Until when a wake that only says again that there is work has to wait, or null: after two runs in a row that succeeded and
 * led to nothing, two minutes, and twice as long after each further one. It follows from the runs alone, newest first.
 */
export function throttledUntil(runs: readonly RecentRun[], now: Date): Date | null {
  const recent = runs.filter((run) => now.getTime() - run.finishedAt.getTime() <= THROTTLE.windowMs).slice(0, THROTTLE.sample);
  const broken = recent.findIndex((run) => run.status !== 'SUCCEEDED' || run.hasProgress);
  const idle = broken === -1 ? recent.length : broken;
  const [last] = recent;
  if (!last || idle < THROTTLE.afterRuns) return null;
  const waitMs = Math.min(THROTTLE.firstMs * 2 ** (idle - THROTTLE.afterRuns), THROTTLE.mostMs);
  const until = new Date(last.finishedAt.getTime() + waitMs);
  return until > now ? until : null;
}
