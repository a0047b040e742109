import { now } from '../../../prisma/clock.ts';
import type { Approval, Prisma } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { resolveIncident } from '../../budget/resolve.ts';
import { badInput } from '../../shared/refusal.ts';
import { ApprovalChanged, ApprovalDecided } from '../conflicts.ts';
import { settleApproval } from '../open.ts';
import { judgeApproval } from '../rules.ts';
import { approvalFor, checkedNote } from './access.ts';
import { dismissCandidate, hireCandidate } from './hire.ts';
import { wakeRequester } from './wake-requester.ts';

export interface DecideApproval {
  approvalId: string;
  decision: 'APPROVED' | 'REJECTED';
  note?: string | null | undefined;
  /** The version that was looked at; the latest, whichever that is, when absent. */
  revision?: number | null | undefined;
  /** Of a budget override that is approved: the new limit. */
  budgetAmount?: bigint | null | undefined;
}

/**
 * The board decides, and what follows happens in the same transaction. The same decision again changes nothing; another one
 * is told what was decided, and one about an older version what there is now.
 */
export async function decideApproval(tx: Tx, by: Principal, input: DecideApproval): Promise<Approval | ApprovalDecided | ApprovalChanged> {
  const open = await approvalFor(tx, by, input.approvalId);
  mustBeBoard(by, 'decide approvals');
  const note = checkedNote(input.note);
  const seen = checkedRevision(open, input.revision);
  const amount = checkedAmount(open, input);
  const verdict = judgeApproval(open.status, input.decision === 'APPROVED' ? 'approve' : 'reject');
  if ('same' in verdict && (amount === null || amount === raisedTo(open))) return open;
  if (!('to' in verdict)) return new ApprovalDecided(open);
  if (seen !== open.revision) return new ApprovalChanged(open);
  const payload = amount === null ? undefined : ({ ...(open.payload as Prisma.InputJsonObject), budgetAmount: amount.toString() });
  const decided = await settleApproval(tx, by, open, input.decision, note, payload);
  await takeEffect(tx, by, decided, amount);
  await wakeRequester(tx, by, decided, input.decision === 'APPROVED' ? 'approval_approved' : 'approval_rejected');
  return decided;
}

function checkedRevision(open: Approval, revision: number | null | undefined): number {
  if (typeof revision !== 'number') return open.revision;
  if (revision < 1 || revision > open.revision) throw badInput('revision', `must be 1 to ${open.revision}: there is no other version`);
  return revision;
}

function checkedAmount({ type }: Approval, { decision, budgetAmount = null }: DecideApproval): bigint | null {
  const isRaise = type === 'BUDGET_OVERRIDE' && decision === 'APPROVED';
  if (isRaise && budgetAmount === null) throw badInput('budgetAmount', 'is needed: the new limit');
  if (!isRaise && budgetAmount !== null) throw badInput('budgetAmount', 'belongs to a budget override that is approved');
  return budgetAmount;
}

/** The limit that an approved override set. */
export function raisedTo({ payload }: Pick<Approval, 'payload'>): bigint | null {
  const { budgetAmount } = payload as { budgetAmount?: string };
  return budgetAmount === undefined ? null : BigInt(budgetAmount);
}

async function takeEffect(tx: Tx, by: Principal, decided: Approval, amount: bigint | null): Promise<void> {
  const isApproved = decided.status === 'APPROVED';
  switch (decided.type) {
    case 'HIRE_AGENT':
      if (isApproved) await hireCandidate(tx, by, decided);
      else await dismissCandidate(tx, by, decided);
      return;
    case 'CEO_STRATEGY':
      if (isApproved) await acceptStrategy(tx, by, decided);
      return;
    case 'BUDGET_OVERRIDE':
      if (decided.incidentId) {
        await resolveIncident(tx, by, { incidentId: decided.incidentId, ...(amount === null ? { resolution: 'KEEP_PAUSED' } : { resolution: 'RAISE_AND_RESUME', amount }) });
      }
      return;
    case 'BOARD_REQUEST':
      return; // The word of the board is all that was asked for.
  }
}

/** The first one opens the gate of the CEO, for good. */
async function acceptStrategy(tx: Tx, by: Principal, { companyId, id }: Approval): Promise<void> {
  const company = await tx.company.findUniqueOrThrow({ where: { id: companyId }, select: { strategyApprovedAt: true } });
  if (company.strategyApprovedAt) return;
  await tx.company.update({ where: { id: companyId }, data: { strategyApprovedAt: now() } });
  await recordActivity(tx, by, { companyId, action: 'company.strategyApproved', entityType: 'company', entityId: companyId, details: { approvalId: id } });
}
