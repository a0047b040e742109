import { expect, test } from 'vitest';
import { needsOf } from './needs.ts';
import { niceTop } from './scale.ts';
import type { NeedsYouQuery } from '../../graphql/generated/graphql.ts';

type Company = NonNullable<NeedsYouQuery['company']>;
type Run = Company['dashboard']['failedRuns'][number];
type Trip = Company['breakers']['nodes'][number];
type Issue = Company['waiting']['nodes'][number];

const run = (id: string, part: Partial<Run> = {}): Run => ({
  id, number: 5, status: 'FAILED', finishedAt: null, error: { code: 'AUTH_REQUIRED', message: 'not signed in', remedy: null },
  agent: { id: 'pip', name: 'Pip', status: 'ERROR' }, issue: { id: 'i9', identifier: 'HAL-9', title: 'Load test', status: 'IN_PROGRESS' }, ...part,
});
const issue = (id: string, part: Partial<Issue> = {}): Issue => ({
  id, identifier: `HAL-${id}`, title: `Issue ${id}`, status: 'BLOCKED', priority: 'MEDIUM', assignee: null, nextStep: { text: 'Nobody is assigned.', stalled: true },
  liveness: { mover: 'NOTHING', interactionId: null, recoveryId: null }, ...part,
});
const trip = (id: string, part: Partial<Trip['agent']> = {}): Trip => ({ id, message: '6 runs in a row failed', agent: { id: 'eve', name: 'Eve', status: 'PAUSED', ...part } });
const company = (failedRuns: Run[], waiting: Issue[] = [], review: Issue[] = [], trips: Trip[] = []): Company => ({
  id: 'c', dashboard: { failedRuns }, breakers: { nodes: trips }, waiting: { nodes: waiting }, review: { nodes: review },
});

test('failures first, then what nothing moves, then what was handed in; each by priority', () => {
  const needs = needsOf(
    company([run('r1')], [issue('1', { priority: 'LOW' }), issue('2', { priority: 'CRITICAL' })], [issue('3', { status: 'IN_REVIEW' })]),
    'HAL',
  );
  expect(needs.map((need) => need.key)).toEqual(['r1', '2', '1', '3']);
  expect(needs[0]).toMatchObject({ title: 'Pip: Not signed in', why: 'Run 5 failed, auth required.', href: '/HAL/runs/5', verb: 'Open run' });
});

test('an agent that a circuit breaker paused comes first, and leads to it; one that is gone needs nobody', () => {
  const needs = needsOf(company([run('r1')], [], [], [trip('t1'), trip('t2', { id: 'ada', name: 'Ada', status: 'TERMINATED' })]), 'HAL');
  expect(needs.map((need) => need.key)).toEqual(['t1', 'r1']);
  expect(needs[0]).toMatchObject({ title: 'Eve is paused: 6 runs in a row failed', glyph: { icon: 'pause' }, href: '/HAL/agents/eve', verb: 'Open agent' });
});

test('two failures of one agent on one issue are one matter', () => {
  expect(needsOf(company([run('r2'), run('r1')]), 'HAL').map((need) => need.key)).toEqual(['r2']);
});

test('a failure on an issue that is finished since needs nobody, and what moves by itself neither', () => {
  const finished = run('r1', { issue: { id: 'i9', identifier: 'HAL-9', title: 'Load test', status: 'DONE' } });
  expect(needsOf(company([finished], [issue('1', { nextStep: { text: 'Brick is working on it.', stalled: false } })]), 'HAL')).toEqual([]);
});

test('what the board was asked and what it is to mend wait for it; what it is to approve is told elsewhere', () => {
  const moves = { text: 'Waits for an answer of the board.', stalled: false };
  const asked = issue('1', { nextStep: moves, liveness: { mover: 'BOARD', interactionId: 'q', recoveryId: null } });
  const recovery = issue('2', { priority: 'HIGH', nextStep: moves, liveness: { mover: 'BOARD', interactionId: null, recoveryId: 'r' } });
  const ofAnAgent = issue('3', { nextStep: moves, liveness: { mover: 'AGENT', interactionId: null, recoveryId: 'r' } });
  const approval = issue('4', { nextStep: moves, liveness: { mover: 'BOARD', interactionId: null, recoveryId: null } });
  expect(needsOf(company([], [asked, recovery, ofAnAgent, approval]), 'HAL').map((need) => [need.key, need.verb])).toEqual([['2', 'Decide'], ['1', 'Answer']]);
});

test('what nobody has is to be assigned; what somebody has is not', () => {
  const waiting = [issue('1', { status: 'TODO' }), issue('2', { status: 'TODO', assignee: { id: 'pip' } }), issue('3')];
  expect(needsOf(company([], waiting), 'HAL').map((need) => need.verb)).toEqual(['Assign', 'Open', 'Unblock']);
});

test('an axis ends on a round number', () => {
  expect([0, 2, 3, 8, 16, 43, 101].map(niceTop)).toEqual([2, 2, 4, 8, 20, 60, 200]);
});
