import { now } from '../../../prisma/clock.ts';
import type { Agent, Approval, Prisma } from '../../../prisma/generated/client.ts';
import type { BudgetMetric, BudgetWindow } from '../../../prisma/generated/enums.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import type { Adapters } from '../../agent/adapters.ts';
import { insertAgent } from '../../agent/commands.ts';
import { shownSettings } from '../../agent/revisions.ts';
import { moveAgent } from '../../agent/rules.ts';
import type { NewAgent } from '../../agent/settings.ts';
import { checkedAmount, checkedHours } from '../../budget/checks.ts';
import { setBudget } from '../../budget/commands/set-budget.ts';
import { openCompanyOf } from '../../company/commands.ts';
import { Refusal } from '../../shared/refusal.ts';
import { makeUpWakes } from '../../wake/make-up.ts';

/** A limit that the new agent gets with the approval. */
export interface HireBudget {
  metric: BudgetMetric;
  window?: BudgetWindow | null | undefined;
  windowHours?: number | null | undefined;
  amount: bigint;
}

/** What an approval of type HIRE_AGENT keeps: the settings as they were asked for, without secrets. */
export interface HirePayload {
  settings: Record<string, unknown>;
  budget: { metric: BudgetMetric; window: BudgetWindow; windowHours: number | null; amount: string } | null;
}

export function hireOf({ payload }: Pick<Approval, 'payload'>): HirePayload {
  return payload as unknown as HirePayload;
}

/** The agent that is asked for, who gets no runs, no key and no work until it is approved. Its manager is who asks, unless named. */
export function insertCandidate(tx: Tx, by: Principal, adapters: Adapters, companyId: string, fields: NewAgent): Promise<Agent> {
  return insertAgent(tx, by, adapters, companyId, { ...fields, managerId: fields.managerId ?? agentOf(by) }, 'PENDING_APPROVAL');
}

export function hirePayload(adapters: Adapters, agent: Agent, budget: HireBudget | null | undefined): Prisma.InputJsonObject {
  return { settings: shownSettings(adapters, agent), budget: budget ? shapedBudget(budget) : null };
}

/** Checked now as setBudget will check it, so that an approval cannot fail by it. */
function shapedBudget({ metric, window, windowHours, amount }: HireBudget): Prisma.InputJsonObject {
  const kind = window ?? 'MONTH';
  const hours = checkedHours(kind, windowHours);
  return { metric, window: kind, windowHours: hours > 0 ? hours : null, amount: checkedAmount('hire.budget.amount', amount).toString() };
}

async function candidateOf(tx: Tx, { agentId }: Approval): Promise<Agent> {
  const agent = agentId ? await tx.agent.findUnique({ where: { id: agentId } }) : null;
  if (!agent || agent.status !== 'PENDING_APPROVAL') throw new Refusal('RULE_VIOLATION', 'there is nobody left to hire');
  return agent;
}

/** Whoever asked may be gone meanwhile, and is the manager unless another was named: nobody is hired to report to nobody. */
async function mustHaveManager(tx: Tx, { name, managerId }: Agent): Promise<void> {
  const manager = managerId ? await tx.agent.findUnique({ where: { id: managerId }, select: { name: true, status: true } }) : null;
  if (manager?.status !== 'TERMINATED') return;
  throw new Refusal('RULE_VIOLATION', `${name} was to report to ${manager.name}, who was terminated meanwhile: give ${name} another manager with updateAgent first`, { field: 'managerId', details: { managerId } });
}

/** The board said yes: the agent takes work, and is woken for what was given to it meanwhile. */
export async function hireCandidate(tx: Tx, by: Principal, approval: Approval): Promise<Agent> {
  await openCompanyOf(tx, by, approval.companyId);
  const before = await candidateOf(tx, approval);
  await mustHaveManager(tx, before);
  const agent = await tx.agent.update({
    where: { id: before.id },
    data: {
      status: moveAgent(before.status, 'hire') ?? before.status,
      ...(before.heartbeatEnabled ? { nextHeartbeatAt: new Date(now().getTime() + before.heartbeatIntervalSec * 1000) } : {}),
    },
  });
  await recordActivity(tx, by, { companyId: agent.companyId, action: 'agent.hired', entityType: 'agent', entityId: agent.id, details: { name: agent.name, approvalId: approval.id } });
  const { budget } = hireOf(approval);
  if (budget) await setBudget(tx, by, { ...budget, scope: 'AGENT', subjectId: agent.id, amount: BigInt(budget.amount) });
  touch(tx, 'queue');
  await makeUpWakes(tx, by, { agentId: agent.id });
  return agent;
}

/** The board said no, or nobody asks any more: what was to be hired ends as any other agent does. */
export async function dismissCandidate(tx: Tx, by: Principal, approval: Approval): Promise<void> {
  const before = await candidateOf(tx, approval);
  await tx.agent.update({ where: { id: before.id }, data: { status: 'TERMINATED', heartbeatEnabled: false, nextHeartbeatAt: null } });
  await recordActivity(tx, by, { companyId: before.companyId, action: 'agent.terminated', entityType: 'agent', entityId: before.id, details: { approvalId: approval.id } });
}
