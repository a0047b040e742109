import type { MutationCase } from '../mutations.ts';

export const workProductCases: Record<string, MutationCase> = {
  createWorkProduct: { input: ({ issue }) => ({ issueId: issue.id, type: 'PULL_REQUEST', title: 'New', provider: 'github', externalRef: '12' }), records: ['workProduct.created'] },
  updateWorkProduct: { input: ({ workProduct }) => ({ workProductId: workProduct.id, status: 'MERGED' }), records: ['workProduct.updated'] },
};
