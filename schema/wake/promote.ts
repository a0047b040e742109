import type { Prisma, Wakeup } from '../../prisma/generated/client.ts';
import { now } from '../../prisma/clock.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, SYSTEM } from '../access/principal.ts';
import { releaseFinishedHolds } from '../hold/commands/release-subtree.ts';
import { enqueueWake } from './enqueue-wake.ts';
import { mergePayloads } from './payload.ts';
import type { WakeReason } from './reasons.ts';

const WAITING_MAX = 20;

/**
 * Lets the oldest wake go that waited for a run on this issue to end; those whose gates have shut meanwhile end as skipped.
 * Those of other agents wait on for the run that it leads to. Called in the transaction that ends a run or takes it from the queue.
 */
export async function promoteDeferred(tx: Tx, issueId: string): Promise<void> {
  await releaseFinishedHolds(tx, issueId);
  if (await tx.run.findFirst({ where: { issueId, status: 'RUNNING' }, select: { id: true } })) return;
  const waiting = await tx.wakeup.findMany({ where: { issueId, status: 'DEFERRED' }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }], take: WAITING_MAX });
  for (const wakeup of waiting) {
    const promoted = await promote(tx, wakeup);
    if (promoted.status !== 'SKIPPED') return;
  }
}

/** The gates are asked again: much may have changed while it waited. The waiting row ends; the new one tells the rest. */
async function promote(tx: Tx, wakeup: Wakeup): Promise<Wakeup> {
  await tx.wakeup.update({ where: { id: wakeup.id }, data: { status: 'COMPLETED', finishedAt: now() } });
  const promoted = await enqueueWake(tx, requesterOf(wakeup), {
    agentId: wakeup.agentId, issueId: wakeup.issueId, source: wakeup.source, reason: wakeup.reason as WakeReason, payload: wakeup.payload as Prisma.InputJsonObject,
  });
  if (promoted.runId) await tx.wakeup.update({ where: { id: wakeup.id }, data: { runId: promoted.runId } });
  return promoted;
}

/** Who asked for it, where that was a person: their wish passes gates that others' do not. */
export function requesterOf(wakeup: Wakeup): Principal {
  return wakeup.requesterType === 'USER' && wakeup.requesterId ? { kind: 'user', userId: wakeup.requesterId } : SYSTEM;
}

/** Takes back what waits to wake an agent for an issue that is no longer its own; gives back what it was to be told. */
export async function withdrawDeferred(tx: Tx, issueId: string, agentId: string): Promise<Prisma.InputJsonObject> {
  const waiting = await tx.wakeup.findMany({ where: { issueId, agentId, status: 'DEFERRED', reason: { not: 'issue_comment_mentioned' } } });
  for (const { id } of waiting) await tx.wakeup.update({ where: { id }, data: { status: 'CANCELLED', finishedAt: now() } });
  return waiting.map((wakeup) => wakeup.payload as Prisma.InputJsonObject).reduce(mergePayloads, {});
}
