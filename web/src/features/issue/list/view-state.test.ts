import { expect, test } from 'vitest';
import { countOf, filterOf, sumOf } from './view-state.ts';

const nothing = { project: undefined, assignee: undefined, priority: undefined, label: undefined, text: undefined, live: false };

test('only what was asked for is in the filter', () => {
  expect(filterOf(nothing)).toEqual({});
  expect(filterOf({ ...nothing, assignee: 'a1', priority: 'HIGH', text: 'quote' })).toEqual({ assigneeId: 'a1', priorities: ['HIGH'], text: 'quote' });
  expect(filterOf({ ...nothing, assignee: 'none', live: true })).toEqual({ unassigned: true, live: true });
});

test('counts by state, and of several states', () => {
  const counts = { backlog: 1, todo: 2, inProgress: 3, inReview: 4, blocked: 5, done: 6, cancelled: 7 };
  expect(countOf(counts, 'IN_REVIEW')).toBe(4);
  expect(sumOf(counts, ['TODO', 'BLOCKED'])).toBe(7);
  expect(sumOf(undefined, ['TODO'])).toBeUndefined();
});
