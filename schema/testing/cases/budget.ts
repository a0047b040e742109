import { write } from '../../../prisma/transaction.ts';
import { setBudget } from '../../budget/commands/set-budget.ts';
import { BOARD } from '../boardroom.ts';
import type { MutationCase } from '../mutations.ts';

export const budgetCases: Record<string, MutationCase> = {
  setBudget: {
    // A manager gives of its own.
    agent: 'ceo', prepare: ({ db }, { ceo }) => write(db, (tx) => setBudget(tx, BOARD, { subjectId: ceo.id, scope: 'AGENT', metric: 'TOKENS', amount: 2_000_000n })),
    input: ({ engineer }) => ({ subjectId: engineer.id, scope: 'AGENT', metric: 'TOKENS', amount: '1000000' }), records: ['budget.set'],
  },
  removeBudget: { agent: 'nobody', input: ({ budget }) => ({ budgetId: budget.id }), records: ['budget.removed', 'budget.resumed'] },
  resolveBudgetIncident: { input: ({ incident }) => ({ incidentId: incident.id, resolution: 'KEEP_PAUSED' }), records: ['budget.keptPaused'] },
};
