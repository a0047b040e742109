import { now } from '../../prisma/clock.ts';
import type { Issue, Prisma, RecoveryAction } from '../../prisma/generated/client.ts';
import type { RecoveryOutcome } from '../../prisma/generated/enums.ts';
import { newId } from '../../prisma/id.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, SYSTEM } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { enqueueWake } from '../wake/enqueue-wake.ts';
import { evidenceOf } from './evidence.ts';
import { type Owner, ownerFor, THE_BOARD } from './owner.ts';
import { type Cause, pressing } from './rules.ts';
import { type Finding, WORDS } from './words.ts';

/** An agent that owns an action is given so long; then it is the board's. */
const OWNER_MS = 4 * 3_600_000;

export interface OpenAction {
  issue: Pick<Issue, 'id' | 'companyId' | 'number' | 'title' | 'assigneeId' | 'creatorType' | 'creatorId'>;
  cause: Cause | Finding;
  runId?: string | null;
  evidence?: Record<string, unknown>;
}

export function openActionOn(tx: Tx, issueId: string): Promise<RecoveryAction | null> {
  return tx.recoveryAction.findFirst({ where: { issueId, status: { in: ['ACTIVE', 'ESCALATED'] } } });
}

/**
 * Says what is wrong with an issue, who is to look at it and what is to be done. An issue has one open action: the same cause
 * again counts up, another takes its place where that one was only a question whether all is well.
 */
export async function openAction(tx: Tx, { issue, cause, runId = null, evidence = {} }: OpenAction): Promise<RecoveryAction> {
  const { kind, next, isBoards = false } = WORDS[cause];
  const open = await openActionOn(tx, issue.id);
  const data = { kind, cause, runId, fingerprint: `${cause}:${runId ?? issue.id}`, evidence: evidenceOf(evidence) as Prisma.InputJsonObject, nextAction: next };
  if (open) {
    const isQuestion = open.kind === 'SILENT_RUN' || open.kind === 'PRODUCTIVITY_REVIEW';
    if (open.cause !== cause && !isQuestion) return open;
    const escalates = isBoards && open.ownerType !== 'BOARD';
    const found = await tx.recoveryAction.update({ where: { id: open.id }, data: { ...data, attempts: { increment: 1 } } });
    return escalates ? giveToBoard(tx, found) : found;
  }
  const owner = isBoards ? THE_BOARD : await ownerFor(tx, issue);
  const at = now();
  const action = await tx.recoveryAction.create({
    data: {
      id: newId(), companyId: issue.companyId, issueId: issue.id, ...data, ...owner, createdAt: at,
      timeoutAt: owner.ownerType === 'AGENT' ? new Date(at.getTime() + OWNER_MS) : null,
    },
  });
  await recordActivity(tx, SYSTEM, {
    companyId: issue.companyId, action: 'recovery.opened', entityType: 'recovery', entityId: action.id, issueId: issue.id, agentId: issue.assigneeId,
    details: { kind, cause, ownerType: owner.ownerType, priority: pressing(cause) },
  });
  return tellOwner(tx, action, issue);
}

/** An agent that cannot be told is no owner: then it is the board's. */
async function tellOwner(tx: Tx, action: RecoveryAction, issue: OpenAction['issue']): Promise<RecoveryAction> {
  if (action.ownerType !== 'AGENT' || !action.ownerId) return action;
  const wakeup = await enqueueWake(tx, SYSTEM, {
    agentId: action.ownerId, issueId: issue.id, source: 'AUTOMATION', reason: 'source_scoped_recovery_action',
    payload: { recoveryId: action.id, issueNumber: issue.number, title: issue.title, cause: action.cause, nextAction: action.nextAction },
  });
  return wakeup.status === 'SKIPPED' ? giveToBoard(tx, action) : action;
}

export async function giveToBoard(tx: Tx, action: RecoveryAction): Promise<RecoveryAction> {
  const owner: Owner = THE_BOARD;
  const given = await tx.recoveryAction.update({ where: { id: action.id }, data: { ...owner, status: 'ESCALATED', timeoutAt: null } });
  await recordActivity(tx, SYSTEM, {
    companyId: action.companyId, action: 'recovery.escalated', entityType: 'recovery', entityId: action.id, issueId: action.issueId, details: { cause: action.cause, priority: pressing(action.cause) },
  });
  return given;
}

/** Ends an action with its outcome. */
export async function closeAction(tx: Tx, by: Principal, action: RecoveryAction, outcome: RecoveryOutcome, note: string | null): Promise<RecoveryAction> {
  const { actorType, actorId } = actorOf(by);
  const closed = await tx.recoveryAction.update({
    where: { id: action.id },
    data: { status: outcome === 'CANCELLED' ? 'CANCELLED' : 'RESOLVED', outcome, note, resolverType: actorType, resolverId: actorId, resolvedAt: now() },
  });
  await recordActivity(tx, by, {
    companyId: action.companyId, action: 'recovery.resolved', entityType: 'recovery', entityId: action.id, issueId: action.issueId, details: { cause: action.cause, outcome },
  });
  return closed;
}
