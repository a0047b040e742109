import type { MutationCase } from '../mutations.ts';

export const planCases: Record<string, MutationCase> = {
  decomposePlan: {
    input: ({ parent, plan }) => ({ issueId: parent.id, revisionId: plan.revisionId, children: { key: 'one', title: 'New' } }),
    records: ['issue.created', 'plan.childMade', 'plan.claimed', 'plan.decomposed'], transactions: 2,
  },
};
