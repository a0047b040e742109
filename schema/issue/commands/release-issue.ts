import type { Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, mustBeBoard, type Principal, runOf } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { Refusal } from '../../shared/refusal.ts';
import { IssueHeld } from '../conflicts.ts';
import { issueFor } from './access.ts';

/** Puts work in progress back to todo with nobody assigned. Its own run may, or its agent once no run holds it. */
export async function releaseIssue(tx: Tx, by: Principal, input: { issueId: string }): Promise<Issue | IssueHeld> {
  const issue = await issueFor(tx, by, input.issueId);
  const agentId = agentOf(by);
  if (!agentId) throw new Refusal('FORBIDDEN', 'the board uses forceReleaseIssue');
  if (issue.holderRunId && issue.holderRunId !== runOf(by)) return new IssueHeld(issue, 'another run has it checked out');
  if (issue.assigneeId !== agentId) return new IssueHeld(issue, 'it is assigned to somebody else');
  if (issue.status !== 'IN_PROGRESS') throw new Refusal('RULE_VIOLATION', `only work in progress is released; it is ${issue.status}`);
  const released = await tx.issue.update({
    where: { id: issue.id }, data: { status: 'TODO', assigneeId: null, holderRunId: null, holderStatus: null },
  });
  await recordActivity(tx, by, { companyId: issue.companyId, action: 'issue.released', entityType: 'issue', entityId: issue.id, agentId });
  return released;
}

/** The board takes the lock away from whoever has it. The status stays; the run goes on without the issue. */
export async function forceReleaseIssue(tx: Tx, by: Principal, input: { issueId: string; clearAssignee?: boolean | null | undefined }): Promise<Issue> {
  const issue = await issueFor(tx, by, input.issueId);
  mustBeBoard(by, 'force a release');
  const clear = input.clearAssignee === true;
  if (clear && issue.status === 'IN_PROGRESS') {
    // Work in progress belongs to somebody: without an owner it is todo.
    const freed = await tx.issue.update({ where: { id: issue.id }, data: { status: 'TODO', assigneeId: null, assigneeUserId: null, holderRunId: null, holderStatus: null } });
    await logForced(tx, by, issue, clear);
    return freed;
  }
  const freed = await tx.issue.update({
    where: { id: issue.id }, data: { holderRunId: null, holderStatus: null, ...(clear ? { assigneeId: null, assigneeUserId: null } : {}) },
  });
  await logForced(tx, by, issue, clear);
  return freed;
}

async function logForced(tx: Tx, by: Principal, issue: Issue, clearedAssignee: boolean): Promise<void> {
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.forceReleased', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId,
    details: { previousRunId: issue.holderRunId, clearedAssignee },
  });
}
