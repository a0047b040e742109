import type { Issue, Prisma } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf, SYSTEM } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { expireCancelled } from '../../interaction/commands/expire.ts';
import { settleRecoveryIssue } from '../../recovery/commands/settle-recovery-issue.ts';
import { requestCancels } from '../../run/commands/request-cancel.ts';
import { clip } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { openBlockerIds } from '../blocking.ts';
import { isTerminal } from '../rules.ts';

const DEPENDENTS_MAX = 500;
const SUMMARIES_MAX = 20;
const SUMMARY_LENGTH = 500;

/** What follows from an issue having moved: its dependents and its parent hear of it; a cancelled one stops its runs and what was asked there. */
export async function afterMove(tx: Tx, by: Principal, before: Issue, after: Issue): Promise<void> {
  if (before.status === after.status) return;
  if (after.status === 'CANCELLED') {
    await cancelRunsOn(tx, by, after.id, 'issue cancelled');
    await expireCancelled(tx, by, after.id);
  }
  if (after.status === 'DONE') await wakeDependents(tx, by, after.id);
  await settleRecoveryIssue(tx, by, after);
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
  await requestCancels(tx, by, others.map(({ id }) => id), reason);
  return others.filter((run) => run.status === 'RUNNING').map((run) => run.id);
}

/** What waits for a done issue, and now for nothing else, is woken. */
export async function wakeDependents(tx: Tx, by: Principal, blockerId: string): Promise<void> {
  const waiting = await tx.issueBlocker.findMany({ where: { blockerId }, select: { issue: true }, take: DEPENDENTS_MAX });
  for (const { issue } of waiting) {
    if ((await openBlockerIds(tx, issue.id)).length === 0) await wakeUnblocked(tx, by, issue, await resolvedKey(tx, issue.id));
  }
}

/** What makes the news that all blockers are done the same news: done again later, it is another. */
export async function resolvedKey(tx: Tx, issueId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ at: Date | null; count: number }[]>`
    SELECT max(x.completed_at) AS at, count(*)::int AS count FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id WHERE b.issue_id = ${issueId}::uuid`;
  return `unblocked:${issueId}:${row?.count ?? 0}:${row?.at?.getTime() ?? 0}`;
}

/** The last blocker is done: work that said BLOCKED is todo again, and its agent is woken, once for each key. */
export async function wakeUnblocked(tx: Tx, by: Principal, issue: Issue, key: string | null = null): Promise<void> {
  if (issue.status === 'BLOCKED') {
    await tx.issue.update({ where: { id: issue.id }, data: { status: 'TODO' } });
    await recordActivity(tx, SYSTEM, {
      companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId, details: { changed: ['status'], from: 'BLOCKED', to: 'TODO' },
    });
  } else if (issue.status !== 'TODO' && issue.status !== 'IN_PROGRESS') return;
  if (issue.assigneeId) {
    await enqueueWake(tx, by, { agentId: issue.assigneeId, issueId: issue.id, source: 'AUTOMATION', reason: 'issue_blockers_resolved', idempotencyKey: key });
  }
}

/** The last child is finished: the parent's agent is told how each of them ended. */
async function wakeParent(tx: Tx, by: Principal, parentId: string): Promise<void> {
  const parent = await tx.issue.findUniqueOrThrow({ where: { id: parentId } });
  if (!parent.assigneeId || isTerminal(parent.status)) return;
  const open = await tx.issue.count({ where: { parentId, status: { notIn: ['DONE', 'CANCELLED'] } } });
  if (open > 0) return;
  await enqueueWake(tx, by, {
    agentId: parent.assigneeId, issueId: parentId, source: 'AUTOMATION', reason: 'issue_children_completed', payload: await summariesOf(tx, parentId),
  });
}

/** How each child ended, in the last words said on it: of at most 20, 500 characters each. */
async function summariesOf(tx: Tx, parentId: string): Promise<Prisma.InputJsonObject> {
  const children = await tx.$queryRaw<{ id: string; identifier: string; title: string; status: string; words: string | null; childCount: number }[]>`
    SELECT i.id, c.prefix || '-' || i.number AS identifier, i.title, i.status::text AS status, count(*) OVER ()::int AS "childCount",
      coalesce((SELECT left(m.body, ${SUMMARY_LENGTH + 1}) FROM comment m WHERE m.issue_id = i.id ORDER BY m.created_at DESC, m.id DESC LIMIT 1),
               (SELECT left(r.summary, ${SUMMARY_LENGTH + 1}) FROM run r WHERE r.issue_id = i.id AND r.summary IS NOT NULL ORDER BY r.created_at DESC, r.id DESC LIMIT 1)) AS words
    FROM issue i JOIN company c ON c.id = i.company_id WHERE i.parent_id = ${parentId}::uuid ORDER BY i.number LIMIT ${SUMMARIES_MAX}`;
  return {
    childCount: children[0]?.childCount ?? 0,
    children: children.map(({ words, childCount: _count, ...child }) => ({ ...child, title: clip(child.title, 200), ...(words ? { summary: clip(words, SUMMARY_LENGTH) } : {}) })),
  };
}
