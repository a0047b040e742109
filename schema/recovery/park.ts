import type { Issue } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { waitingFor } from '../issue/blocking.ts';

/** As many as an issue may be blocked by (schema/issue/commands/set-blockers.ts), less what a person may still want to add. */
const CHILDREN_MAX = 50;

/**
 * Work that waits for others is marked blocked, by what it waits for: its open children become blockers, and its owner stays.
 * It is todo again, and its agent is woken, when the last of them is done.
 */
export async function park(tx: Tx, issue: Issue): Promise<void> {
  const children = await tx.issue.findMany({ where: { parentId: issue.id, status: { notIn: ['DONE', 'CANCELLED'] } }, orderBy: { number: 'asc' }, take: CHILDREN_MAX, select: { id: true } });
  const waiting = await waitingFor(tx, issue.id, children.map(({ id }) => id));
  const blockers = children.map(({ id }) => id).filter((id) => !waiting.has(id));
  await tx.issueBlocker.createMany({ data: blockers.map((blockerId) => ({ companyId: issue.companyId, issueId: issue.id, blockerId })), skipDuplicates: true });
  await tx.issue.update({ where: { id: issue.id }, data: { status: 'BLOCKED' } });
  await recordActivity(tx, SYSTEM, {
    companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId,
    details: { changed: ['status'], from: issue.status, to: 'BLOCKED', why: 'waiting_on_review', blockedByIds: blockers },
  });
}
