import { expect, test } from 'vitest';
import { placeOf, reasonOf, type Event } from './reason.ts';

const event = (more: Partial<Event>): Event => ({ reason: 'REVIEW', at: '2026-01-01T00:00:00Z', interaction: null, comment: null, run: null, recovery: null, ...more });
const author = { __typename: 'Agent' as const, id: 'a', name: 'Juno' };

test.each([
  [event({}), 'It waits for a review', ''],
  [event({ reason: 'APPROVAL' }), 'Waits for the board to approve it', ''],
  [event({ reason: 'INTERACTION', interaction: { id: 'i', title: 'Ship it?', createdBy: author } }), 'Juno asks: Ship it?', '#interaction-i'],
  [event({ reason: 'COMMENT', comment: { id: 'c', body: 'Two\nlines', author } }), 'Juno: Two lines', '#comment-c'],
  [event({ reason: 'FAILED_RUN', run: { id: 'r', number: 4, agent: { id: 'a', name: 'Juno' } } }), 'Run 4 by Juno failed', ''],
  [event({ reason: 'RECOVERY', recovery: { id: 'x', nextAction: 'give it a manager' } }), 'Give it a manager.', ''],
])('%#: why, and where', (what, words, place) => {
  expect(reasonOf(what)).toBe(words);
  expect(placeOf(what)).toBe(place);
});
