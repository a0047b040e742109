import { expect, test } from 'vitest';
import type { IssueStatus } from '../shared/values.ts';
import {
  allowedMoves, CHECKOUT_FROM, isReopen, isTerminal, ISSUE_STATUSES, judgeMove, OPEN_STATUSES, parseIdentifier, REQUEST_DEPTH_MAX, requestDepthBelow, stampsOf,
} from './rules.ts';

/** The table as it is written in the domain pages; reopening is the board's alone. */
const table: Record<IssueStatus, IssueStatus[]> = {
  BACKLOG: ['TODO', 'CANCELLED'],
  TODO: ['IN_PROGRESS', 'BLOCKED', 'CANCELLED'],
  IN_PROGRESS: ['IN_REVIEW', 'BLOCKED', 'DONE', 'CANCELLED'],
  IN_REVIEW: ['IN_PROGRESS', 'DONE', 'CANCELLED'],
  BLOCKED: ['TODO', 'IN_PROGRESS', 'CANCELLED'],
  DONE: ['TODO'],
  CANCELLED: ['TODO'],
};

const pairs = ISSUE_STATUSES.flatMap((from) => ISSUE_STATUSES.map((to) => [from, to] as const));

test.each(pairs)('%s to %s, with and without an assignee, by the board and by an agent', (from, to) => {
  for (const hasAssignee of [true, false]) {
    for (const isBoard of [true, false]) {
      const inTable = from === to || table[from].includes(to);
      const reopens = from !== to && (from === 'DONE' || from === 'CANCELLED');
      const lacksOwner = from !== to && to === 'IN_PROGRESS' && !hasAssignee;
      const verdict = judgeMove({ from, to, hasAssignee, isBoard });
      expect(verdict.allowed, `assignee ${hasAssignee}, board ${isBoard}`).toBe(inTable && !lacksOwner && !(reopens && !isBoard));
      if (!verdict.allowed) expect(verdict.reason).toMatch(/^[A-Z].*\.$/);
    }
  }
});

test('each forbidden move says what to do instead', () => {
  const why = (from: IssueStatus, to: IssueStatus) => {
    const verdict = judgeMove({ from, to, hasAssignee: true, isBoard: true });
    return verdict.allowed ? null : verdict.reason;
  };
  expect(why('BACKLOG', 'IN_PROGRESS')).toBe('Move it to todo first.');
  expect(why('TODO', 'BACKLOG')).toBe('Planned work does not go back to backlog; cancel it or leave it.');
  expect(why('IN_PROGRESS', 'BACKLOG')).toBe('Started work cannot go back to backlog.');
  expect(why('IN_PROGRESS', 'TODO')).toBe('To put it back in todo, release it first.');
  expect(why('TODO', 'DONE')).toBe('Only work in progress or in review is finished.');
  expect(why('BLOCKED', 'IN_REVIEW')).toBe('Only work in progress goes to review.');
  expect(why('IN_REVIEW', 'BLOCKED')).toBe('Reviewed work is not blocked; send it back to in progress first.');
  expect(why('DONE', 'CANCELLED')).toBe('A finished issue reopens to todo.');
});

test('the moves offered are those that are allowed, without staying', () => {
  for (const from of ISSUE_STATUSES) {
    expect(allowedMoves({ from, hasAssignee: true, isBoard: true }).sort()).toEqual([...table[from]].sort());
  }
  expect(allowedMoves({ from: 'DONE', hasAssignee: true, isBoard: false })).toEqual([]);
  expect(allowedMoves({ from: 'TODO', hasAssignee: false, isBoard: true })).toEqual(['BLOCKED', 'CANCELLED']);
});

test('terminal, open, reopening and checking out', () => {
  expect(ISSUE_STATUSES.filter(isTerminal)).toEqual(['DONE', 'CANCELLED']);
  expect(ISSUE_STATUSES.filter((status) => !isTerminal(status))).toEqual([...OPEN_STATUSES]);
  expect(pairs.filter(([from, to]) => isReopen(from, to))).toEqual([['DONE', 'TODO'], ['CANCELLED', 'TODO']]);
  expect([...CHECKOUT_FROM].sort()).toEqual(['BACKLOG', 'BLOCKED', 'IN_REVIEW', 'TODO']);
});

const now = new Date('2026-02-03T04:05:06.000Z');
const before = new Date('2026-01-01T00:00:00.000Z');

test.each<[IssueStatus, IssueStatus, Date | null, object]>([
  ['TODO', 'IN_PROGRESS', null, { startedAt: now }],
  ['IN_REVIEW', 'IN_PROGRESS', before, {}],
  ['IN_PROGRESS', 'DONE', before, { completedAt: now }],
  ['IN_PROGRESS', 'CANCELLED', before, { cancelledAt: now }],
  ['DONE', 'TODO', before, { completedAt: null }],
  ['CANCELLED', 'TODO', before, { cancelledAt: null }],
  ['IN_PROGRESS', 'IN_PROGRESS', null, {}],
  ['TODO', 'BLOCKED', null, {}],
])('%s to %s stamps, and a first start is kept', (from, to, startedAt, stamps) => {
  expect(stampsOf(from, to, now, startedAt)).toEqual(stamps);
});

test('the request depth is one more than the parent’s, and bounded', () => {
  expect([null, 0, 5, REQUEST_DEPTH_MAX - 1, REQUEST_DEPTH_MAX].map(requestDepthBelow)).toEqual([0, 1, 6, REQUEST_DEPTH_MAX, REQUEST_DEPTH_MAX]);
});

test.each([
  ['ACME-12', { prefix: 'ACME', number: 12 }],
  [' acme2-7 ', { prefix: 'ACME2', number: 7 }],
  ['A-999999999', { prefix: 'A', number: 999_999_999 }],
])('%j is an identifier', (text, parsed) => expect(parseIdentifier(text)).toEqual(parsed));

test.each(['', 'ACME', '12', 'ACME-', 'ACME-0', 'ACME-012', 'ACME--1', '1ACME-1', 'ACME-1x', 'ACME-1-2', 'ACME-1234567890', 'TOOLONGPREFIX-1', 'ACME 1', 'ÄCME-1', 'ACME-1\0'])(
  '%j is none', (text) => expect(parseIdentifier(text)).toBeNull(),
);
