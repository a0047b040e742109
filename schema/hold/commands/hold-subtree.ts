import { now } from '../../../prisma/clock.ts';
import { newId } from '../../../prisma/id.ts';
import type { SubtreeHold } from '../../../prisma/generated/client.ts';
import type { HoldMode, HoldRelease } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal } from '../../access/principal.ts';
import { actorOf, recordActivities, recordActivity } from '../../activity/record.ts';
import { issueFor } from '../../issue/commands/access.ts';
import { afterMove } from '../../issue/commands/after-move.ts';
import { isTerminal } from '../../issue/rules.ts';
import { requestCancels } from '../../run/commands/request-cancel.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText } from '../../shared/text.ts';
import { AlreadyHeld } from '../conflicts.ts';
import { openSubtree, type SubtreeIssue } from '../subtree.ts';

/** A hold is one transaction, and writes a row for each issue. */
export const HELD_MAX = 2_000;

export interface HoldSubtree {
  issueId: string;
  mode: HoldMode;
  release?: HoldRelease | null | undefined;
  reason?: string | null | undefined;
}

/**
 * Stops an issue and all below it. PAUSE leaves statuses as they are; CANCEL cancels what is not finished, and remembers it.
 * What runs there or waits to run is cancelled, unless the hold is to end by itself when that has finished.
 */
export async function holdSubtree(tx: Tx, by: Principal, input: HoldSubtree): Promise<SubtreeHold | AlreadyHeld> {
  const root = await issueFor(tx, by, input.issueId);
  mustBeBoard(by, 'hold work');
  const active = await tx.subtreeHold.findFirst({ where: { rootIssueId: root.id, releasedAt: null } });
  if (active) return new AlreadyHeld(active);
  if (isTerminal(root.status)) throw new Refusal('RULE_VIOLATION', 'a finished issue is not held');
  const { mode } = input;
  const release = input.release ?? 'MANUAL';
  if (mode === 'CANCEL' && release !== 'MANUAL') throw badInput('release', 'what was called off comes back by hand only');
  const members = await openSubtree(tx, root.id);
  if (members.length > HELD_MAX) throw new Refusal('RULE_VIOLATION', `at most ${HELD_MAX} issues are held at once; here are ${members.length}`);
  const ids = members.map((member) => member.id);
  if (release === 'AFTER_ACTIVE_RUNS_FINISH' && (await tx.run.count({ where: { issueId: { in: ids }, status: 'RUNNING' } })) === 0) {
    throw new Refusal('RULE_VIOLATION', 'nothing runs there, so such a hold would end at once', { field: 'release' });
  }

  const { actorType, actorId } = actorOf(by);
  const hold = await tx.subtreeHold.create({
    data: {
      id: newId(), companyId: root.companyId, rootIssueId: root.id, mode, release, reason: optionalText('reason', input.reason, LIMITS.short),
      creatorType: actorType, creatorId: actorId, createdAt: now(),
    },
  });
  await tx.subtreeHoldMember.createMany({ data: members.map(({ id, status }) => ({ holdId: hold.id, companyId: root.companyId, issueId: id, previousStatus: status })) });
  if (mode === 'CANCEL') await callOff(tx, by, root.companyId, members);
  await cancelRuns(tx, by, ids, release === 'MANUAL', mode === 'PAUSE' ? 'the work is on hold' : 'the work was called off');
  await recordActivity(tx, by, {
    companyId: root.companyId, action: 'subtree.held', entityType: 'subtreeHold', entityId: hold.id, issueId: root.id, details: { mode, release, issueCount: ids.length },
  });
  if (mode === 'CANCEL') await afterMove(tx, by, root, { ...root, status: 'CANCELLED' });
  return hold;
}

async function callOff(tx: Tx, by: Principal, companyId: string, members: SubtreeIssue[]): Promise<void> {
  await tx.issue.updateMany({
    where: { id: { in: members.map((member) => member.id) } }, data: { status: 'CANCELLED', cancelledAt: now(), holderRunId: null, holderStatus: null },
  });
  await recordActivities(tx, by, members.map(({ id, status }) => ({ companyId, action: 'issue.updated', entityType: 'issue' as const, entityId: id, details: { changed: ['status'], from: status, to: 'CANCELLED' } })));
}

/** Also of runs that were woken for something else and then checked one of these issues out. */
async function cancelRuns(tx: Tx, by: Principal, issueIds: string[], runningToo: boolean, reason: string): Promise<void> {
  const runs = await tx.run.findMany({
    where: {
      OR: [
        { issueId: { in: issueIds }, status: { in: ['QUEUED', 'SCHEDULED_RETRY', ...(runningToo ? ['RUNNING' as const] : [])] } },
        ...(runningToo ? [{ status: 'RUNNING' as const, holds: { some: { id: { in: issueIds } } } }] : []),
      ],
    },
    orderBy: { id: 'asc' }, select: { id: true },
  });
  await requestCancels(tx, by, runs.map(({ id }) => id), reason);
}
