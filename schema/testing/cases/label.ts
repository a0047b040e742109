import type { MutationCase } from '../mutations.ts';

export const labelCases: Record<string, MutationCase> = {
  createLabel: { input: ({ company }) => ({ companyId: company.id, name: 'New' }), records: ['label.created'] },
  updateLabel: { input: ({ label }) => ({ labelId: label.id, name: 'Changed' }), records: ['label.updated'] },
  deleteLabel: { input: ({ label }) => ({ labelId: label.id }), records: ['label.deleted'] },
};
