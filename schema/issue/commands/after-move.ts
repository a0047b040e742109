import type { Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf, SYSTEM } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { requestCancel } from '../../run/commands/request-cancel.ts';
import { clip } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { openBlockerIds } from '../blocking.ts';
import { isTerminal } from '../rules.ts';

const DEPENDENTS_MAX = 500;
const SUMMARIES_MAX = 20;

/** What follows from an issue having moved: its dependents and its parent hear of it; a cancelled one stops its runs. */
export async function afterMove(tx: Tx, by: Principal, before: Issue, after: Issue): Promise<void> {
  if (before.status === after.status) return;
  if (after.status === 'CANCELLED') await cancelRunsOn(tx, by, after.id, 'issue cancelled');
  if (after.status === 'DONE') await wakeDependents(tx, by, after.id);
  if (isTerminal(after.status) && after.parentId) await wakeParent(tx, by, after.parentId);
}

/**
 * Cancels what runs or waits to run on an issue, of one agent or of all, but not the run that asks for it: it goes on to its
 * own end. Gives back those that were running.
 */
export async function cancelRunsOn(tx: Tx, by: Principal, issueId: string, reason: string, agentId?: string): Promise<string[]> {
  const open = await tx.run.findMany({
    where: { issueId, status: { in: ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'] }, ...(agentId ? { agentId } : {}) }, select: { id: true, status: true },
  });
  const others = open.filter((run) => run.id !== runOf(by));
  for (const run of others) await requestCancel(tx, by, { runId: run.id, reason });
  return others.filter((run) => run.status === 'RUNNING').map((run) => run.id);
}

/** What waits for a done issue, and now for nothing else, is woken. */
export async function wakeDependents(tx: Tx, by: Principal, blockerId: string): Promise<void> {
  const waiting = await tx.issueBlocker.findMany({ where: { blockerId }, select: { issue: true }, take: DEPENDENTS_MAX });
  for (const { issue } of waiting) {
    if ((await openBlockerIds(tx, issue.id)).length === 0) await wakeUnblocked(tx, by, issue);
  }
}

/** The last blocker is done: work that said BLOCKED is todo again, and its agent is woken. */
export async function wakeUnblocked(tx: Tx, by: Principal, issue: Issue): Promise<void> {
  if (issue.status === 'BLOCKED') {
    await tx.issue.update({ where: { id: issue.id }, data: { status: 'TODO' } });
    await recordActivity(tx, SYSTEM, {
      companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId, details: { changed: ['status'], from: 'BLOCKED', to: 'TODO' },
    });
  } else if (issue.status !== 'TODO' && issue.status !== 'IN_PROGRESS') return;
  if (issue.assigneeId) {
    await enqueueWake(tx, by, { agentId: issue.assigneeId, issueId: issue.id, source: 'AUTOMATION', reason: 'issue_blockers_resolved' });
  }
}

/** The last child is finished: the parent's agent is told how each of them ended. */
async function wakeParent(tx: Tx, by: Principal, parentId: string): Promise<void> {
  const parent = await tx.issue.findUniqueOrThrow({ where: { id: parentId } });
  if (!parent.assigneeId || isTerminal(parent.status)) return;
  const open = await tx.issue.count({ where: { parentId, status: { notIn: ['DONE', 'CANCELLED'] } } });
  if (open > 0) return;
  const children = await tx.issue.findMany({ where: { parentId }, orderBy: { number: 'asc' }, take: SUMMARIES_MAX, select: { id: true, number: true, title: true, status: true } });
  await enqueueWake(tx, by, {
    agentId: parent.assigneeId, issueId: parentId, source: 'AUTOMATION', reason: 'issue_children_completed',
    payload: { children: children.map((child) => ({ ...child, title: clip(child.title, 200) })) },
  });
}
