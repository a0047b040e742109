import { now } from '../../prisma/clock.ts';
import type { Budget, BudgetIncident } from '../../prisma/generated/client.ts';
import type { BudgetResolution } from '../../prisma/generated/enums.ts';
import { touch, type Tx } from '../../prisma/transaction.ts';
import { type Principal } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { moveAgent } from '../agent/rules.ts';
import { closeApproval } from '../approval/open.ts';
import { makeUpWakes } from '../wake/make-up.ts';

/**
 * Ends an incident. Of a stop, its approval is closed, its agent may work again unless something else pauses it, and whoever was
 * kept from running in its scope is woken for that, once; what another budget still stops waits for that one.
 */
export async function endIncident(tx: Tx, by: Principal, budget: Budget, incident: BudgetIncident, resolution: BudgetResolution): Promise<BudgetIncident> {
  const { actorType, actorId } = actorOf(by);
  const ended = await tx.budgetIncident.update({ where: { id: incident.id }, data: { status: 'RESOLVED', resolution, resolverType: actorType, resolverId: actorId, resolvedAt: now() } });
  if (incident.threshold === 'SOFT') return ended;
  if (incident.approvalId) await closeApproval(tx, by, incident.approvalId, resolution === 'RAISED' ? 'APPROVED' : 'CANCELLED');
  await recordActivity(tx, by, {
    companyId: budget.companyId, action: 'budget.resumed', entityType: 'budgetIncident', entityId: incident.id, ...(budget.scope === 'AGENT' ? { agentId: budget.scopeId } : {}),
    ...(budget.scope === 'ISSUE_SUBTREE' ? { issueId: budget.scopeId } : {}), details: { budgetId: budget.id, resolution },
  });
  if (budget.scope === 'AGENT') await resume(tx, by, budget);
  touch(tx, 'queue');
  await makeUpWakes(tx, by, budget.scope === 'AGENT' ? { agentId: budget.scopeId } : { companyId: budget.companyId });
  return ended;
}

async function resume(tx: Tx, by: Principal, { companyId, scopeId: agentId }: Budget): Promise<void> {
  const agent = await tx.agent.findUnique({ where: { id: agentId }, select: { status: true, pauseReason: true } });
  if (agent?.status !== 'PAUSED' || agent.pauseReason !== 'BUDGET') return;
  const others = await tx.budgetIncident.count({ where: { companyId, threshold: 'HARD', status: { in: ['OPEN', 'KEPT_PAUSED'] }, budget: { scope: 'AGENT', scopeId: agentId } } });
  if (others > 0) return;
  // A breaker that tripped meanwhile is what keeps it paused now.
  if (await tx.breakerTrip.findFirst({ where: { agentId, resetAt: null }, select: { id: true } })) {
    await tx.agent.update({ where: { id: agentId }, data: { pauseReason: 'BREAKER' } });
    return;
  }
  // Of a company that was closed meanwhile no agent works again.
  const company = await tx.company.findUniqueOrThrow({ where: { id: companyId }, select: { status: true } });
  if (company.status === 'ARCHIVED') {
    await tx.agent.update({ where: { id: agentId }, data: { pauseReason: 'COMPANY_ARCHIVED' } });
    return;
  }
  const running = await tx.run.count({ where: { agentId, status: 'RUNNING' } });
  await tx.agent.update({ where: { id: agentId }, data: { status: running > 0 ? 'RUNNING' : (moveAgent('PAUSED', 'resume') ?? 'IDLE'), pauseReason: null, pausedAt: null } });
  await recordActivity(tx, by, { companyId, action: 'agent.resumed', entityType: 'agent', entityId: agentId, details: { reason: 'BUDGET' } });
}
