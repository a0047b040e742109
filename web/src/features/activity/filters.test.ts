import { expect, test } from 'vitest';
import { exportAddress, filterOf, filtersOf, isNarrowed } from './filters.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

test.each([
  [{}, {}],
  [{ agent: 'a1', by: 'AGENT' }, { agentId: 'a1', actorType: 'AGENT' }],
  [{ by: 'a2', span: 'day' }, { actorId: 'a2', since: '2026-11-20T12:00:00.000Z' }],
  [{ span: 'custom', from: '2026-11-01', to: '2026-11-02' }, { since: '2026-11-01T00:00:00.000Z', until: '2026-11-03T00:00:00.000Z' }],
  [{ span: 'custom', from: 'soon', to: '' }, {}],
  [{ span: 'ever', by: ['a', 'b'] }, {}],
])('%j', (search, filter) => expect(filterOf('all', filtersOf(search), now)).toEqual(filter));

test('the file is of the same rows', () => {
  expect(exportAddress('c1', {})).toBe('/api/companies/c1/activity.ndjson');
  expect(exportAddress('c1', { ...filterOf('comments', filtersOf({ by: 'USER' }), now) })).toBe('/api/companies/c1/activity.ndjson?action=comment.added&actorType=USER');
});

test('what narrows', () => {
  expect([isNarrowed('all', filtersOf({})), isNarrowed('runs', filtersOf({})), isNarrowed('all', filtersOf({ span: 'week' }))]).toEqual([false, true, true]);
});
