import { expect, test } from 'vitest';
import { type ClaimFacts, errorAfter, isRunOver, judgeClaim, mayFollow, RUN_STATUSES, type RunEnd, statusAfter } from './rules.ts';

const over = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT', 'INTERRUPTED'];

test('a run waits, runs and ends, and what has ended stays so', () => {
  const allowed = RUN_STATUSES.flatMap((from) => RUN_STATUSES.filter((to) => mayFollow(from, to)).map((to) => `${from} ${to}`));
  expect(allowed).toEqual([
    'QUEUED RUNNING', 'QUEUED CANCELLED', 'SCHEDULED_RETRY RUNNING', 'SCHEDULED_RETRY CANCELLED',
    'RUNNING SUCCEEDED', 'RUNNING FAILED', 'RUNNING CANCELLED', 'RUNNING TIMED_OUT', 'RUNNING INTERRUPTED',
  ]);
  expect(RUN_STATUSES.filter(isRunOver).sort()).toEqual([...over].sort());
});

const ends: [RunEnd, string, string | null][] = [
  [{ kind: 'succeeded' }, 'SUCCEEDED', null],
  [{ kind: 'failed', code: 'EXIT_CODE', message: 'exited with code 1' }, 'FAILED', 'EXIT_CODE'],
  [{ kind: 'timedOut', message: 'after 5 s' }, 'TIMED_OUT', 'TIMED_OUT'],
  [{ kind: 'cancelled', reason: 'enough' }, 'CANCELLED', 'CANCELLED'],
  [{ kind: 'interrupted', message: 'stopped' }, 'INTERRUPTED', 'INTERRUPTED'],
  [{ kind: 'lost', code: 'PROCESS_LOST', message: 'gone' }, 'FAILED', 'PROCESS_LOST'],
];

test.each(ends)('%o ends as %s', (end, status, code) => {
  expect(statusAfter(end)).toBe(status);
  expect(errorAfter(end)?.code ?? null).toBe(code);
  expect(mayFollow('RUNNING', statusAfter(end))).toBe(true);
});

const open: ClaimFacts = {
  companyStatus: 'ACTIVE', agentStatus: 'IDLE', runningOfAgent: 0, maxConcurrentRuns: 1, isBudgetStopped: false,
  issue: { status: 'TODO', isAssignedToAgent: true, openBlockers: 0, isBusy: false, isHeld: false },
  isChainBroken: false, answersOnly: false, onlyAsserts: false, isMention: false,
};
const issue = open.issue as NonNullable<ClaimFacts['issue']>;

test.each<[string, Partial<ClaimFacts>, string]>([
  ['all open', {}, 'start'],
  ['no issue', { issue: null }, 'start'],
  ['an agent that failed before', { agentStatus: 'ERROR' }, 'start'],
  ['a budget that is used up', { isBudgetStopped: true }, 'wait budget_stopped'],
  ['room beside others', { runningOfAgent: 1, maxConcurrentRuns: 2, agentStatus: 'RUNNING' }, 'start'],
  ['work in review', { issue: { ...issue, status: 'IN_REVIEW' } }, 'start'],
  ['paused company', { companyStatus: 'PAUSED' }, 'wait company_paused'],
  ['archived company', { companyStatus: 'ARCHIVED' }, 'drop company_archived'],
  ['paused agent', { agentStatus: 'PAUSED' }, 'wait agent_paused'],
  ['terminated agent', { agentStatus: 'TERMINATED' }, 'drop agent_terminated'],
  ['at its cap', { runningOfAgent: 1 }, 'wait agent_at_capacity'],
  ['finished issue', { issue: { ...issue, status: 'DONE' } }, 'drop issue_finished'],
  ['cancelled issue of a paused agent', { agentStatus: 'PAUSED', issue: { ...issue, status: 'CANCELLED' } }, 'drop issue_finished'],
  ['reassigned issue', { issue: { ...issue, isAssignedToAgent: false } }, 'drop issue_reassigned'],
  ['blocked issue', { issue: { ...issue, openBlockers: 1 } }, 'wait issue_blocked'],
  ['held issue', { issue: { ...issue, isHeld: true } }, 'wait issue_held'],
  ['held issue, to answer', { answersOnly: true, issue: { ...issue, isHeld: true } }, 'wait issue_held'],
  ['terminated manager', { isChainBroken: true }, 'wait manager_terminated'],
  ['blocked issue, to answer', { answersOnly: true, issue: { ...issue, openBlockers: 1 } }, 'start'],
  ['somebody else’s issue, to answer', { answersOnly: true, issue: { ...issue, isAssignedToAgent: false } }, 'start'],
  ['finished issue, to answer', { answersOnly: true, issue: { ...issue, status: 'DONE' } }, 'drop issue_finished'],
  ['finished issue, named there', { answersOnly: true, isMention: true, issue: { ...issue, status: 'DONE' } }, 'start'],
  ['work in review, with nothing new', { onlyAsserts: true, issue: { ...issue, status: 'IN_REVIEW' } }, 'drop issue_in_review'],
  ['work in progress, with nothing new', { onlyAsserts: true, issue: { ...issue, status: 'IN_PROGRESS' } }, 'start'],
  ['busy issue', { issue: { ...issue, isBusy: true } }, 'wait issue_busy'],
])('%s', (_name, facts, expected) => {
  const verdict = judgeClaim({ ...open, ...facts });
  expect(verdict.kind === 'start' ? 'start' : `${verdict.kind} ${verdict.why}`).toBe(expected);
});
