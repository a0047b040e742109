import { expect, test } from 'vitest';
import type { AgentStatus } from '../shared/values.ts';
import { type AgentMove, isInvokable, moveAgent } from './rules.ts';

const statuses: AgentStatus[] = ['IDLE', 'RUNNING', 'ERROR', 'PAUSED', 'TERMINATED', 'PENDING_APPROVAL'];
const moves: AgentMove[] = ['start', 'finish', 'fail', 'pause', 'resume', 'terminate', 'hire'];

/** What each move makes of each status; a dash where it is not possible. */
const table: Record<AgentStatus, string> = {
  //           start   finish fail  pause  resume terminate  hire
  IDLE: '      RUNNING -      -     PAUSED -      TERMINATED -',
  RUNNING: '   RUNNING IDLE   ERROR PAUSED -      TERMINATED -',
  ERROR: '     RUNNING -      -     PAUSED IDLE   TERMINATED -',
  PAUSED: '    -       -      -     -      IDLE   TERMINATED -',
  TERMINATED: '-       -      -     -      -      - -',
  PENDING_APPROVAL: '- - - - - TERMINATED IDLE',
};

test.each(statuses)('an agent that is %s', (from) => {
  const expected = table[from].trim().split(/\s+/);
  expect(moves.map((move) => moveAgent(from, move) ?? '-')).toEqual(expected);
});

test('agents that are paused, terminated or not hired yet get no runs', () => {
  expect(statuses.filter((status) => !isInvokable(status))).toEqual(['PAUSED', 'TERMINATED', 'PENDING_APPROVAL']);
});
