import type { MutationCase } from '../mutations.ts';

export const costCases: Record<string, MutationCase> = {
  reportCost: { input: ({ engineer }) => ({ agentId: engineer.id, provider: 'p', model: 'm', costMicros: '1' }), records: ['cost.reported'] },
  setPrice: { input: ({ company }) => ({ companyId: company.id, provider: 'p', model: 'm', inputMicros: '3000000', outputMicros: '15000000' }), records: ['price.set'] },
};
