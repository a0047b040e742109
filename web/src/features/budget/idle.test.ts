import { expect, test } from 'vitest';
import { idleBasis, idleWords, type Idled } from './idle.ts';

const idle: Idled = { dueCount: 1440, skippedCount: 1400, runCount: 30, tokensSaved: '21000000', savedImputedMicros: '63000000', unknownCount: 0, basis: 'TIMER_RUNS' };

test('what was skipped and what that saved', () => {
  expect(idleWords(idle)).toBe('1,400 of 1,440 heartbeats skipped: about 21 M tokens saved, worth $63.00.');
  expect(idleWords({ ...idle, savedImputedMicros: null })).toBe('1,400 of 1,440 heartbeats skipped: about 21 M tokens saved.');
  expect(idleWords({ ...idle, dueCount: 1, skippedCount: 1, tokensSaved: '0', basis: 'NONE' })).toBe('1 of 1 heartbeat skipped, no tokens spent on them.');
  expect(idleWords({ ...idle, skippedCount: 0 })).toBeUndefined();
});

test('by what it is told', () => {
  expect(idleBasis(idle)).toBe('By what heartbeats that ran used on average.');
  expect(idleBasis({ ...idle, basis: 'MIXED', unknownCount: 12 })).toBe('By what heartbeats that ran used on average, or runs of any kind. 12 of agents that never told are not in it.');
  expect(idleBasis({ ...idle, basis: 'NONE', unknownCount: 12 })).toBe('No run has told what it used.');
});
