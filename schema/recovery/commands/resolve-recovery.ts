import type { Issue, RecoveryAction } from '../../../prisma/generated/client.ts';
import type { RecoveryOutcome } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, visible } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { reportsTo } from '../../agent/org.ts';
import { openBlockerIds } from '../../issue/blocking.ts';
import { isTerminal } from '../../issue/rules.ts';
import { Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { closeAction, giveToBoard } from '../actions.ts';

export interface ResolveRecovery {
  recoveryId: string;
  outcome: RecoveryOutcome;
  note?: string | null | undefined;
}

/** It was resolved before, and otherwise: what is true of it now. */
export class RecoveryClosed {
  readonly recovery: RecoveryAction;
  readonly message: string;
  constructor(recovery: RecoveryAction) {
    this.recovery = recovery;
    this.message = `it is ${recovery.status} already, as ${recovery.outcome ?? 'nothing'}`;
  }
}

/**
 * Says what became of an issue that did not move. RESTORED and HANDED_BACK put it back to work and wake its agent; the others
 * say what their sender has done, and must be true of the issue. ESCALATED gives it to the board and leaves it open.
 */
export async function resolveRecovery(tx: Tx, by: Principal, input: ResolveRecovery): Promise<RecoveryAction | RecoveryClosed> {
  const action = visible(by, await tx.recoveryAction.findUnique({ where: { id: input.recoveryId } }), 'recovery action');
  const issue = await tx.issue.findUniqueOrThrow({ where: { id: action.issueId } });
  await mustOwn(tx, by, action, issue);
  const note = optionalText('note', input.note, LIMITS.short);
  if (action.status === 'RESOLVED' || action.status === 'CANCELLED') return action.outcome === input.outcome ? action : new RecoveryClosed(action);
  await mustBeTrue(tx, by, issue, action, input.outcome);
  if (input.outcome === 'ESCALATED') return giveToBoard(tx, action);
  const closed = await closeAction(tx, by, action, input.outcome, note);
  if (input.outcome === 'RESTORED' || input.outcome === 'HANDED_BACK') await restore(tx, by, issue, action, note);
  if (input.outcome === 'BLOCKED' && (issue.status === 'TODO' || issue.status === 'IN_PROGRESS')) await block(tx, by, issue);
  return closed;
}

/** The board; the agent that owns it; and the managers of the agent whose issue it is. */
async function mustOwn(tx: Tx, by: Principal, action: RecoveryAction, issue: Issue): Promise<void> {
  const agentId = agentOf(by);
  if (!agentId || (action.ownerType === 'AGENT' && action.ownerId === agentId)) return;
  if (issue.assigneeId && issue.assigneeId !== agentId && (await reportsTo(tx, issue.assigneeId, agentId))) return;
  throw new Refusal('FORBIDDEN', 'only the board, its owner and the managers of the issue’s agent resolve a recovery action');
}

async function mustBeTrue(tx: Tx, by: Principal, issue: Issue, action: RecoveryAction, outcome: RecoveryOutcome): Promise<void> {
  const wrong = (message: string) => new Refusal('RULE_VIOLATION', message, { field: 'outcome', details: { status: issue.status } });
  if (outcome === 'OWNER_COMPLETED' && issue.status !== 'DONE') throw wrong(`the issue is ${issue.status} and not done`);
  // The board may block work whose run has been silent for hours: the run itself is what it waits for.
  const isStopped = action.cause === 'critical_silence' && agentOf(by) === null;
  if (outcome === 'BLOCKED' && isTerminal(issue.status)) throw wrong('the issue is finished; reopen it first');
  if (outcome === 'BLOCKED' && !isStopped && (await openBlockerIds(tx, issue.id)).length === 0) throw wrong('nothing named blocks the issue: set its blockers first');
  const goesOn = outcome === 'RESTORED' || outcome === 'HANDED_BACK';
  if (goesOn && isTerminal(issue.status)) throw wrong('the issue is finished; reopen it first');
  if (goesOn && !issue.assigneeId && !issue.assigneeUserId) throw wrong('nobody is assigned to go on with it');
}

/** It says so, and whoever has it checked out has it no more. */
async function block(tx: Tx, by: Principal, issue: Issue): Promise<void> {
  await tx.issue.update({ where: { id: issue.id }, data: { status: 'BLOCKED', holderRunId: null, holderStatus: null } });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId, details: { changed: ['status'], from: issue.status, to: 'BLOCKED' },
  });
}

/** Work that was marked blocked for want of a try is todo again; its agent hears that it may go on. */
async function restore(tx: Tx, by: Principal, issue: Issue, action: RecoveryAction, note: string | null): Promise<void> {
  const isFree = (await openBlockerIds(tx, issue.id)).length === 0;
  if (issue.status === 'BLOCKED' && isFree) {
    await tx.issue.update({ where: { id: issue.id }, data: { status: 'TODO' } });
    await recordActivity(tx, by, {
      companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId, details: { changed: ['status'], from: 'BLOCKED', to: 'TODO' },
    });
  }
  if (!issue.assigneeId) return;
  await enqueueWake(tx, by, {
    agentId: issue.assigneeId, issueId: issue.id, source: 'AUTOMATION', reason: 'issue_recovery_action_restored',
    payload: { recoveryId: action.id, cause: action.cause, ...(note ? { note } : {}) },
  });
}
