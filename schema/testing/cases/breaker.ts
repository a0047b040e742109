import { write } from '../../../prisma/transaction.ts';
import { trip } from '../../breaker/trip.ts';
import type { MutationCase } from '../mutations.ts';

export const breakerCases: Record<string, MutationCase> = {
  setBreakers: { input: ({ engineer }) => ({ agentId: engineer.id, consecutiveFailures: 3 }), records: ['breakers.set'] },
  resetBreaker: {
    prepare: ({ db }, { engineer }) => write(db, (tx) => trip(tx, { agentId: engineer.id, runId: null, passed: { kind: 'RUNS_PER_HOUR', limit: 1n, observed: 2n, evidence: {} } })),
    input: ({ engineer }) => ({ agentId: engineer.id, note: 'New' }), records: ['agent.resumed', 'breaker.reset'],
  },
};
