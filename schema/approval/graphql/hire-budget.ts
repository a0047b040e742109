import { BudgetMetricEnum, BudgetWindowEnum } from '../../budget/graphql/enums.ts';
import { builder } from '../../builder.ts';
import type { HirePayload } from '../commands/hire.ts';

export const HireBudgetType = builder.objectRef<NonNullable<HirePayload['budget']>>('HireBudget').implement({
  description: 'A budget that the agent gets with the approval.',
  fields: (t) => ({
    metric: t.expose('metric', { type: BudgetMetricEnum, description: 'What it counts.' }),
    window: t.expose('window', { type: BudgetWindowEnum, description: 'Over what time.' }),
    windowHours: t.exposeInt('windowHours', { nullable: true, description: 'ROLLING: over how many hours.' }),
    amount: t.field({ type: 'BigInt', description: 'The most: millionths of a dollar, tokens or runs, by the metric.', resolve: ({ amount }) => BigInt(amount) }),
  }),
});
