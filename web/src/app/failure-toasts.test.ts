import { expect, test } from 'vitest';
import { failureWords } from './failure-toasts.tsx';

const run = { id: 'r1', number: 12, status: 'FAILED' as const, agent: 'Pip', issue: 'HAL-9' };

test('one failure names who and on what, several are counted', () => {
  expect(failureWords([run])).toEqual({ title: 'Pip failed on HAL-9', detail: 'Run 12: failed.' });
  expect(failureWords([{ ...run, status: 'TIMED_OUT', issue: null }])).toEqual({ title: 'Pip ran out of time', detail: 'Run 12: timed out.' });
  expect(failureWords([run, { ...run, number: 13 }, { ...run, agent: 'Brick' }])).toEqual({ title: '3 runs failed', detail: 'Pip, Brick' });
});
