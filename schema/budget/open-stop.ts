import type { Budget } from '../../prisma/generated/client.ts';
import type { RunStatus } from '../../prisma/generated/enums.ts';
import { newId } from '../../prisma/id.ts';
import { type Sql, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { moveAgent } from '../agent/rules.ts';
import { openApproval } from '../approval/open.ts';
import { notify } from '../notification/notify.ts';
import { requestCancels } from '../run/commands/request-cancel.ts';
import { clip, LIMITS } from '../shared/text.ts';
import { incidentWindow, nameOf, STOPPED_FOR, stopSentence } from './rules.ts';
import { isOver } from './stops.ts';
import { limitOf, toldOf } from './words.ts';

/**
 * Stops the scope of a budget that is used up. The incident is the stop: as long as it is open nothing there is woken, claimed
 * or checked out. What waits is cancelled and what runs is asked to end, as many as one transaction bears (not for a number of
 * runs: those that were started are within it), and the board is asked whether it goes on.
 */
export async function openStop(tx: Tx, budget: Budget, used: bigint, at: Date): Promise<void> {
  const { id: budgetId, companyId, amount } = budget;
  const incident = { id: newId(), companyId, budgetId, threshold: 'HARD' as const, windowStart: incidentWindow(budget, at), limit: amount, observed: used, createdAt: at };
  // In a serializable transaction a rival's row that this one cannot see yet is a conflict, and not a duplicate.
  const { count } = await tx.budgetIncident.createMany({ data: [incident], skipDuplicates: true });
  if (count === 0) return;
  const told = await toldOf(tx, budget);
  const message = stopSentence(told, used, amount);
  const concerns = { ...(budget.scope === 'AGENT' ? { agentId: budget.scopeId } : {}), ...(budget.scope === 'ISSUE_SUBTREE' ? { issueId: budget.scopeId } : {}) };
  const approval = await openApproval(tx, SYSTEM, {
    companyId, type: 'BUDGET_OVERRIDE', title: clip(`Raise ${nameOf(told, amount)}`, LIMITS.title), incidentId: incident.id,
    body: `${message}\n\nNothing of it is woken, started or checked out. Approve with a larger amount to go on, or reject to keep it stopped${budget.window === 'LIFETIME' ? '' : ' until its window has passed'}.`,
    payload: { incidentId: incident.id, ...limitOf(budget, used) },
    ...(budget.scope === 'AGENT' ? { agentId: budget.scopeId } : {}), ...(budget.scope === 'ISSUE_SUBTREE' ? { issueIds: [budget.scopeId] } : {}),
  });
  await tx.budgetIncident.update({ where: { id: incident.id }, data: { approvalId: approval.id } });
  await recordActivity(tx, SYSTEM, { companyId, action: 'budget.stopped', entityType: 'budgetIncident', entityId: incident.id, ...concerns, details: { message, ...limitOf(budget, used), approvalId: approval.id } });
  if (budget.scope === 'AGENT') await pauseFor(tx, budget, at);
  await cancelRuns(tx, budget, message);
  await notify(tx, { companyId, event: 'BUDGET_STOPPED', subject: incident.id, payload: { title: message, incidentId: incident.id, approvalId: approval.id, ...limitOf(budget, used) } });
}

/** An agent that is paused for something else stays paused for that. */
async function pauseFor(tx: Tx, { companyId, scopeId: agentId }: Budget, at: Date): Promise<void> {
  const agent = await tx.agent.findUnique({ where: { id: agentId }, select: { status: true } });
  if (!agent || moveAgent(agent.status, 'pause') === null) return;
  await tx.agent.update({ where: { id: agentId }, data: { status: 'PAUSED', pauseReason: 'BUDGET', pausedAt: at } });
  await recordActivity(tx, SYSTEM, { companyId, action: 'agent.paused', entityType: 'agent', entityId: agentId, details: { reason: 'BUDGET' } });
}

/**
 * Runs that one transaction ends. Those that run report what they use every few seconds: each report beside a stop of hundreds
 * would undo it again and again. Those that wait are quiet, and end in as many statements however many they are. The rest can
 * start nothing any more, is ended by its own next report, and by the job.
 */
export const AT_ONCE = { running: 25, queued: 500 } as const;

/** Ends runs in the scope of a stop, those that run first; true where there may be more. */
export async function cancelRuns(tx: Tx, budget: Budget, message: string): Promise<boolean> {
  const found = (which: Sql, most: number) => sql`
    (SELECT r.id, r.status, r.number FROM run r JOIN budget b ON b.id = ${budget.id}::uuid
    WHERE r.company_id = ${budget.companyId}::uuid AND ${which} AND ${isToEnd} ORDER BY r.number LIMIT ${most}::int)`;
  const runs = await tx.$queryRaw<{ id: string; status: RunStatus }[]>(sql`
    SELECT x.id, x.status FROM (${found(sql`r.status = 'RUNNING'`, AT_ONCE.running)} UNION ALL ${found(sql`r.status <> 'RUNNING'`, AT_ONCE.queued)}) x ORDER BY x.status <> 'RUNNING', x.number`);
  await requestCancels(tx, SYSTEM, runs.map(({ id }) => id), reasonOf(message));
  const running = runs.filter(({ status }) => status === 'RUNNING').length;
  return running === AT_ONCE.running || runs.length - running === AT_ONCE.queued;
}

/** Why a run ends: by its beginning it is told from one that somebody ended. */
export function reasonOf(message: string): string {
  return clip(`${STOPPED_FOR}${message}`, LIMITS.short);
}

/** Whether a stop of the budget `b` ends the run `r`. */
export const isToEnd = sql`r.status IN ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING') AND (r.status <> 'RUNNING' OR b.metric <> 'RUNS') AND r.cancel_requested_at IS NULL
  AND ${isOver({ company: sql`r.company_id`, agent: sql`r.agent_id`, issue: sql`coalesce(r.issue_id, r.worked_issue_id)` })}`;
