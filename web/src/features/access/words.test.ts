import { expect, test } from 'vitest';
import { byRole, scopeWords } from './words.ts';

test.each([
  [null, ''],
  [{ managedSubtree: true, agents: null, projects: null }, 'within those that report to it'],
  [{ managedSubtree: false, agents: [{ id: 'a', name: 'Wren' }, { id: 'b', name: 'Pip' }], projects: [{ id: 'p', name: 'Bridge', color: '#123456' }] }, 'issues of Bridge; from and to Wren, Pip'],
])('a scope in words: %#', (scope, words) => expect(scopeWords(scope)).toBe(words));

test('what a role brings is told from what was granted', () => {
  const grant = { id: 'g', permission: 'TASKS_ASSIGN' as const, createdAt: '', scope: null, grantedBy: { __typename: 'System' as const, name: 'Boardroom' } };
  const agent = { permissions: ['AGENTS_CREATE' as const, 'TASKS_ASSIGN' as const], grants: { nodes: [grant] } };
  expect([byRole(agent, 'AGENTS_CREATE'), byRole(agent, 'TASKS_ASSIGN'), byRole(agent, 'AGENTS_CONFIGURE')]).toEqual([true, false, false]);
});
