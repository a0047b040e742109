import type { Budget } from '../../../prisma/generated/client.ts';
import type { BudgetScope } from '../../../prisma/generated/enums.ts';
import { sql } from '../../../prisma/sql.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal } from '../../access/principal.ts';
import { reportsTo } from '../../agent/org.ts';
import { Refusal } from '../../shared/refusal.ts';
import { quantity, stopSentence } from '../rules.ts';
import { toldOf } from '../words.ts';

/**
 * The board sets any budget; an agent those of agents below it, as far as nobody above it has set them, and the board has not
 * decided that what is used up stays paused. Who set it and is no longer above the agent has no say any more: an agent that was
 * moved belongs to its new managers.
 */
export async function mustManage(tx: Tx, by: Principal, scope: BudgetScope, subjectId: string, before: Budget | null): Promise<void> {
  const manager = agentOf(by);
  if (!manager) return;
  if (scope !== 'AGENT') throw new Refusal('FORBIDDEN', 'agents set budgets of agents only; the board sets all others', { field: 'scope' });
  if (subjectId === manager || !(await reportsTo(tx, subjectId, manager))) throw new Refusal('FORBIDDEN', 'an agent sets budgets of agents below it only', { field: 'subjectId' });
  if (!before) return;
  if (before.setterType !== 'AGENT' || !before.setterId) throw new Refusal('FORBIDDEN', 'the board has set this budget; only the board changes it');
  if (!(await reportsTo(tx, before.setterId, manager)) && (await reportsTo(tx, subjectId, before.setterId))) throw new Refusal('FORBIDDEN', 'somebody above has set this budget');
  const kept = await tx.budgetIncident.findFirst({ where: { budgetId: before.id, threshold: 'HARD', status: 'KEPT_PAUSED' }, select: { id: true, observed: true, limit: true } });
  if (!kept) return;
  throw new Refusal('FORBIDDEN', `${stopSentence(await toldOf(tx, before), kept.observed, kept.limit)} The board keeps it paused; only the board changes it`, {
    details: { incidentId: kept.id, budgetId: before.id, spent: kept.observed.toString(), limit: kept.limit.toString() },
  });
}

type Key = Pick<Budget, 'companyId' | 'scopeId' | 'metric' | 'window' | 'windowHours'>;

/** What a manager gives away is within what it has itself, of the same metric and window: each part, and all of them together. What it gave to an agent that has left it is no longer its own. */
export async function mustStayWithin(tx: Tx, managerId: string, key: Key, amount: bigint): Promise<void> {
  const { companyId, scopeId, metric, window, windowHours } = key;
  const same = { companyId, scope: 'AGENT' as const, metric, window, windowHours };
  const own = await tx.budget.findUnique({ where: { companyId_scope_scopeId_metric_window_windowHours: { ...same, scopeId: managerId } } });
  if (!own || own.amount === 0n) throw new Refusal('RULE_VIOLATION', 'an agent without a budget of this metric and window has none to give; ask the board');
  if (amount === 0n) throw new Refusal('RULE_VIOLATION', 'only the board lifts a limit', { field: 'amount' });
  const [given] = await tx.$queryRaw<{ amount: bigint }[]>(sql`
    WITH RECURSIVE below(id) AS (SELECT a.id FROM agent a WHERE a.manager_id = ${managerId}::uuid UNION SELECT a.id FROM agent a JOIN below ON a.manager_id = below.id)
    SELECT least(coalesce(sum(b.amount), 0), 9223372036854775807)::bigint AS amount FROM budget b JOIN below ON below.id = b.scope_id
    WHERE b.company_id = ${companyId}::uuid AND b.scope = 'AGENT' AND b.metric = ${metric}::budget_metric AND b."window" = ${window}::budget_window AND b.window_hours = ${windowHours}
      AND b.setter_type = 'AGENT' AND b.setter_id = ${managerId}::uuid AND b.scope_id <> ${scopeId}::uuid`);
  const others = given?.amount ?? 0n;
  if (others + amount <= own.amount) return;
  const left = own.amount > others ? own.amount - others : 0n;
  throw new Refusal('RULE_VIOLATION', `its own budget is ${quantity(metric, own.amount)}, of which ${quantity(metric, others)} are given to others: ${quantity(metric, left)} are left`, {
    field: 'amount', details: { budgetId: own.id, limit: own.amount.toString(), given: others.toString() },
  });
}
