import { expect, test } from 'vitest';
import { ACTIONS } from '../../../../schema/activity/rules.ts';
import { rawWords, sentenceOf } from './sentence.ts';
import type { ActivityLineFragment } from '../../graphql/generated/graphql.ts';

const line = (part: Partial<ActivityLineFragment>): ActivityLineFragment =>
  ({
    id: '1', cursor: '1', action: 'issue.created', at: '2026-11-20T12:00:00Z', entityType: 'issue', entityId: 'i1', details: {}, run: null,
    actor: { __typename: 'Agent', id: 'a1', name: 'Brick', status: 'IDLE' }, issue: { id: 'i1', identifier: 'HAL-138', title: 'Normalise codes' }, entity: null, ...part,
  }) as ActivityLineFragment;

/** As it is read aloud. */
function said(part: Partial<ActivityLineFragment>): string {
  const { lead, verb, object, at, tail } = sentenceOf(line(part), 'HAL');
  return [lead.name, verb, object?.text, at && `on ${at.text}`, tail && `(${tail})`].filter(Boolean).join(' ');
}

test.each([
  [{ action: 'issue.created' }, 'Brick filed HAL-138 (Normalise codes)'],
  [{ action: 'issue.updated', details: { changed: ['status'], from: 'IN_PROGRESS', to: 'DONE' } }, 'Brick finished HAL-138 (Normalise codes)'],
  [{ action: 'issue.updated', details: { changed: ['status'], from: 'DONE', to: 'TODO' } }, 'Brick reopened HAL-138 (Normalise codes)'],
  [{ action: 'issue.updated', details: { changed: ['priority', 'updatedAt'] } }, 'Brick changed the priority of HAL-138 (Normalise codes)'],
  [{ action: 'issue.updated', details: { changed: ['priority', 'title'] } }, 'Brick changed HAL-138 (Normalise codes)'],
  [{ action: 'comment.added', details: { preview: 'Found it.' } }, 'Brick commented on HAL-138 (Found it.)'],
  [{ action: 'cost.reported', details: { costMicros: '1940000' } }, 'Brick reported $1.94 on HAL-138'],
  [{ action: 'cost.reported', details: { costMicros: null } }, 'Brick reported an unpriced use on HAL-138'],
  [{ action: 'agent.woken', entity: { __typename: 'Wakeup', id: 'w', agent: { id: 'a2', name: 'Wren' } }, details: { reason: 'issue_assigned' } }, 'Brick woke Wren on HAL-138 (assigned to it)'],
  [{ action: 'agent.woken', entity: { __typename: 'Wakeup', id: 'w', agent: { id: 'a2', name: 'Wren' } }, details: { reason: 'issue_assigned', status: 'SKIPPED', skipReason: 'agent_paused' } }, 'Brick could not wake Wren on HAL-138 (The agent is paused; resume it first.)'],
  [{ action: 'approval.requested', entityType: 'approval', details: { title: 'Hire Quill', type: 'HIRE_AGENT' }, issue: null }, 'Brick asked the board for Hire Quill'],
  [{ action: 'approval.requested', entityType: 'approval', details: { title: 'Move to a larger host' }, issue: null, actor: { __typename: 'User', id: 'u', name: 'Board' } }, 'Board asked for Move to a larger host'],
  [{ action: 'breaker.tripped', entityType: 'breakerTrip', issue: null, entity: { __typename: 'BreakerTrip', id: 't', agent: { id: 'a2', name: 'Wren' } } }, 'Brick tripped the circuit breaker of Wren'],
  [{ action: 'agentGrant.set', entityType: 'agentGrant', issue: null, details: { permission: 'TASKS_ASSIGN' }, entity: { __typename: 'AgentGrant', id: 'g', agent: { id: 'a2', name: 'Wren' } } }, 'Brick gave a permission to Wren (tasks assign)'],
  [{ action: 'agentGrant.removed', entityType: 'agentGrant', issue: null, details: { permission: 'TASKS_ASSIGN', name: 'Wren' } }, 'Brick took a permission from Wren (tasks assign)'],
  [{ action: 'notificationTarget.tested', entityType: 'notificationTarget', issue: null, details: { name: 'Ops' } }, 'Brick sent a test to Ops'],
  [{ action: 'issue.monitorFired', details: { attempt: 3, isLast: true } }, 'Brick called for another look at HAL-138 (for the last time)'],
  [{ action: 'issue.policySet', details: { stages: ['REVIEW', 'APPROVAL'] } }, 'Brick set who must agree on HAL-138 (review, approval)'],
  [{ action: 'issue.policySet', details: { stages: [] } }, 'Brick asks nobody any more to agree on HAL-138 (Normalise codes)'],
  [{ action: 'issue.stageDecided', details: { stageType: 'REVIEW', outcome: 'CHANGES_REQUESTED' } }, 'Brick wants changes to HAL-138 (Normalise codes)'],
  [{ action: 'plan.claimed', details: { childCount: 4 } }, 'Brick began to file the parts of HAL-138 (4 parts)'],
  [{ action: 'plan.childMade', details: { ordinal: 0, number: 140 } }, 'Brick filed a part of HAL-138 (HAL-140)'],
  [{ action: 'workspace.prepared', details: { status: 'FAILED', error: 'no such branch' } }, 'Brick could not prepare the workspace of HAL-138 (no such branch)'],
  [{ action: 'workspace.finalizeAsked' }, 'Brick asked to finalize again the workspace of HAL-138 (Normalise codes)'],
  [{ action: 'project.workspaceSet', issue: null, entity: { __typename: 'Project', id: 'p', name: 'Rocket' }, details: { mode: 'GIT_WORKTREE' } }, 'Brick set where work is done in Rocket (git worktree)'],
  [{ action: 'watchdog.decided', details: { verdict: 'CONTINUE', runId: 'r1', quietUntil: null } }, 'Brick let go on a silent run on HAL-138'],
  [{ action: 'agent.misconfigured', issue: null, entity: { __typename: 'Agent', id: 'a2', name: 'Wren' } }, 'Brick could not start Wren (its settings are incomplete)'],
  [{ action: 'cost.repaired', issue: null, details: { day: '2026-11-20' } }, 'Brick added up anew the costs of 2026-11-20'],
  [{ action: 'annotation.created', details: { key: 'plan', quote: 'within a week' } }, 'Brick opened a thread in plan on HAL-138 (within a week)'],
  [{ action: 'workProduct.created', details: { title: 'Pull request 4' } }, 'Brick handed over Pull request 4 on HAL-138'],
  [{ action: 'label.updated', issue: null, details: { name: 'bug', former: 'defect' } }, 'Brick changed the label bug (before: defect)'],
  [{ action: 'something.new' }, 'Brick something new HAL-138'],
] as [Partial<ActivityLineFragment>, string][])('%o', (part, sentence) => expect(said(part)).toBe(sentence));

test('a run is told from its agent’s side, whoever ended it', () => {
  const part = {
    action: 'run.finished', entityType: 'run', entityId: 'r1', actor: { __typename: 'System', name: 'System' }, details: { number: 12, status: 'FAILED', errorCode: 'AUTH_REQUIRED' },
    entity: { __typename: 'Run', id: 'r1', number: 12, agent: { id: 'a2', name: 'Pip' } },
  } as Partial<ActivityLineFragment>;
  expect(said(part)).toBe('Pip failed in run 12 on HAL-138 (auth required)');
  expect(sentenceOf(line(part), 'HAL')).toMatchObject({ tone: 'bad', object: { href: '/HAL/runs/12' } });
});

test.each(ACTIONS)('%s has words of its own', (action) => {
  expect(sentenceOf(line({ action }), 'HAL').verb).not.toBe(rawWords(action));
});
