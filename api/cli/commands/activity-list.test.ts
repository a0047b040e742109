import { expect, test } from 'vitest';
import { subjectOf } from './activity-list.ts';

test.each([
  [{ issue: { identifier: 'ACME-1' }, entity: { __typename: 'Run', agent: { name: 'Ada' } } }, 'ACME-1'],
  [{ issue: null, entity: { __typename: 'Agent', name: 'Ada' } }, 'Ada'],
  [{ issue: null, entity: { __typename: 'BreakerTrip', agent: { name: 'Ada' } } }, 'Ada'],
  [{ issue: null, entity: null }, '-'],
])('a row of the log names what it is about: %o', (row, subject) => expect(subjectOf(row)).toBe(subject));
