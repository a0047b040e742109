import { now } from '../../../prisma/clock.ts';
import type { Approval } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { Refusal } from '../../shared/refusal.ts';
import { isOpenApproval } from '../rules.ts';
import { approvalFor, mustBeRequester } from './access.ts';
import { checkedIssues, linkIssues } from './link-issues.ts';

/** Says which issues an approval is about: these and no others, in this order. The same set again changes nothing. */
export async function setApprovalIssues(tx: Tx, by: Principal, input: { approvalId: string; issueIds: string[] }): Promise<Approval> {
  const approval = await approvalFor(tx, by, input.approvalId);
  mustBeRequester(by, approval, 'link issues to');
  // Else it would seem that the board had agreed to something about other issues.
  if (agentOf(by) && !isOpenApproval(approval.status)) throw new Refusal('RULE_VIOLATION', `it is ${approval.status.toLowerCase()} already: what it was about stays as it was`);
  const issueIds = await checkedIssues(tx, approval.companyId, input.issueIds);
  const before = await tx.approvalIssue.findMany({ where: { approvalId: approval.id }, orderBy: [{ createdAt: 'asc' }, { issueId: 'asc' }], select: { issueId: true } });
  if (JSON.stringify(before.map(({ issueId }) => issueId)) === JSON.stringify(issueIds)) return approval;
  await tx.approvalIssue.deleteMany({ where: { approvalId: approval.id } });
  await linkIssues(tx, approval, issueIds, now());
  await recordActivity(tx, by, { companyId: approval.companyId, action: 'approval.issuesSet', entityType: 'approval', entityId: approval.id, agentId: approval.agentId, issueId: issueIds[0] ?? null, details: { count: issueIds.length } });
  return approval;
}
