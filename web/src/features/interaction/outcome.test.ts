import { expect, test } from 'vitest';
import { tailOf } from './outcome.ts';

const choice = (key: string) => ({ key, label: key.toUpperCase() });
const task = (key: string, isFiled: boolean) => ({ key, issue: isFiled ? { id: key } : null });
const ended = (more: Partial<Parameters<typeof tailOf>[0]>) =>
  tailOf({ kind: 'CONFIRMATION', status: 'ACCEPTED', endReason: null, selectedOptionKeys: [], options: [], tasks: [], verdicts: [], targetDocument: null, ...more });

test.each([
  [ended({}), ''],
  [ended({ status: 'EXPIRED', endReason: 'stale_target' }), 'there is a newer revision of what it is about'],
  [ended({ status: 'EXPIRED', endReason: 'stale_target', targetDocument: { id: 'd', key: 'plan', number: 3 } }), 'plan has revision 3 by now'],
  [ended({ status: 'EXPIRED', endReason: 'some_new_reason' }), 'some new reason'],
  [ended({ kind: 'CHECKBOX_CONFIRMATION', options: [choice('a'), choice('b'), choice('c')], selectedOptionKeys: ['a', 'c'] }), 'A, C'],
  [ended({ kind: 'SUGGEST_TASKS', tasks: [task('a', true), task('b', false)] }), '1 of 2 issues filed'],
  [ended({ kind: 'SUGGEST_TASKS', tasks: [task('a', true)] }), '1 issue filed'],
  [ended({ kind: 'ITEM_VERDICTS', status: 'ANSWERED', verdicts: [{ verdict: 'APPROVE' }, { verdict: 'DEFER' }] }), '1 approved, 1 deferred'],
])('%j', (words, expected) => {
  expect(words).toBe(expected);
});
