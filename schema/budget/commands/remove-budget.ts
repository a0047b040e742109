import type { Budget } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, visible } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { endIncident } from '../end-stop.ts';
import { mustManage } from './managers.ts';

/** Takes a budget away with its incidents. What it stopped goes on. */
export async function removeBudget(tx: Tx, by: Principal, input: { budgetId: string }): Promise<Budget> {
  const budget = visible(by, await tx.budget.findUnique({ where: { id: input.budgetId } }), 'budget');
  await mustManage(tx, by, budget.scope, budget.scopeId, budget);
  const open = await tx.budgetIncident.findMany({ where: { budgetId: budget.id, status: { in: ['OPEN', 'KEPT_PAUSED'] } } });
  for (const incident of open) await endIncident(tx, by, budget, incident, 'REMOVED');
  await recordActivity(tx, by, {
    companyId: budget.companyId, action: 'budget.removed', entityType: 'budget', entityId: budget.id, ...(budget.scope === 'AGENT' ? { agentId: budget.scopeId } : {}),
    ...(budget.scope === 'ISSUE_SUBTREE' ? { issueId: budget.scopeId } : {}), details: { scope: budget.scope, metric: budget.metric, window: budget.window, amount: budget.amount.toString() },
  });
  await tx.budget.delete({ where: { id: budget.id } });
  return budget;
}
