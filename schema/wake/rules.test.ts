import { expect, test } from 'vitest';
import { mustNotLose } from './reasons.ts';
import { gateSentence, gatesOf, shutGate, skipSentence, type WakeFacts } from './rules.ts';

const issue = { status: 'TODO', assignedToAgent: true, hasOpenBlockers: false, isHeld: false } as const;
const open: WakeFacts = {
  source: 'AUTOMATION', companyActive: true, budgetStop: null, agentStatus: 'IDLE', pauseReason: null, isChainBroken: false, wakeOnDemand: true, issue, hasWork: true, forOthers: false, isMention: false, passesBlockers: false,
};

test.each<[string, Partial<WakeFacts>, string | null]>([
  ['everything open', {}, null],
  ['no issue', { issue: null }, null],
  ['an agent at work', { agentStatus: 'RUNNING' }, null],
  ['an agent that failed', { agentStatus: 'ERROR' }, null],
  ['work in progress', { issue: { ...issue, status: 'IN_PROGRESS' } }, null],
  ['work in review', { issue: { ...issue, status: 'IN_REVIEW' } }, null],
  ['an inactive company', { companyActive: false }, 'company_inactive'],
  ['a budget that is used up', { budgetStop: 'The budget …' }, 'budget_stopped'],
  ['an agent that its budget pauses', { budgetStop: 'The budget …', agentStatus: 'PAUSED' }, 'budget_stopped'],
  ['a paused agent', { agentStatus: 'PAUSED' }, 'agent_paused'],
  ['a terminated agent', { agentStatus: 'TERMINATED' }, 'agent_terminated'],
  ['done work', { issue: { ...issue, status: 'DONE' } }, 'issue_finished'],
  ['cancelled work', { issue: { ...issue, status: 'CANCELLED' } }, 'issue_finished'],
  ['parked work', { issue: { ...issue, status: 'BACKLOG' } }, 'issue_parked'],
  ['parked work that somebody asks for', { source: 'ON_DEMAND', issue: { ...issue, status: 'BACKLOG' } }, null],
  ['somebody else’s work', { issue: { ...issue, assignedToAgent: false } }, 'issue_reassigned'],
  ['blocked work', { issue: { ...issue, hasOpenBlockers: true } }, 'issue_blocked'],
  ['a manager who was terminated', { isChainBroken: true }, 'manager_terminated'],
  ['an agent that only its timer wakes', { wakeOnDemand: false }, 'wake_on_demand_off'],
  ['its timer', { wakeOnDemand: false, source: 'TIMER', issue: null }, null],
  ['held work', { issue: { ...issue, isHeld: true } }, 'issue_held'],
  ['held work that a person asks about', { issue: { ...issue, isHeld: true }, passesBlockers: true }, 'issue_held'],
  ['blocked work that a person asks about', { issue: { ...issue, hasOpenBlockers: true }, passesBlockers: true }, null],
  ['somebody else’s work, where it is named', { issue: { ...issue, assignedToAgent: false }, forOthers: true, isMention: true }, null],
  ['somebody else’s parked work, where it is named', { issue: { ...issue, status: 'BACKLOG', assignedToAgent: false }, forOthers: true, isMention: true }, null],
  ['finished work, where it is named', { issue: { ...issue, status: 'DONE' }, forOthers: true, isMention: true }, null],
  ['finished work, whose review is asked for', { issue: { ...issue, status: 'DONE', assignedToAgent: false }, forOthers: true }, 'issue_finished'],
  ['a heartbeat without work', { source: 'TIMER', issue: null, hasWork: false }, 'nothing_to_do'],
  ['a heartbeat with work', { source: 'TIMER', issue: null }, null],
  ['no known work, but somebody asks', { source: 'ON_DEMAND', issue: null, hasWork: false }, null],
])('%s', (_name, facts, gate) => expect(shutGate({ ...open, ...facts })).toBe(gate));

test('the first gate that is shut is named', () => {
  const shut = { ...open, source: 'TIMER' as const, companyActive: false, agentStatus: 'PAUSED' as const, hasWork: false, issue: { ...issue, status: 'DONE' as const, hasOpenBlockers: true } };
  expect(shutGate(shut)).toBe('company_inactive');
  expect(shutGate({ ...shut, companyActive: true })).toBe('agent_paused');
  expect(shutGate({ ...shut, companyActive: true, budgetStop: null, agentStatus: 'IDLE' })).toBe('nothing_to_do');
  expect(shutGate({ ...shut, companyActive: true, budgetStop: null, agentStatus: 'IDLE', hasWork: true })).toBe('issue_finished');
});

test.each([
  [null, 'The agent is paused; resume it first.'],
  ['MANUAL', 'The agent is paused; resume it first.'],
  ['BUDGET', 'The agent is paused by its budget, and goes on when that is raised.'],
  ['BREAKER', 'The agent is paused by a circuit breaker; look at what was seen, and reset it first.'],
] as const)('an agent paused by %s is told with what helps', (pauseReason, text) => {
  const gate = gatesOf({ ...open, agentStatus: 'PAUSED', pauseReason }).find(({ isOpen }) => !isOpen);
  expect(gate && gateSentence(gate)).toBe(text);
});

test('each gate has a sentence', () => {
  const gates = ['company_inactive', 'agent_paused', 'agent_terminated', 'issue_finished', 'issue_parked', 'issue_reassigned', 'issue_blocked', 'nothing_to_do', 'manager_terminated', 'wake_on_demand_off', 'issue_held'] as const;
  for (const gate of gates) expect(skipSentence(gate)).toMatch(/^The .*\.$/);
});

test('news waits for the run’s end; what merely says that there is work does not', () => {
  for (const reason of ['issue_commented', 'issue_blockers_resolved', 'issue_children_completed', 'issue_reopened_via_comment', 'manual']) expect(mustNotLose(reason)).toBe(true);
  for (const reason of ['issue_assigned', 'heartbeat_timer', 'issue_continuation_needed']) expect(mustNotLose(reason)).toBe(false);
});
