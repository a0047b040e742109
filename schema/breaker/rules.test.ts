import { describe, expect, test } from 'vitest';
import type { RunProgress, RunStatus } from '../../prisma/generated/enums.ts';
import { DEFAULTS, effective, type EndedRun, judgeFailures, judgeProgress, judgeRate, judgeUsage, tripSentence, UNSAID } from './rules.ts';

let number = 0;
const run = (status: RunStatus, progress: RunProgress | null = status === 'SUCCEEDED' ? 'ADVANCED' : 'FAILED'): EndedRun => ({
  id: String((number += 1)), number, status, progress, errorCode: status === 'SUCCEEDED' ? null : 'EXIT_CODE',
});
const runs = (count: number, ...of: Parameters<typeof run>) => Array.from({ length: count }, () => run(...of));

test('the agent’s word goes before the company’s, and that before Boardroom’s; 0 is a word', () => {
  expect(effective(UNSAID, UNSAID)).toEqual(DEFAULTS);
  const company = { ...UNSAID, runsPerHour: 10, tokensPerRun: 5n };
  expect(effective(UNSAID, company)).toEqual({ ...DEFAULTS, runsPerHour: 10, tokensPerRun: 5n });
  expect(effective({ ...UNSAID, runsPerHour: 0, tokensPerRun: 7n, consecutiveFailures: 2 }, company)).toEqual({ ...DEFAULTS, runsPerHour: 0, tokensPerRun: 7n, consecutiveFailures: 2 });
});

describe('failures in a row', () => {
  test('as many as the limit, and no fewer', () => {
    expect(judgeFailures(runs(5, 'FAILED'), 6)).toBeNull();
    expect(judgeFailures(runs(6, 'FAILED'), 6)).toMatchObject({ kind: 'CONSECUTIVE_FAILURES', limit: 6n, observed: 6n });
    expect(judgeFailures(runs(9, 'FAILED'), 6)).toMatchObject({ observed: 6n });
  });
  test('of whatever kind, and a time-out is one', () => {
    expect(judgeFailures([...runs(1, 'TIMED_OUT'), ...runs(1, 'FAILED')], 2)).not.toBeNull();
  });
  test('a success ends the row', () => {
    expect(judgeFailures([...runs(2, 'FAILED'), run('SUCCEEDED'), ...runs(9, 'FAILED')], 3)).toBeNull();
  });
  test('0 is off', () => expect(judgeFailures(runs(99, 'FAILED'), 0)).toBeNull());
  test('the evidence names the runs', () => {
    const [last, first] = [run('FAILED'), run('TIMED_OUT')];
    expect(judgeFailures([last, first], 2)?.evidence).toEqual({ runs: [
      { number: last.number, status: 'FAILED', errorCode: 'EXIT_CODE', progress: 'FAILED' }, { number: first.number, status: 'TIMED_OUT', errorCode: 'EXIT_CODE', progress: 'FAILED' }] });
  });
});

describe('runs that leave nothing', () => {
  test.each<[RunProgress, boolean]>([['EMPTY', true], ['FAILED', true], ['ADVANCED', false], ['PLAN_ONLY', false], ['BLOCKED', false], ['COMPLETED', false]])('%s counts: %s', (progress, counts) => {
    expect(judgeProgress(runs(3, 'SUCCEEDED', progress), 3) !== null).toBe(counts);
  });
  test('as many as the limit, in a row', () => {
    expect(judgeProgress(runs(9, 'SUCCEEDED', 'EMPTY'), 10)).toBeNull();
    expect(judgeProgress([...runs(4, 'SUCCEEDED', 'EMPTY'), ...runs(6, 'FAILED')], 10)).toMatchObject({ kind: 'RUNS_WITHOUT_PROGRESS', limit: 10n });
    expect(judgeProgress([...runs(4, 'SUCCEEDED', 'EMPTY'), run('SUCCEEDED'), ...runs(9, 'SUCCEEDED', 'EMPTY')], 10)).toBeNull();
    expect(judgeProgress(runs(20, 'SUCCEEDED', 'EMPTY'), 0)).toBeNull();
  });
});

test.each([
  [{ inHour: 59, inDay: 59 }, null], [{ inHour: 60, inDay: 60 }, 'RUNS_PER_HOUR'], [{ inHour: 1, inDay: 499 }, null], [{ inHour: 1, inDay: 500 }, 'RUNS_PER_DAY'],
])('a start after %o', (counts, kind) => {
  expect(judgeRate(counts, DEFAULTS)?.kind ?? null).toBe(kind);
});

test('no rate where it is off; what is seen counts the start itself', () => {
  expect(judgeRate({ inHour: 9_999, inDay: 9_999 }, { runsPerHour: 0, runsPerDay: 0 })).toBeNull();
  expect(judgeRate({ inHour: 3, inDay: 3 }, { runsPerHour: 3, runsPerDay: 0 })).toMatchObject({ limit: 3n, observed: 4n });
});

describe('tokens', () => {
  const past = { runs: 5, tokens: 5_000n, elapsedMs: 5 * 60_000 }; // 1,000 a minute
  const none = { runs: 0, tokens: 0n, elapsedMs: 0 };
  test('of one run: more than the limit, and not the limit itself', () => {
    const judge = (tokens: bigint) => judgeUsage({ tokens, elapsedMs: 0, past: none }, { tokensPerRun: 100n, velocityPercent: 0 });
    expect(judge(100n)).toBeNull();
    expect(judge(101n)).toMatchObject({ kind: 'TOKENS_PER_RUN', limit: 100n, observed: 101n });
  });
  test('a minute: against the agent’s own average', () => {
    const judge = (tokens: bigint, elapsedMs: number) => judgeUsage({ tokens, elapsedMs, past }, { tokensPerRun: 0n, velocityPercent: 300 });
    expect(judge(6_000n, 120_000)).toBeNull();
    expect(judge(6_002n, 120_000)).toMatchObject({ kind: 'TOKEN_VELOCITY', limit: 3_000n, observed: 3_001n, evidence: { averagePerMinute: 1_000, percent: 300, runs: 5 } });
  });
  test('the first moment is taken for a minute', () => {
    expect(judgeUsage({ tokens: 3_000n, elapsedMs: 10, past }, { tokensPerRun: 0n, velocityPercent: 300 })).toBeNull();
    expect(judgeUsage({ tokens: 3_001n, elapsedMs: 10, past }, { tokensPerRun: 0n, velocityPercent: 300 })).not.toBeNull();
  });
  test('fewer than five runs, or none that used anything, are no average', () => {
    expect(judgeUsage({ tokens: 1_000_000n, elapsedMs: 1, past: { ...past, runs: 4 } }, { tokensPerRun: 0n, velocityPercent: 300 })).toBeNull();
    expect(judgeUsage({ tokens: 1_000_000n, elapsedMs: 1, past: { ...past, tokens: 0n } }, { tokensPerRun: 0n, velocityPercent: 300 })).toBeNull();
  });
  test('both off', () => expect(judgeUsage({ tokens: 10n ** 12n, elapsedMs: 1, past }, { tokensPerRun: 0n, velocityPercent: 0 })).toBeNull());
});

test.each([
  ['CONSECUTIVE_FAILURES', 6n, 6n, '6 runs in a row failed'], ['CONSECUTIVE_FAILURES', 0n, 1n, 'a run failed in a way that trying again does not mend'], ['CONSECUTIVE_FAILURES', 1n, 1n, 'a run failed'],
  ['RUNS_WITHOUT_PROGRESS', 10n, 10n, '10 runs in a row left nothing to be seen on their issues'], ['RUNS_PER_HOUR', 60n, 61n, 'run 61 within an hour, and 60 are allowed'],
  ['RUNS_PER_DAY', 500n, 501n, 'run 501 within 24 hours, and 500 are allowed'], ['TOKENS_PER_RUN', 5n, 7n, 'a run used 7 tokens, and 5 are allowed'],
  ['TOKEN_VELOCITY', 5n, 7n, 'a run used 7 tokens a minute, and by the agent\'s own average 5 are allowed'],
] as const)('%s is told in words', (kind, limit, observed, words) => {
  expect(tripSentence({ kind, limit, observed })).toBe(words);
});
