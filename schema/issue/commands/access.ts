import type { Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { isGranted, mayAssign } from '../../access/grants.ts';
import { agentOf, type Principal, runOf, visible } from '../../access/principal.ts';
import { type Handover, mayHandOver, type Owner } from '../../access/rules.ts';
import { reportsTo } from '../../agent/org.ts';
import { Refusal } from '../../shared/refusal.ts';
import { IssueHeld } from '../conflicts.ts';

/** The issue, where this principal may see it. */
export async function issueFor(tx: Tx, by: Principal, issueId: string): Promise<Issue> {
  return visible(by, await tx.issue.findUnique({ where: { id: issueId } }), 'issue');
}

/**
 * Who stands in the way of changing an issue: while a run has it checked out, only that run, its agent outside of any run, a
 * manager of that agent, who has TASKS_MANAGE_ACTIVE_CHECKOUTS, or the board may. Null when nobody does.
 */
export async function heldAgainst(tx: Tx, by: Principal, issue: Issue): Promise<IssueHeld | null> {
  if (!issue.holderRunId || by.kind === 'user' || by.kind === 'system') return null;
  if (issue.holderRunId === runOf(by)) return null;
  const agentId = agentOf(by) as string;
  // Another run of the same agent is a rival like any other.
  const isRival = by.kind === 'run' && issue.assigneeId === agentId;
  if (issue.assigneeId && !isRival && (await reportsTo(tx, issue.assigneeId, agentId))) return null;
  if (!isRival && (await isGranted(tx, by, 'TASKS_MANAGE_ACTIVE_CHECKOUTS'))) return null;
  return new IssueHeld(issue, 'another run has it checked out');
}

/**
 * Whose work an agent may take away or call off, which also stops the runs on it: nobody's, its own, that of agents who report
 * to it, and what it filed itself. The board may with all.
 */
export async function mustDirect(tx: Tx, by: Principal, issue: Issue, doing: string): Promise<void> {
  if (await directs(tx, by, issue)) return;
  throw new Refusal('FORBIDDEN', `an agent may ${doing} only its own work, that of its reports, and what it filed`);
}

async function directs(tx: Tx, by: Principal, issue: Issue): Promise<boolean> {
  const agentId = agentOf(by);
  if (!agentId || (issue.creatorType === 'AGENT' && issue.creatorId === agentId)) return true;
  return issue.assigneeId ? reportsTo(tx, issue.assigneeId, agentId) : !issue.assigneeUserId;
}

/**
 * Who may put an issue into another project: who directs it, or may give it to others before and after. Else an agent with a scope
 * of projects would move there what it is to have no say in.
 */
export async function mustMoveProject(tx: Tx, by: Principal, issue: Issue, projectId: string | null): Promise<void> {
  if (projectId === issue.projectId || (await directs(tx, by, issue))) return;
  const agentIds = issue.assigneeId ? [issue.assigneeId] : [];
  if (await mayAssign(tx, by, { projectIds: [issue.projectId, projectId], agentIds, concernsPerson: issue.assigneeUserId !== null })) return;
  throw new Refusal('FORBIDDEN', 'an agent moves into another project only its own work, what nobody has, that of its reports, and what it filed; all else takes TASKS_ASSIGN', { field: 'projectId' });
}

/** The agent that work is to be given to: one of the company that is still there. */
export async function checkedAssignee(tx: Tx, companyId: string, assigneeId: string): Promise<void> {
  const assignee = await tx.agent.findUnique({ where: { id: assigneeId }, select: { companyId: true, status: true } });
  if (assignee?.companyId !== companyId) throw new Refusal('NOT_FOUND', 'no such assignee', { field: 'assigneeId' });
  if (assignee.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent takes no work', { field: 'assigneeId' });
}

/**
 * To whom new work goes: agents file it for themselves, for those who report to them and for their own manager, and for others
 * by a grant. The board files it for anybody.
 */
export async function mustBeAssignable(tx: Tx, by: Principal, at: { companyId: string; projectId: string | null }, assigneeId: string): Promise<void> {
  await checkedAssignee(tx, at.companyId, assigneeId);
  const agentId = agentOf(by);
  if (!agentId || (await reportsTo(tx, assigneeId, agentId))) return;
  const self = await tx.agent.findUniqueOrThrow({ where: { id: agentId }, select: { managerId: true } });
  if (self.managerId === assigneeId || (await mayAssign(tx, by, { projectIds: [at.projectId], agentIds: [assigneeId], concernsPerson: false }))) return;
  throw new Refusal('FORBIDDEN', 'an agent assigns work to itself, its reports and its own manager only; to others by TASKS_ASSIGN', { field: 'assigneeId' });
}

/** Who may change the owner of an issue that is there. The refusal does not tell what a scope holds. */
export async function mustReassign(tx: Tx, by: Principal, issue: Issue, to: Owner, projectId: string | null): Promise<void> {
  const agentId = agentOf(by);
  if (!agentId) return;
  const self = await tx.agent.findUniqueOrThrow({ where: { id: agentId }, select: { id: true, managerId: true } });
  if (mayHandOver(self, issue, to)) return;
  const handover: Handover = {
    projectIds: [issue.projectId, projectId], agentIds: [issue.assigneeId, to.assigneeId].filter((id) => id !== null), concernsPerson: Boolean(issue.assigneeUserId ?? to.assigneeUserId),
  };
  if (await mayAssign(tx, by, handover)) return;
  throw new Refusal('FORBIDDEN', 'an agent takes what nobody has, and gives its own work up: to nobody, to who filed it, or to its manager; all else takes TASKS_ASSIGN', { field: 'assigneeId' });
}
