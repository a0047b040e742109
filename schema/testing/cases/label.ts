import type { MutationCase } from '../mutations.ts';

export const labelCases: Record<string, MutationCase> = {
  createLabel: { who: 'anyone', input: ({ company }) => ({ companyId: company.id, name: 'New' }), records: ['label.created'] },
  updateLabel: { who: 'anyone', input: ({ label }) => ({ labelId: label.id, name: 'Changed' }), records: ['label.updated'] },
  deleteLabel: { who: 'board', input: ({ label }) => ({ labelId: label.id }), records: ['label.deleted'] },
};
