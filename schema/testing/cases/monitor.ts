import type { MutationCase } from '../mutations.ts';

export const monitorCases: Record<string, MutationCase> = {
  setMonitor: {
    who: 'anyone', prepare: ({ db }, { issue }) => db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS' } }),
    input: ({ issue }) => ({ issueId: issue.id, nextCheckAt: new Date(Date.now() + 3_600_000).toISOString(), notes: 'Is it there?' }), records: ['issue.monitorSet'],
  },
};
