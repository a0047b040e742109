import type { MutationCase } from '../mutations.ts';

export const recoveryCases: Record<string, MutationCase> = {
  resolveRecovery: { agent: 'nobody', input: ({ recovery }) => ({ recoveryId: recovery.id, outcome: 'FALSE_POSITIVE', note: 'New' }), records: ['recovery.resolved'] },
  decideWatchdog: { agent: 'nobody', input: ({ running }) => ({ runId: running.id, verdict: 'CONTINUE', reason: 'New' }), records: ['watchdog.decided'] },
};
