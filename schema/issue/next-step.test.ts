import { expect, test } from 'vitest';
import { nextStep, type NextStepFacts } from './next-step.ts';

const facts: NextStepFacts = {
  status: 'TODO', assigneeId: 'ada', assigneeName: 'Ada', assigneeStatus: 'IDLE', userName: null, liveRunId: null, liveAgentName: null, queuedRunId: null,
  blockerId: null, blockerIdentifier: null, blockerCancelled: null, openChildren: 0, deferred: false,
};
const blocked = { blockerId: 'b', blockerIdentifier: 'ACME-3', blockerCancelled: false };
const nobody = { assigneeId: null, assigneeName: null, assigneeStatus: null };

test.each<[string, Partial<NextStepFacts>, string, boolean]>([
  ['done', { status: 'DONE', liveRunId: 'r' }, 'Finished.', false],
  ['cancelled', { status: 'CANCELLED' }, 'Cancelled.', false],
  ['live', { status: 'IN_PROGRESS', liveRunId: 'r', liveAgentName: 'Ada', ...blocked }, 'Ada is working on it.', false],
  ['blocked', { ...blocked, queuedRunId: 'q' }, 'Waits for ACME-3.', false],
  ['blocked by cancelled work', { ...blocked, blockerCancelled: true }, 'Stalled: ACME-3 was cancelled but still blocks. Remove it or replace it.', true],
  ['a person’s', { ...nobody, userName: 'Board' }, 'Board has it.', false],
  ['nobody’s', nobody, 'Nobody is assigned.', true],
  ['of a terminated agent', { assigneeStatus: 'TERMINATED', queuedRunId: 'q' }, 'Ada was terminated. Assign somebody else.', true],
  ['of a paused agent', { assigneeStatus: 'PAUSED' }, 'Ada is paused.', true],
  ['queued', { queuedRunId: 'q' }, 'Ada starts as soon as a worker is free.', false],
  ['deferred', { deferred: true }, 'Ada is woken when the run on it ends.', false],
  ['parked', { status: 'BACKLOG' }, 'Parked. Move it to todo to start it.', true],
  ['with one open child', { status: 'IN_PROGRESS', openChildren: 1 }, 'Ada continues when the last sub-issue is finished.', false],
  ['with open children', { status: 'IN_PROGRESS', openChildren: 3 }, 'Ada continues when 3 sub-issues are finished.', false],
  ['in review', { status: 'IN_REVIEW' }, 'Waits for a review by the board.', true],
  ['marked blocked', { status: 'BLOCKED' }, 'Marked blocked, but nothing named blocks it.', true],
  ['forgotten', {}, 'Nothing is queued for Ada. Wake the agent.', true],
])('%s', (_name, more, text, stalled) => expect(nextStep({ ...facts, ...more })).toMatchObject({ text, stalled }));

test('it points at what it speaks of', () => {
  expect(nextStep({ ...facts, liveRunId: 'r' })).toMatchObject({ runId: 'r', agentId: 'ada' });
  expect(nextStep({ ...facts, queuedRunId: 'q' })).toMatchObject({ runId: 'q' });
  expect(nextStep({ ...facts, ...blocked })).toMatchObject({ issueId: 'b', runId: null });
});
