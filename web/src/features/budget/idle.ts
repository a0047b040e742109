import type { IdlingBasis } from '../../graphql/generated/graphql.ts';
import { compact, count, money, plural } from '../../ui/format.ts';

export interface Idled {
  dueCount: number;
  skippedCount: number;
  runCount: number;
  tokensSaved: string;
  savedImputedMicros?: string | null;
  unknownCount: number;
  basis: IdlingBasis;
}

/** What heartbeats that found nothing to do have saved, in a sentence; nothing where none was skipped. */
export function idleWords(idle: Idled): string | undefined {
  if (idle.skippedCount === 0) return undefined;
  const skipped = `${count(idle.skippedCount)} of ${plural(idle.dueCount, 'heartbeat')} skipped`;
  if (BigInt(idle.tokensSaved) === 0n) return `${skipped}, no tokens spent on them.`;
  const worth = idle.savedImputedMicros ? `, worth ${money(idle.savedImputedMicros)}` : '';
  return `${skipped}: about ${compact(idle.tokensSaved)} tokens saved${worth}.`;
}

const bases: Record<IdlingBasis, string> = {
  TIMER_RUNS: 'By what heartbeats that ran used on average.',
  ALL_RUNS: 'By what runs of any kind used on average.',
  MIXED: 'By what heartbeats that ran used on average, or runs of any kind.',
  NONE: 'No run has told what it used.',
};

/** How sure that is. */
export function idleBasis(idle: Idled): string {
  const unknown = idle.unknownCount > 0 && idle.basis !== 'NONE' ? ` ${count(idle.unknownCount)} of agents that never told are not in it.` : '';
  return `${bases[idle.basis]}${unknown}`;
}
