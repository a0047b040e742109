import type { MutationCase } from '../mutations.ts';

export const accessCases: Record<string, MutationCase> = {
  setGrant: { input: ({ engineer }) => ({ agentId: engineer.id, permission: 'TASKS_ASSIGN_SCOPE', granted: true, scope: { managedSubtree: true } }), records: ['agentGrant.set'] },
};
