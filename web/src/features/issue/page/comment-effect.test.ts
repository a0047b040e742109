import { expect, test } from 'vitest';
import { effectOf } from './comment-effect.ts';

const juno = { id: '1', name: 'Juno', status: 'IDLE' as const };
const issue = (more: Partial<Parameters<typeof effectOf>[0]> = {}) => ({ status: 'TODO' as const, assignee: juno, liveRuns: [], blockedBy: [], ...more });

test.each([
  ['an open issue', issue(), 'Juno wakes and reads it.'],
  ['nobody assigned', issue({ assignee: null }), 'Nobody is woken by it.'],
  ['parked', issue({ status: 'BACKLOG' }), 'Nobody is woken by it.'],
  ['finished', issue({ status: 'DONE' }), 'This reopens it and wakes Juno.'],
  ['finished and unassigned', issue({ status: 'CANCELLED', assignee: null }), 'It stays finished: nobody is assigned.'],
  ['paused', issue({ assignee: { ...juno, status: 'PAUSED' } }), 'Juno is paused and is not woken.'],
  ['blocked', issue({ blockedBy: [{ status: 'DONE' }, { status: 'TODO' }] }), 'It is blocked, so Juno is not woken yet.'],
  ['blockers done', issue({ blockedBy: [{ status: 'DONE' }] }), 'Juno wakes and reads it.'],
  ['at work', issue({ liveRuns: [{ status: 'RUNNING', agent: juno }] }), 'Juno is running, so it is read when the run ends.'],
  ['queued', issue({ liveRuns: [{ status: 'QUEUED', agent: juno }] }), 'Juno wakes and reads it.'],
])('%s', (_, facts, words) => {
  expect(effectOf(facts)).toBe(words);
});
