import type { MutationCase } from '../mutations.ts';

export const monitorCases: Record<string, MutationCase> = {
  setMonitor: {
    input: ({ watched }) => ({ issueId: watched.id, nextCheckAt: new Date(Date.now() + 3_600_000).toISOString(), notes: 'Is it there?' }), records: ['issue.monitorSet'],
  },
};
