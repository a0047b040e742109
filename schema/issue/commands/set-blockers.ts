import type { Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { mustHaveStrategy } from '../../approval/ceo-gate.ts';
import { badInput, notFound, Refusal } from '../../shared/refusal.ts';
import { openBlockerIds, waitingFor } from '../blocking.ts';
import type { IssueHeld } from '../conflicts.ts';
import { isTerminal } from '../rules.ts';
import { wakeUnblocked } from './after-move.ts';
import { heldAgainst, issueFor } from './access.ts';

const BLOCKERS_PER_ISSUE = 100;

/** Makes exactly these issues the blockers. No issue blocks itself, directly or through others. Freed work wakes its agent. */
export async function setBlockers(tx: Tx, by: Principal, input: { issueId: string; blockedByIds: string[] }): Promise<Issue | IssueHeld> {
  const issue = await issueFor(tx, by, input.issueId);
  const held = await heldAgainst(tx, by, issue);
  if (held) return held;
  if (isTerminal(issue.status)) throw new Refusal('RULE_VIOLATION', 'a finished issue waits for nothing');
  const before = await openBlockerIds(tx, issue.id);
  await replaceBlockers(tx, issue, input.blockedByIds);
  const after = await openBlockerIds(tx, issue.id);
  const frees = before.length > 0 && after.length === 0;
  if (frees && issue.status !== 'BACKLOG' && issue.assigneeId !== agentOf(by)) await mustHaveStrategy(tx, by, issue.companyId, 'free work of others of what blocks it');
  const updated = await tx.issue.update({ where: { id: issue.id }, data: { updatedAt: new Date() } });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.blockersSet', entityType: 'issue', entityId: issue.id, details: { blockedByIds: input.blockedByIds },
  });
  if (frees) await wakeUnblocked(tx, by, issue);
  return updated;
}

export async function replaceBlockers(tx: Tx, issue: { id: string; companyId: string }, blockerIds: string[]): Promise<void> {
  const wanted = [...new Set(blockerIds)];
  if (wanted.length > BLOCKERS_PER_ISSUE) throw badInput('blockedByIds', `at most ${BLOCKERS_PER_ISSUE} blockers`);
  if (wanted.includes(issue.id)) throw new Refusal('RULE_VIOLATION', 'an issue cannot block itself', { field: 'blockedByIds' });
  const found = await tx.issue.count({ where: { id: { in: wanted }, companyId: issue.companyId } });
  if (found !== wanted.length) throw notFound('blocking issue');
  if ((await waitingFor(tx, issue.id, wanted)).size > 0) throw new Refusal('RULE_VIOLATION', 'these blockers would wait for each other in a circle', { field: 'blockedByIds' });
  await tx.issueBlocker.deleteMany({ where: { issueId: issue.id } });
  await tx.issueBlocker.createMany({ data: wanted.map((blockerId) => ({ companyId: issue.companyId, issueId: issue.id, blockerId })) });
}
