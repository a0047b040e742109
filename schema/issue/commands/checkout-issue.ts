import type { Issue } from '../../../prisma/generated/client.ts';
import type { IssueStatus } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, runOf } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { agentFor } from '../../agent/commands.ts';
import { isInvokable } from '../../agent/rules.ts';
import { BudgetExceeded } from '../../budget/conflicts.ts';
import { stopOver } from '../../budget/stops.ts';
import { SubtreeHeld } from '../../hold/conflicts.ts';
import { activeHoldOn } from '../../hold/holds.ts';
import { isAwaited } from '../../policy/commands/submit.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { openBlockerIds } from '../blocking.ts';
import { IssueBlocked, IssueHeld, IssueNotReady } from '../conflicts.ts';
import { CHECKOUT_FROM, stampsOf } from '../rules.ts';
import { issueFor } from './access.ts';

export interface CheckoutIssue {
  issueId: string;
  /** For the board only: whose running run is to have it. Agents are known by their token. */
  agentId?: string | null | undefined;
  expectedStatuses?: IssueStatus[] | null | undefined;
}

/**
 * Gives one running run sole hold of an issue, assigns it to the run's agent and puts it in progress. Asking again for the
 * same run changes nothing. Work in progress whose run has ended is taken up again by the same agent.
 */
export async function checkoutIssue(tx: Tx, by: Principal, input: CheckoutIssue): Promise<Issue | IssueHeld | IssueBlocked | IssueNotReady | SubtreeHeld | BudgetExceeded> {
  const issue = await issueFor(tx, by, input.issueId);
  const { agentId, runId } = await claimant(tx, by, issue, input.agentId);
  if (issue.holderRunId) {
    return issue.holderRunId === runId ? issue : new IssueHeld(issue, 'another run has it checked out');
  }
  if (issue.assigneeUserId || (issue.assigneeId && issue.assigneeId !== agentId)) return new IssueHeld(issue, 'it is assigned to somebody else');
  const agent = await agentFor(tx, by, agentId);
  const stop = await stopOver(tx, { companyId: issue.companyId, agentId, issueId: issue.id });
  if (stop) return new BudgetExceeded(issue, stop);
  if (!isInvokable(agent.status)) return new IssueNotReady(issue, `the agent is ${agent.status.toLowerCase()}`);
  if (!runId) return new IssueNotReady(issue, 'the agent has no running run; wake it first');
  // A run may end between the check of its token and here.
  if (!(await tx.run.findUnique({ where: { id_status: { id: runId, status: 'RUNNING' } }, select: { id: true } }))) return new IssueNotReady(issue, 'the run is over');
  const hold = await activeHoldOn(tx, issue.id);
  if (hold) return new SubtreeHeld(issue, hold);
  const blockers = await openBlockerIds(tx, issue.id);
  if (blockers.length > 0) return new IssueBlocked(issue, blockers);
  const expected = input.expectedStatuses ?? [...CHECKOUT_FROM, 'IN_PROGRESS'];
  const mayStart = issue.status === 'IN_PROGRESS' || CHECKOUT_FROM.includes(issue.status);
  if (!mayStart || !expected.includes(issue.status)) return new IssueNotReady(issue, `it is ${issue.status}`);

  if (await isAwaited(tx, issue)) return new IssueNotReady(issue, 'a stage of its policy waits for a decision');

  const held = await tx.issue.update({
    where: { id: issue.id },
    data: {
      status: 'IN_PROGRESS', assigneeId: agentId, holderRunId: runId, holderStatus: 'RUNNING',
      ...stampsOf(issue.status, 'IN_PROGRESS', new Date(), issue.startedAt),
    },
  });
  // A heartbeat is started for no issue; what it uses counts for the one that it works on.
  await tx.run.updateMany({ where: { id: runId, issueId: null }, data: { workedIssueId: issue.id } });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.checkedOut', entityType: 'issue', entityId: issue.id, agentId, details: { runId, from: issue.status },
  });
  return held;
}

/** The agent and run that are to hold it: from the token, or for the board the named agent's running run, best the one on this issue. */
async function claimant(tx: Tx, by: Principal, issue: Issue, named: string | null | undefined): Promise<{ agentId: string; runId: string | null }> {
  const own = agentOf(by);
  if (own) {
    if (named && named !== own) throw new Refusal('FORBIDDEN', 'an agent checks out for itself only', { field: 'agentId' });
    if (by.kind === 'run') return { agentId: own, runId: runOf(by) };
    throw new Refusal('FORBIDDEN', 'only a run checks work out: use its run token, or name the run in X-Boardroom-Run-Id');
  }
  if (!named) throw badInput('agentId', 'name the agent that is to have it');
  const agent = await agentFor(tx, by, named);
  if (agent.companyId !== issue.companyId) throw new Refusal('NOT_FOUND', 'no such agent');
  const running = await tx.run.findMany({ where: { agentId: named, status: 'RUNNING' }, select: { id: true, issueId: true } });
  const run = running.find((each) => each.issueId === issue.id) ?? running[0];
  return { agentId: named, runId: run?.id ?? null };
}
