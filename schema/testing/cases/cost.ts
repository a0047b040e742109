import type { TestBoardroom } from '../boardroom.ts';
import type { Furnished } from '../company.ts';
import type { MutationCase } from '../mutations.ts';

/** A sum of nothing, as somebody else's hand might have left it. */
const forged = ({ db }: TestBoardroom, { company }: Furnished) =>
  db.prisma.costRollup.create({ data: { companyId: company.id, dimension: 'PROVIDER', grain: 'DAY', key: 'forged', bucket: new Date('2026-01-01T00:00:00Z'), eventCount: 1 } });

export const costCases: Record<string, MutationCase> = {
  reportCost: { input: ({ engineer }) => ({ agentId: engineer.id, provider: 'p', model: 'm', costMicros: '1' }), records: ['cost.reported'] },
  setPrice: { input: ({ company }) => ({ companyId: company.id, provider: 'p', model: 'm', inputMicros: '3000000', outputMicros: '15000000' }), records: ['price.set'] },
  repairCosts: { prepare: forged, input: ({ company }) => ({ companyId: company.id }), records: ['cost.repaired'] },
};
