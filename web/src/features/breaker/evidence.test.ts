import { expect, test } from 'vitest';
import { evidenceLines } from './evidence.ts';

test.each([
  [{ runs: [{ number: 4, status: 'FAILED', errorCode: 'ADAPTER_FAILED', progress: null }, { number: 3, status: 'TIMED_OUT', errorCode: null, progress: 'NONE' }] }, ['Run 4 failed, adapter failed', 'Run 3 timed out, none']],
  [{ isPermanent: true, runs: [{ number: 1, status: 'FAILED', errorCode: 'AUTH_REQUIRED', progress: null }] }, ['Trying again does not mend this failure.', 'Run 1 failed, auth required']],
  [{ started: 60, hours: 1 }, ['60 runs had started within an hour.']],
  [{ averagePerMinute: 500, percent: 200, runs: 5 }, ['Its own average is 500 tokens a minute, over 5 runs.']],
  [{ averagePerMinute: 1_234_567.8, percent: 200, runs: 1200 }, ['Its own average is 1,234,568 tokens a minute, over 1,200 runs.']],
  [{}, []],
])('%#', (evidence, lines) => expect(evidenceLines(evidence)).toEqual(lines));
