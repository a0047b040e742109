import { now } from '../../prisma/clock.ts';
import type { Budget, BudgetIncident } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { closeApproval } from '../approval/open.ts';
import { Refusal } from '../shared/refusal.ts';
import { checkedAmount } from './checks.ts';
import { endIncident } from './end-stop.ts';
import { nameOf, quantity } from './rules.ts';
import { usageOf } from './usage.ts';
import { toldOf } from './words.ts';

export type Resolve = { incidentId: string } & ({ resolution: 'RAISE_AND_RESUME'; amount: bigint } | { resolution: 'KEEP_PAUSED' });

/**
 * Decides about a hard stop: a larger budget, and work goes on, or it stays stopped until its window has passed or the budget is
 * changed. Called by resolveBudgetIncident and, with the approval that was opened for it, by decideApproval. The same again
 * changes nothing.
 */
export async function resolveIncident(tx: Tx, by: Principal, input: Resolve): Promise<BudgetIncident> {
  const found = visible(by, await tx.budgetIncident.findUnique({ where: { id: input.incidentId }, include: { budget: true } }), 'budget incident');
  mustBeBoard(by, 'decide about a budget that is used up');
  const { budget, ...incident } = found;
  if (incident.threshold === 'SOFT') throw new Refusal('RULE_VIOLATION', 'a warning stops nothing, so there is nothing to decide: change the budget with setBudget', { field: 'incidentId' });
  if (input.resolution === 'KEEP_PAUSED') return keepPaused(tx, by, budget, incident);
  if (isRaised(incident) && budget.amount === input.amount) return incident;
  mustBeOpen(incident);
  const raised = await raise(tx, by, budget, input.amount);
  await endWarnings(tx, by, raised);
  return endIncident(tx, by, raised, incident, 'RAISED');
}

/** A warning of the amount that was is over, as it is after setBudget; the new amount has its own. */
async function endWarnings(tx: Tx, by: Principal, budget: Budget): Promise<void> {
  const open = await tx.budgetIncident.findMany({ where: { budgetId: budget.id, threshold: 'SOFT', status: 'OPEN' } });
  for (const warning of open) await endIncident(tx, by, budget, warning, 'RAISED');
}

const isRaised = ({ status, resolution }: BudgetIncident) => status === 'RESOLVED' && resolution === 'RAISED';

function mustBeOpen({ status, resolution }: BudgetIncident): void {
  if (status !== 'OPEN' && status !== 'KEPT_PAUSED') throw new Refusal('CONFLICT', 'this stop has ended already', { details: { resolution } });
}

async function keepPaused(tx: Tx, by: Principal, budget: Budget, incident: BudgetIncident): Promise<BudgetIncident> {
  mustBeOpen(incident);
  if (incident.status === 'KEPT_PAUSED') return incident;
  const { actorType, actorId } = actorOf(by);
  const kept = await tx.budgetIncident.update({ where: { id: incident.id }, data: { status: 'KEPT_PAUSED', resolverType: actorType, resolverId: actorId } });
  if (incident.approvalId) await closeApproval(tx, by, incident.approvalId, 'REJECTED');
  await recordActivity(tx, by, { companyId: budget.companyId, action: 'budget.keptPaused', entityType: 'budgetIncident', entityId: incident.id, details: { budgetId: budget.id } });
  return kept;
}

async function raise(tx: Tx, by: Principal, budget: Budget, given: bigint): Promise<Budget> {
  const amount = checkedAmount('amount', given);
  const used = await usageOf(tx, budget, now());
  if (amount <= used) {
    const told = await toldOf(tx, budget);
    throw new Refusal('RULE_VIOLATION', `${nameOf(told, budget.amount)}, would be used up at once: ${quantity(budget.metric, used)} of it is spent; name more than that`, {
      field: 'amount', details: { budgetId: budget.id, spent: used.toString(), limit: budget.amount.toString() },
    });
  }
  const raised = await tx.budget.update({ where: { id: budget.id }, data: { amount, updatedAt: now() } });
  await recordActivity(tx, by, {
    companyId: budget.companyId, action: 'budget.set', entityType: 'budget', entityId: budget.id, details: { changed: ['amount'], from: budget.amount.toString(), to: amount.toString() },
  });
  return raised;
}
