import type { Tx } from '../../../prisma/transaction.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';

export const ISSUES_MAX = 50;

/** The issues that an approval is to be about, each once, in their order; all of its company. */
export async function checkedIssues(tx: Tx, companyId: string, issueIds: string[] | null | undefined): Promise<string[]> {
  const ids = [...new Set(issueIds ?? [])];
  if (ids.length > ISSUES_MAX) throw badInput('issueIds', `must not be more than ${ISSUES_MAX}`);
  if (ids.length > 0 && (await tx.issue.count({ where: { companyId, id: { in: ids } } })) !== ids.length) throw new Refusal('NOT_FOUND', 'no such issue', { field: 'issueIds' });
  return ids;
}

/** Links issues in this order: each a millisecond after the one before, so that the first that was named stays the first. */
export async function linkIssues(tx: Tx, approval: { id: string; companyId: string }, issueIds: string[], at: Date): Promise<void> {
  if (issueIds.length === 0) return;
  await tx.approvalIssue.createMany({
    data: issueIds.map((issueId, index) => ({ companyId: approval.companyId, approvalId: approval.id, issueId, createdAt: new Date(at.getTime() + index) })),
  });
}
