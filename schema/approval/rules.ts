import type { ApprovalStatus } from '../../prisma/generated/enums.ts';

/** What can happen to an approval. */
export type ApprovalMove = 'approve' | 'reject' | 'revise' | 'resubmit' | 'withdraw';

const ends: Partial<Record<ApprovalMove, ApprovalStatus>> = { approve: 'APPROVED', reject: 'REJECTED', withdraw: 'CANCELLED' };

const moves: Record<ApprovalStatus, Partial<Record<ApprovalMove, ApprovalStatus>>> = {
  PENDING: { ...ends, revise: 'REVISION_REQUESTED' },
  REVISION_REQUESTED: { ...ends, resubmit: 'PENDING' },
  APPROVED: {},
  REJECTED: {},
  CANCELLED: {},
};

export function isOpenApproval(status: ApprovalStatus): boolean {
  return status === 'PENDING' || status === 'REVISION_REQUESTED';
}

export const OPEN_STATUSES = ['PENDING', 'REVISION_REQUESTED'] as const satisfies ApprovalStatus[];

export type ApprovalVerdict =
  | { to: ApprovalStatus }
  /** It is there already: nothing changes. */
  | { same: true }
  /** It was decided otherwise. */
  | { over: true }
  /** It cannot happen now. */
  | { unfit: string };

/** What a move makes of an approval. To ask for the same once more changes nothing; what is decided stays. */
export function judgeApproval(status: ApprovalStatus, move: ApprovalMove): ApprovalVerdict {
  const to = moves[status][move];
  if (to) return { to };
  if (ends[move] === status || (move === 'revise' && status === 'REVISION_REQUESTED')) return { same: true };
  if (!isOpenApproval(status)) return { over: true };
  return { unfit: 'it waits for the board: nobody asked for another version' };
}
