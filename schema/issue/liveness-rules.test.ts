import { expect, test } from 'vitest';
import { livenessOf, type LivenessFacts } from './liveness-rules.ts';

const facts: LivenessFacts = {
  status: 'TODO', assigneeId: 'ada', assigneeName: 'Ada', assigneeStatus: 'IDLE', userName: null, liveRunId: null, liveAgentName: null, queuedRunId: null,
  queuedAt: null,
  userId: null, blockerId: null, blockerIdentifier: null, blockerCancelled: null, stalledId: null, stalledIdentifier: null, stalledWhy: null, openChildren: 0, movedChildren: 0,
  deferred: false, isChainBroken: false, budgetStop: null, holdIssueId: null, holdIdentifier: null, interactionId: null, approvalId: null, reviewerType: null, reviewerId: null, reviewerName: null, monitorAt: null,
  recoveryId: null, recoveryOwnerType: null, recoveryOwnerId: null, recoveryOwnerName: null, recoveryNextAction: null,
};
const blocked = { blockerId: 'b', blockerIdentifier: 'ACME-3', blockerCancelled: false };
const nobody = { assigneeId: null, assigneeName: null, assigneeStatus: null };

test.each<[string, Partial<LivenessFacts>, string, boolean]>([
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
  ['with one open child', { status: 'IN_PROGRESS', openChildren: 1, movedChildren: 1 }, 'Ada continues when the last sub-issue is finished.', false],
  ['with open children', { status: 'IN_PROGRESS', openChildren: 3, movedChildren: 1 }, 'Ada continues when 3 sub-issues are finished.', false],
  ['with children that nobody has', { status: 'IN_PROGRESS', openChildren: 2 }, 'Ada continues when 2 sub-issues are finished, and nobody has them.', true],
  ['held', { holdIssueId: 'h', holdIdentifier: 'ACME-9', queuedRunId: 'q' }, 'The board holds ACME-9 and all below it.', false],
  ['blocked, and the end of the chain stands still', { ...blocked, stalledId: 'z', stalledIdentifier: 'ACME-8', stalledWhy: 'blocked_by_unassigned_issue' }, 'Stalled: waits for ACME-8, which is assigned to nobody.', true],
  ['asking the board', { interactionId: 'n' }, 'Waits for an answer of the board.', false],
  ['before the board', { approvalId: 'p' }, 'Waits for an approval of the board.', false],
  ['of an agent that is not hired yet', { assigneeStatus: 'PENDING_APPROVAL' }, 'Ada is not hired yet: the board decides.', false],
  ['with a reviewer', { status: 'IN_REVIEW', reviewerType: 'AGENT', reviewerId: 'bob', reviewerName: 'Bob' }, 'Waits for a review by Bob.', false],
  ['with a reviewer who takes no work', { status: 'IN_REVIEW', reviewerType: 'AGENT', reviewerId: 'bob' }, 'Waits for a review by the board.', true],
  ['under a manager who is gone', { isChainBroken: true, queuedRunId: 'q' }, 'Ada reports to somebody who was terminated. Give it another manager.', true],
  ['to be tried again', { queuedRunId: 'q', queuedAt: new Date(0) }, 'Ada tries again later.', false],
  ['watching something outside', { status: 'IN_PROGRESS', monitorAt: new Date(0) }, 'Ada looks again later.', false],
  ['somebody’s to mend', { recoveryId: 'x', recoveryOwnerType: 'AGENT', recoveryOwnerId: 'cto', recoveryOwnerName: 'Cleo', recoveryNextAction: 'split the issue.' }, 'Cleo is to look: split the issue.', false],
  ['the board’s to mend', { assigneeStatus: 'PAUSED', recoveryId: 'x', recoveryOwnerType: 'BOARD', recoveryNextAction: 'resume the agent.' }, 'The board is to look: resume the agent.', false],
  ['moving, although somebody is to look', { queuedRunId: 'q', recoveryId: 'x', recoveryOwnerType: 'BOARD' }, 'Ada starts as soon as a worker is free.', false],
  ['in review', { status: 'IN_REVIEW' }, 'Waits for a review by the board.', true],
  ['marked blocked', { status: 'BLOCKED' }, 'Marked blocked, but nothing named blocks it.', true],
  ['forgotten', {}, 'Nothing is queued for Ada. Wake the agent.', true],
])('%s', (_name, more, text, stalled) => expect(livenessOf({ ...facts, ...more })).toMatchObject({ text, stalled }));

test('it points at what it speaks of', () => {
  expect(livenessOf({ ...facts, liveRunId: 'r' })).toMatchObject({ runId: 'r', agentId: 'ada' });
  expect(livenessOf({ ...facts, queuedRunId: 'q' })).toMatchObject({ runId: 'q' });
  expect(livenessOf({ ...facts, ...blocked })).toMatchObject({ issueId: 'b', runId: null });
});
