import type { Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, runOf, visible } from '../../access/principal.ts';
import { reportsTo } from '../../agent/org.ts';
import { Refusal } from '../../shared/refusal.ts';
import { IssueHeld } from '../conflicts.ts';

/** The issue, where this principal may see it. */
export async function issueFor(tx: Tx, by: Principal, issueId: string): Promise<Issue> {
  return visible(by, await tx.issue.findUnique({ where: { id: issueId } }), 'issue');
}

/**
 * Who stands in the way of changing an issue: while a run has it checked out, only that run, its agent outside of any run, a
 * manager of that agent, or the board may. Null when nobody does.
 */
export async function heldAgainst(tx: Tx, by: Principal, issue: Issue): Promise<IssueHeld | null> {
  if (!issue.holderRunId || by.kind === 'user' || by.kind === 'system') return null;
  if (issue.holderRunId === runOf(by)) return null;
  const agentId = agentOf(by) as string;
  // Another run of the same agent is a rival like any other.
  const isRival = by.kind === 'run' && issue.assigneeId === agentId;
  if (issue.assigneeId && !isRival && (await reportsTo(tx, issue.assigneeId, agentId))) return null;
  return new IssueHeld(issue, 'another run has it checked out');
}

/**
 * Whose work an agent may take away or call off, which also stops the runs on it: nobody's, its own, that of agents who report
 * to it, and what it filed itself. The board may with all.
 */
export async function mustDirect(tx: Tx, by: Principal, issue: Issue, doing: string): Promise<void> {
  const agentId = agentOf(by);
  if (!agentId || (issue.creatorType === 'AGENT' && issue.creatorId === agentId)) return;
  if (issue.assigneeId ? await reportsTo(tx, issue.assigneeId, agentId) : !issue.assigneeUserId) return;
  throw new Refusal('FORBIDDEN', `an agent may ${doing} only its own work, that of its reports, and what it filed`);
}

/**
 * Agents hand work to themselves, to those who report to them, and up to their own manager. The board hands it to anybody.
 */
export async function mustBeAssignable(tx: Tx, by: Principal, companyId: string, assigneeId: string): Promise<void> {
  const assignee = await tx.agent.findUnique({ where: { id: assigneeId } });
  if (!assignee || assignee.companyId !== companyId) throw new Refusal('NOT_FOUND', 'no such assignee', { field: 'assigneeId' });
  if (assignee.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent takes no work', { field: 'assigneeId' });
  const agentId = agentOf(by);
  if (!agentId || (await reportsTo(tx, assigneeId, agentId))) return;
  const self = await tx.agent.findUniqueOrThrow({ where: { id: agentId }, select: { managerId: true } });
  if (self.managerId !== assigneeId) {
    throw new Refusal('FORBIDDEN', 'an agent assigns work to itself, its reports and its own manager only', { field: 'assigneeId' });
  }
}
