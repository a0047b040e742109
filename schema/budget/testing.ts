import { setClock } from '../../prisma/clock.ts';
import type { Budget, Run } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { reportCost } from '../cost/commands.ts';
import { claimRun } from '../run/commands/claim-run.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { BOARD, type TestBoardroom } from '../testing/boardroom.ts';
import { setBudget, type SetBudget } from './commands/set-budget.ts';

/** Short ways for tests of budgets. */
export function budgetTools({ db }: TestBoardroom) {
  return {
    set: (input: Omit<SetBudget, 'metric'> & Partial<Pick<SetBudget, 'metric'>>): Promise<Budget> => write(db, (tx) => setBudget(tx, BOARD, { metric: 'BILLED_COST', ...input })),
    spend: (agentId: string, costMicros: bigint, more: { issueId?: string; runId?: string; inputTokens?: bigint; model?: string; occurredAt?: Date } = {}) =>
      write(db, (tx) => reportCost(tx, BOARD, { agentId, provider: 'test', model: 'test', costMicros, ...more })),
    incidents: (budgetId: string) => db.prisma.budgetIncident.findMany({ where: { budgetId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
    claim: (runId: string) => write(db, (tx) => claimRun(tx, { runId, workerId: newId(), hostId: 'host', execution: () => ({ kind: 'process' }) })),
    finish: (run: Pick<Run, 'id'>, reason: string | null = null) =>
      write(db, (tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: null, end: reason === null ? { kind: 'succeeded' } : { kind: 'cancelled', reason } })),
    run: (id: string) => db.prisma.run.findUniqueOrThrow({ where: { id } }),
    agent: (id: string) => db.prisma.agent.findUniqueOrThrow({ where: { id } }),
  };
}

/** Work done as if it were that time; what the rules take for now goes back afterwards. */
export async function at<Done>(time: string | Date, work: () => Promise<Done>): Promise<Done> {
  const back = setClock(() => new Date(time));
  try {
    return await work();
  } finally {
    back();
  }
}
