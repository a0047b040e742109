import type { DecideApprovalInput, ResubmitApprovalInput } from '../../graphql/generated/graphql.ts';
import { mutate } from '../../graphql/mutate.ts';
import { type Failure, sentence } from '../../ui/failure.ts';
import { toast } from '../../ui/toast.ts';
import { AskRevision, DecideApproval, ResubmitApproval, WithdrawApproval } from './queries.ts';

/** Done with it, or what keeps the card open and why. A decision that came too late is done with: the page shows the other. */
export type Sent = { done: true } | { done: false; problem: string };

const DONE: Sent = { done: true };

const tooLate = (message: string, id: string): Sent => {
  toast.error('Decided otherwise meanwhile', `${sentence(message)} Yours was not recorded.`, `approval:${id}`);
  return DONE;
};

export async function decide(input: DecideApprovalInput): Promise<Sent> {
  const { data, failure } = await mutate(DecideApproval, { input });
  if (failure) return { done: false, problem: failure.message };
  const result = data.decideApproval;
  if (result.__typename === 'ApprovalChanged') return { done: false, problem: sentence(result.message) };
  return result.__typename === 'ApprovalDecided' ? tooLate(result.message, input.approvalId) : DONE;
}

export async function askRevision(approvalId: string, note: string): Promise<Sent> {
  const { data, failure } = await mutate(AskRevision, { input: { approvalId, note } });
  if (failure) return { done: false, problem: failure.message };
  const result = data.requestApprovalRevision;
  return result.__typename === 'ApprovalDecided' ? tooLate(result.message, approvalId) : DONE;
}

export async function withdraw(approvalId: string, note: string): Promise<Sent> {
  const { data, failure } = await mutate(WithdrawApproval, { input: { approvalId, note: note.trim() || null } });
  if (failure) return { done: false, problem: failure.message };
  const result = data.withdrawApproval;
  return result.__typename === 'ApprovalDecided' ? tooLate(result.message, approvalId) : DONE;
}

/** Puts another version before the board; what was wrong with it names its field, so that a form can show it there. */
export async function resubmit(input: ResubmitApprovalInput): Promise<{ failure: Failure } | { failure?: undefined; tooLate: boolean }> {
  const { data, failure } = await mutate(ResubmitApproval, { input });
  if (failure) return { failure };
  const result = data.resubmitApproval;
  const late = result.__typename === 'ApprovalDecided';
  if (late) tooLate(result.message, input.approvalId);
  return { tooLate: late };
}
