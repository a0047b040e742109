import type { MutationCase } from '../mutations.ts';

export const workProductCases: Record<string, MutationCase> = {
  createWorkProduct: { who: 'anyone', input: ({ issue }) => ({ issueId: issue.id, type: 'PULL_REQUEST', title: 'New', provider: 'github', externalRef: '12' }), records: ['workProduct.created'] },
  updateWorkProduct: { who: 'anyone', input: ({ workProduct }) => ({ workProductId: workProduct.id, status: 'MERGED' }), records: ['workProduct.updated'] },
};
