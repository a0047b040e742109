import { expect, test } from 'vitest';
import { sentenceOf } from './sentence.ts';
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
  [{ action: 'cost.reported', details: { costMicros: null } }, 'Brick reported a cost without a price on HAL-138'],
  [{ action: 'agent.woken', entity: { __typename: 'Wakeup', id: 'w', agent: { id: 'a2', name: 'Wren' } }, details: { reason: 'issue_assigned' } }, 'Brick woke Wren on HAL-138 (assigned to it)'],
  [{ action: 'agent.woken', entity: { __typename: 'Wakeup', id: 'w', agent: { id: 'a2', name: 'Wren' } }, details: { reason: 'issue_assigned', status: 'SKIPPED', skipReason: 'agent_paused' } }, 'Brick could not wake Wren on HAL-138 (The agent is paused; resume it first.)'],
  [{ action: 'approval.requested', entityType: 'approval', details: { title: 'Hire Quill', type: 'HIRE_AGENT' }, issue: null }, 'Brick asked the board for Hire Quill'],
  [{ action: 'breaker.tripped', entityType: 'breakerTrip', issue: null, entity: { __typename: 'BreakerTrip', id: 't', agent: { id: 'a2', name: 'Wren' } } }, 'Brick tripped the circuit breaker of Wren'],
  [{ action: 'agentGrant.set', entityType: 'agentGrant', issue: null, details: { permission: 'TASKS_ASSIGN' }, entity: { __typename: 'AgentGrant', id: 'g', agent: { id: 'a2', name: 'Wren' } } }, 'Brick gave a permission to Wren (tasks assign)'],
  [{ action: 'agentGrant.removed', entityType: 'agentGrant', issue: null, details: { permission: 'TASKS_ASSIGN', name: 'Wren' } }, 'Brick took a permission from Wren (tasks assign)'],
  [{ action: 'notificationTarget.tested', entityType: 'notificationTarget', issue: null, details: { name: 'Ops' } }, 'Brick sent a test to Ops'],
  [{ action: 'something.new' }, 'Brick something new HAL-138'],
] as [Partial<ActivityLineFragment>, string][])('%o', (part, sentence) => expect(said(part)).toBe(sentence));

test('a run is told from its agent’s side, whoever ended it', () => {
  const part = {
    action: 'run.finished', entityType: 'run', entityId: 'r1', actor: { __typename: 'System', name: 'System' }, details: { number: 12, status: 'FAILED', errorCode: 'AUTH_REQUIRED' },
    entity: { __typename: 'Run', id: 'r1', number: 12, agent: { id: 'a2', name: 'Pip' } },
  } as Partial<ActivityLineFragment>;
  expect(said(part)).toBe('Pip failed in run 12 on HAL-138 (auth required)');
  expect(sentenceOf(line(part), 'HAL')).toMatchObject({ tone: 'bad', object: { href: '/HAL/runs/r1' } });
});
