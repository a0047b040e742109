import type { MutationCase } from '../mutations.ts';

export const holdCases: Record<string, MutationCase> = {
  holdSubtree: { input: ({ issue }) => ({ issueId: issue.id, mode: 'PAUSE' }), records: ['run.cancelRequested', 'subtree.held'] },
  releaseSubtree: { input: ({ hold }) => ({ holdId: hold.id }), records: ['subtree.released'] },
};
