import { expect, test } from 'vitest';
import type { Outcome, OutputReader, Report } from '../../../adapters/contract.ts';
import { endingOfOutcome, endingOfProcess, type Stop } from './ending.ts';
import { safeReader } from './safe-reader.ts';

const at = new Date('2026-01-01T00:00:00Z');
const before = new Date(at.getTime() - 1_000);
const reader = (report: Report = {}): OutputReader => ({
  feed: () => [], end: () => [], report: () => report,
  outcome: (exit) => (exit.code === 0 ? { kind: 'succeeded', ...report } : { kind: 'failed', code: 'EXIT_CODE', message: 'no', ...report }),
});
const exited = (code: number, when = at) => ({ kind: 'exited', pid: 1, exit: { code, signal: null }, at: when }) as const;
const cancelled: Stop = { kind: 'cancelled', at, reason: 'enough' };

test('a process that ends by itself has the outcome that its reader sees', () => {
  expect(endingOfProcess(exited(0), null, reader()).end).toEqual({ kind: 'succeeded' });
  expect(endingOfProcess(exited(1), null, reader())).toMatchObject({ end: { kind: 'failed', code: 'EXIT_CODE' }, exit: { code: 1 } });
});

test('a process that was stopped ended for that reason, with what it had used until then', () => {
  const report = { costMicros: 7n };
  expect(endingOfProcess(exited(0), cancelled, reader(report))).toMatchObject({ end: { kind: 'cancelled', reason: 'enough' }, exit: { code: 0 }, report });
  expect(endingOfProcess({ kind: 'lost' }, { kind: 'interrupted', at }, reader()).end.kind).toBe('interrupted');
  expect(endingOfProcess(exited(143), { kind: 'timedOut', at, timeoutSec: 5 }, reader()).end).toMatchObject({ kind: 'timedOut', message: expect.stringContaining('5 seconds') });
});

test('a process that had ended before it was to be stopped ended by itself', () => {
  expect(endingOfProcess(exited(0, before), cancelled, reader()).end).toEqual({ kind: 'succeeded' });
});

test('a process that is gone without a word is lost', () => {
  expect(endingOfProcess({ kind: 'lost' }, null, reader()).end).toMatchObject({ kind: 'lost', code: 'PROCESS_LOST' });
});

test('a session that could not be resumed is forgotten and tried without', () => {
  const outcome: Outcome = { kind: 'failed', code: 'SESSION_UNKNOWN', message: 'no', retryFresh: true };
  expect(endingOfOutcome(outcome)).toMatchObject({ retryFresh: true, report: { session: null } });
});

test('what cannot be true is left out, so that it keeps no run from ending', () => {
  const usage = { inputTokens: -1n, cachedInputTokens: 2n, outputTokens: 2n ** 70n };
  expect(endingOfOutcome({ kind: 'succeeded', usage, costMicros: -5n, model: ' m\0odel ', provider: 'p'.repeat(500) }).report).toMatchObject({
    usage: { inputTokens: 0n, cachedInputTokens: 2n, outputTokens: 0n }, costMicros: undefined, model: 'model', provider: 'p'.repeat(120),
  });
});

test('a reader that throws fails its run in words and is not asked again', () => {
  const faults: unknown[] = [];
  let calls = 0;
  const broken = safeReader({ ...reader(), feed: () => { calls += 1; throw new Error('what is this'); } }, (fault) => faults.push(fault));
  expect(broken.feed('stdout', 'x')).toEqual([]);
  expect(broken.feed('stdout', 'y')).toEqual([]);
  expect(broken.outcome({ code: 0, signal: null })).toMatchObject({ kind: 'failed', code: 'ADAPTER_ERROR', message: expect.stringContaining('what is this') });
  expect([calls, faults.length]).toEqual([1, 1]);
});
