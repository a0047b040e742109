import { expect, test } from 'vitest';
import type { ApprovalStatus, ApprovalType } from '../../graphql/generated/graphql.ts';
import { allowanceWords, asksWords, bodyWords, effectWords, resultWords, stateWords, yesWords } from './words.ts';

const board = { __typename: 'User' as const, id: 'u', name: 'Board' };
const juno = { __typename: 'Agent' as const, id: 'a', name: 'Juno', status: 'IDLE' as const };
const quill = { id: 'q', name: 'Quill', status: 'IDLE' as const };
const ended = (type: ApprovalType, approvalStatus: ApprovalStatus) => ({ type, approvalStatus, decidedBy: board, requestedBy: juno, agent: type === 'HIRE_AGENT' ? quill : null });

test.each([
  [ended('HIRE_AGENT', 'APPROVED'), 'Board hired Quill.', 'approved'],
  [ended('HIRE_AGENT', 'REJECTED'), 'Board did not hire Quill.', 'rejected'],
  [ended('CEO_STRATEGY', 'APPROVED'), 'Board approved it.', 'approved'],
  [ended('BOARD_REQUEST', 'REJECTED'), 'Board rejected it.', 'rejected'],
  [ended('CEO_STRATEGY', 'REVISION_REQUESTED'), 'The board asked for another version. It waits for Juno.', 'to be revised'],
  [ended('BUDGET_OVERRIDE', 'APPROVED'), 'Board raised the budget, and work went on.', 'raised'],
  [ended('BUDGET_OVERRIDE', 'REJECTED'), 'Board kept it paused.', 'kept paused'],
  [{ ...ended('BUDGET_OVERRIDE', 'CANCELLED'), decidedBy: null }, 'Boardroom settled it otherwise.', 'settled'],
  [ended('BOARD_REQUEST', 'CANCELLED'), 'Board withdrew it.', 'withdrawn'],
])('%#: how it ended', (approval, result, state) => {
  expect(resultWords(approval)).toBe(result);
  expect(stateWords(approval)).toBe(state);
});

test('a person is of the board and does not ask it; an agent does', () => {
  expect([asksWords(board), asksWords(juno), asksWords({ __typename: 'System' })]).toEqual(['asks for a decision', 'asks the board', 'asks the board']);
});

test('what to do about a budget is said until it is decided', () => {
  const body = 'It is used up.\n\nApprove with a larger amount to go on.';
  const of = (type: ApprovalType, approvalStatus: ApprovalStatus) => bodyWords({ type, approvalStatus, body });
  expect([of('BUDGET_OVERRIDE', 'PENDING'), of('BUDGET_OVERRIDE', 'APPROVED'), of('BUDGET_OVERRIDE', 'CANCELLED'), of('BOARD_REQUEST', 'APPROVED')]).toEqual([body, 'It is used up.', 'It is used up.', body]);
  expect(bodyWords({ type: 'BUDGET_OVERRIDE', approvalStatus: 'APPROVED', body: null })).toBeNull();
});

test('a yes is named by what it does', () => {
  expect(yesWords({ type: 'HIRE_AGENT', agent: quill })).toBe('Hire Quill');
  expect(yesWords({ type: 'BOARD_REQUEST' })).toBe('Approve');
  expect(effectWords({ type: 'HIRE_AGENT', agent: quill, requestedBy: juno })).toBe('Quill may work at once, and Juno is told.');
  expect([juno, board].map((requestedBy) => effectWords({ type: 'BOARD_REQUEST', requestedBy }))).toEqual(['Juno is told. Nothing else follows by itself.', 'Nothing follows by itself.']);
});

test.each([
  [{ metric: 'BILLED_COST' as const, window: 'MONTH' as const }, '40000000', '$40.00 billed a month'],
  [{ metric: 'RUNS' as const, window: 'ROLLING' as const, windowHours: 24 }, '12', '12 runs in 24 h'],
])('%#: what it may use', (budget, amount, words) => expect(allowanceWords(budget, amount)).toBe(words));
