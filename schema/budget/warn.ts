import type { Budget } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { notify } from '../notification/notify.ts';
import { incidentWindow, warnSentence, wasWarned } from './rules.ts';
import { limitOf, toldOf } from './words.ts';

/** Says that a budget is nearly used up: once for each window and amount. */
export async function warn(tx: Tx, budget: Budget, used: bigint, at: Date): Promise<void> {
  const { id: budgetId, companyId, amount } = budget;
  const past = await tx.budgetIncident.findMany({ where: { budgetId, threshold: 'SOFT' }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 20 });
  if (past.some((incident) => wasWarned(incident, budget, at))) return;
  // A warning of another window or amount has had its time.
  await tx.budgetIncident.updateMany({
    where: { budgetId, threshold: 'SOFT', status: 'OPEN' }, data: { status: 'RESOLVED', resolution: past[0]?.limit === amount ? 'WINDOW_ENDED' : 'CHANGED', resolverType: 'SYSTEM', resolvedAt: at },
  });
  const incident = { id: newId(), companyId, budgetId, threshold: 'SOFT' as const, windowStart: incidentWindow(budget, at), limit: amount, observed: used, createdAt: at };
  const { count } = await tx.budgetIncident.createMany({ data: [incident], skipDuplicates: true });
  if (count === 0) return;
  const message = warnSentence(await toldOf(tx, budget), used, amount);
  await recordActivity(tx, SYSTEM, {
    companyId, action: 'budget.warned', entityType: 'budgetIncident', entityId: incident.id, ...(budget.scope === 'AGENT' ? { agentId: budget.scopeId } : {}),
    ...(budget.scope === 'ISSUE_SUBTREE' ? { issueId: budget.scopeId } : {}), details: { message, ...limitOf(budget, used) },
  });
  await notify(tx, { companyId, event: 'BUDGET_WARNING', subject: incident.id, payload: { title: message, incidentId: incident.id, ...limitOf(budget, used) } });
}
