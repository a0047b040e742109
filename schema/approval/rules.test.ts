import { expect, test } from 'vitest';
import type { ApprovalStatus } from '../../prisma/generated/enums.ts';
import { type ApprovalMove, isOpenApproval, judgeApproval } from './rules.ts';

const statuses: ApprovalStatus[] = ['PENDING', 'REVISION_REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED'];
const moves: ApprovalMove[] = ['approve', 'reject', 'revise', 'resubmit', 'withdraw'];

/** What each move makes of each status: the next one, the same, over, or unfit. */
const table: Record<ApprovalStatus, string> = {
  //                   approve  reject   revise             resubmit withdraw
  PENDING: '           APPROVED REJECTED REVISION_REQUESTED unfit    CANCELLED',
  REVISION_REQUESTED: 'APPROVED REJECTED same               PENDING  CANCELLED',
  APPROVED: '          same     over     over               over     over',
  REJECTED: '          over     same     over               over     over',
  CANCELLED: '         over     over     over               over     same',
};

test.each(statuses)('an approval that is %s', (from) => {
  const judged = moves.map((move) => {
    const verdict = judgeApproval(from, move);
    return 'to' in verdict ? verdict.to : Object.keys(verdict)[0];
  });
  expect(judged).toEqual(table[from].trim().split(/\s+/));
});

test('what is decided is open no more', () => expect(statuses.filter(isOpenApproval)).toEqual(['PENDING', 'REVISION_REQUESTED']));
