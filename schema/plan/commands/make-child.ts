import type { PlanDecomposition } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { createIssue } from '../../issue/commands/create-issue.ts';
import { ownerOf, takeOver } from './claim-plan.ts';
import { DecompositionInFlight } from '../conflicts.ts';
import { isSameOwner, type PlannedChild } from '../rules.ts';

/**
 * One step: makes the first child that is not there yet, and says so in the same transaction. With the last one the
 * decomposition is complete. The parent waits for each child through a blocks edge.
 */
export async function makeChild(tx: Tx, by: Principal, decompositionId: string): Promise<PlanDecomposition | DecompositionInFlight> {
  // Written, not only read, so that of two who take a step at once the second fails before it has done any work and not after.
  await tx.$executeRaw`UPDATE plan_decomposition SET status = status WHERE id = ${decompositionId}::uuid`;
  const found = await tx.planDecomposition.findUniqueOrThrow({ where: { id: decompositionId }, include: { made: { orderBy: { ordinal: 'asc' } } } });
  const { made, ...claim } = found;
  if (claim.status === 'COMPLETED') return claim;
  if (!isSameOwner(ownerOf(by), claim)) {
    const taken = await takeOver(tx, by, claim);
    if (taken instanceof DecompositionInFlight) return taken;
  }
  const planned = claim.children as unknown as PlannedChild[];
  const next = planned[made.length];
  if (next) await make(tx, by, claim, next, made.length, new Map(made.map(({ ordinal, issueId }) => [planned[ordinal]?.key ?? '', issueId])));
  if (made.length + 1 < claim.childCount) return claim;
  const completed = await tx.planDecomposition.update({ where: { id: claim.id }, data: { status: 'COMPLETED', completedAt: new Date() } });
  await recordActivity(tx, by, {
    companyId: claim.companyId, action: 'plan.decomposed', entityType: 'planDecomposition', entityId: claim.id, issueId: claim.sourceIssueId, details: { childCount: claim.childCount },
  });
  return completed;
}

async function make(tx: Tx, by: Principal, claim: PlanDecomposition, child: PlannedChild, ordinal: number, made: Map<string, string>): Promise<void> {
  const { companyId, sourceIssueId } = claim;
  const { afterKeys, title, description, priority } = child;
  const issue = await createIssue(tx, by, {
    companyId, parentId: sourceIssueId, title, description, priority, assigneeId: await stillEmployed(tx, child.assigneeId),
    blockedByIds: afterKeys.flatMap((key) => made.get(key) ?? []),
  });
  await tx.issue.update({ where: { id: issue.id }, data: { origin: 'PLAN', originId: claim.id } });
  await tx.planChild.create({ data: { decompositionId: claim.id, ordinal, companyId, issueId: issue.id } });
  await tx.issueBlocker.create({ data: { companyId, issueId: sourceIssueId, blockerId: issue.id } });
  await recordActivity(tx, by, {
    companyId, action: 'plan.childMade', entityType: 'planDecomposition', entityId: claim.id, issueId: sourceIssueId, details: { ordinal, childId: issue.id, number: issue.number },
  });
}

/** Who was terminated since the claim gets no work; the child is then nobody's, rather than the set never complete. */
async function stillEmployed(tx: Tx, assigneeId: string | null): Promise<string | null> {
  if (!assigneeId) return null;
  const agent = await tx.agent.findUnique({ where: { id: assigneeId }, select: { status: true } });
  return agent && agent.status !== 'TERMINATED' ? assigneeId : null;
}
