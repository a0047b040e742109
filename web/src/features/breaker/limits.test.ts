import { expect, test } from 'vitest';
import { changesOf, limitFrom, limitText, textsOf } from './limits.ts';

test.each([
  ['', { value: null }],
  ['off', { value: 0 }],
  ['0', { value: 0 }],
  ['1,200', { value: 1_200 }],
  ['-3', { problem: 'A whole number, 0 for off, or nothing.' }],
  ['six', { problem: 'A whole number, 0 for off, or nothing.' }],
])('%j as runs in a day', (text, value) => expect(limitFrom('runsPerDay', text)).toEqual(value));

test('a speed below its own average would always trip', () => {
  expect(limitFrom('velocityPercent', '100')).toMatchObject({ problem: expect.stringContaining('Between 101') });
  expect(limitFrom('velocityPercent', '101')).toEqual({ value: 101 });
});

test('only what was changed is sent, and tokens as text', () => {
  const before = textsOf({ consecutiveFailures: 3, runsWithoutProgress: null, runsPerHour: null, runsPerDay: 0, tokensPerRun: null, velocityPercent: null });
  expect(before).toMatchObject({ consecutiveFailures: '3', runsPerDay: '0', tokensPerRun: '' });
  expect(changesOf({ ...before, consecutiveFailures: '', tokensPerRun: '2 000 000' }, before)).toEqual({ input: { consecutiveFailures: null, tokensPerRun: '2000000' } });
  expect(changesOf({ ...before, runsPerHour: 'x', tokensPerRun: '5' }, before)).toEqual({ problems: { runsPerHour: 'A whole number, 0 for off, or nothing.' } });
});

test('limits as they are read', () => {
  expect([limitText('runsPerHour', 60), limitText('tokensPerRun', '0'), limitText('velocityPercent', 300)]).toEqual(['60', 'off', '300%']);
});
