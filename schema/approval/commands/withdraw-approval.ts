import type { Approval } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { Refusal } from '../../shared/refusal.ts';
import { ApprovalDecided } from '../conflicts.ts';
import { settleApproval } from '../open.ts';
import { judgeApproval } from '../rules.ts';
import { approvalFor, checkedNote, mustBeRequester } from './access.ts';
import { dismissCandidate } from './hire.ts';

/** Asks no more: the board anything, an agent what it asked for itself. What was to be hired ends with it. */
export async function withdrawApproval(tx: Tx, by: Principal, input: { approvalId: string; note?: string | null | undefined }): Promise<Approval | ApprovalDecided> {
  const open = await approvalFor(tx, by, input.approvalId);
  mustBeRequester(by, open, 'withdraw');
  const note = checkedNote(input.note);
  if (open.type === 'BUDGET_OVERRIDE') throw new Refusal('RULE_VIOLATION', 'a budget override ends by its decision, or with what stopped');
  const verdict = judgeApproval(open.status, 'withdraw');
  if ('same' in verdict) return open;
  if (!('to' in verdict)) return new ApprovalDecided(open);
  const withdrawn = await settleApproval(tx, by, open, 'CANCELLED', note);
  if (withdrawn.type === 'HIRE_AGENT') await dismissCandidate(tx, by, withdrawn);
  return withdrawn;
}
