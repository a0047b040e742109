import { now } from '../../../prisma/clock.ts';
import type { Budget, BudgetIncident } from '../../../prisma/generated/client.ts';
import type { BudgetMetric, BudgetScope, BudgetWindow } from '../../../prisma/generated/enums.ts';
import { newId } from '../../../prisma/id.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, visible } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { openCompanyOf } from '../../company/commands.ts';
import { Refusal } from '../../shared/refusal.ts';
import { checkedAmount, checkedHours, checkedWarnPercent } from '../checks.ts';
import { endIncident } from '../end-stop.ts';
import { enforceEach } from '../enforce.ts';
import { reached, WARN_PERCENT, warnsFrom } from '../rules.ts';
import { usageOf } from '../usage.ts';
import { mustManage, mustStayWithin } from './managers.ts';

export interface SetBudget {
  scope: BudgetScope;
  subjectId: string;
  metric: BudgetMetric;
  window?: BudgetWindow | null | undefined;
  windowHours?: number | null | undefined;
  amount: bigint;
  warnPercent?: number | null | undefined;
  hardStop?: boolean | null | undefined;
}

/**
 * Sets the budget of a part of a company for one metric and window, anew or in place of the one there was; absent parts stay. It
 * is judged at once by what was used: it may stop its scope, and one that was raised or changed lets go what it stopped.
 */
export async function setBudget(tx: Tx, by: Principal, input: SetBudget): Promise<Budget> {
  const { scope, subjectId, metric } = input;
  const companyId = await companyOf(tx, by, scope, subjectId);
  await openCompanyOf(tx, by, companyId);
  const window = input.window ?? 'MONTH';
  const windowHours = checkedHours(window, input.windowHours);
  const amount = checkedAmount('amount', input.amount);
  const key = { companyId, scope, scopeId: subjectId, metric, window, windowHours };
  const before = await tx.budget.findUnique({ where: { companyId_scope_scopeId_metric_window_windowHours: key } });
  await mustManage(tx, by, scope, subjectId, before);
  const manager = agentOf(by);
  if (manager) await mustStayWithin(tx, manager, key, amount);

  const at = now();
  const { actorType, actorId } = actorOf(by);
  const limits = {
    amount, warnPercent: typeof input.warnPercent === 'number' ? checkedWarnPercent(input.warnPercent) : (before?.warnPercent ?? WARN_PERCENT.default), hardStop: input.hardStop ?? before?.hardStop ?? true,
  };
  // As it is already, and by whom: nothing to tell.
  if (before && before.setterType === actorType && before.setterId === actorId && (Object.keys(limits) as (keyof typeof limits)[]).every((name) => before[name] === limits[name])) return before;
  const setter = { setterType: actorType, setterId: actorId, updatedAt: at };
  const budget = before
    ? await tx.budget.update({ where: { id: before.id }, data: { ...limits, ...setter } })
    : await tx.budget.create({ data: { id: newId(), ...key, ...limits, ...setter, createdAt: at } });
  await recordActivity(tx, by, {
    companyId, action: 'budget.set', entityType: 'budget', entityId: budget.id, ...(scope === 'AGENT' ? { agentId: subjectId } : {}), ...(scope === 'ISSUE_SUBTREE' ? { issueId: subjectId } : {}),
    details: { scope, metric, window, ...(windowHours > 0 ? { windowHours } : {}), amount: amount.toString(), ...(before ? { from: before.amount.toString() } : {}) },
  });
  if (before) await settle(tx, by, before, budget);
  const stopped = await tx.budgetIncident.count({ where: { budgetId: budget.id, threshold: 'HARD', status: { in: ['OPEN', 'KEPT_PAUSED'] } } });
  if (stopped === 0 && amount > 0n) await enforceEach(tx, [budget]);
  return budget;
}

/** What was reached before is over where the budget, as it is now, has not reached it; a stop that stays tells what is true now. */
async function settle(tx: Tx, by: Principal, before: Budget, budget: Budget): Promise<void> {
  const open: BudgetIncident[] = await tx.budgetIncident.findMany({ where: { budgetId: budget.id, status: { in: ['OPEN', 'KEPT_PAUSED'] } } });
  if (open.length === 0) return;
  const used = await usageOf(tx, budget, now());
  for (const incident of open) {
    const holds = incident.threshold === 'HARD' ? reached(used, budget) === 'HARD' : budget.amount > 0n && used >= warnsFrom(budget) && incident.limit === budget.amount;
    if (holds && incident.limit !== budget.amount) await tx.budgetIncident.update({ where: { id: incident.id }, data: { limit: budget.amount, observed: used } });
    if (!holds) await endIncident(tx, by, budget, incident, budget.amount > before.amount ? 'RAISED' : 'CHANGED');
  }
}

async function companyOf(tx: Tx, by: Principal, scope: BudgetScope, id: string): Promise<string> {
  const where = { where: { id }, select: { companyId: true } } as const;
  switch (scope) {
    case 'COMPANY': return visible(by, await tx.company.findUnique({ where: { id }, select: { id: true } }).then((row) => row && { companyId: row.id }), 'company').companyId;
    case 'AGENT': {
      const agent = visible(by, await tx.agent.findUnique({ where: { id }, select: { companyId: true, status: true } }), 'agent');
      if (agent.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent uses nothing any more', { field: 'subjectId' });
      return agent.companyId;
    }
    case 'PROJECT': return visible(by, await tx.project.findUnique(where), 'project').companyId;
    case 'GOAL': return visible(by, await tx.goal.findUnique(where), 'goal').companyId;
    case 'ISSUE_SUBTREE': return visible(by, await tx.issue.findUnique(where), 'issue').companyId;
  }
}
