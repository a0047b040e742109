import { mustBeBoard, visible } from '../access/principal.ts';
import { builder } from '../builder.ts';
import { companyById } from '../company/reads.ts';
import { CompanyRef } from '../company/ref.ts';
import { described } from '../shared/enums.ts';
import { checkedIds } from '../shared/lookup.ts';
import { checkCosts, type CostCheck, type CostDiscrepancy, repairCosts } from './check.ts';

const CostDimensionEnum = described('CostDimension', 'By what costs are summed.', {
  COMPANY: 'The company as a whole.', AGENT: 'Agents.', AGENT_MODEL: 'Agents, with provider and model.', MODEL: 'Providers and models.', PROVIDER: 'Providers.', BILLER: 'Billers.', BILLING_TYPE: 'How they are paid.',
  PROJECT: 'Projects.', GOAL: 'Goals.', ISSUE: 'Issues.', BILLING_CODE: 'Billing codes.',
});
const CostGrainEnum = described('CostGrain', 'What time a sum is of.', { HOUR: 'An hour.', DAY: 'A day, UTC.' });

const CheckedSum = builder.objectRef<NonNullable<CostDiscrepancy['held']>>('CheckedSum').implement({
  description: 'The most telling parts of a sum.',
  fields: (t) => ({
    costMicros: t.expose('costMicros', { type: 'Micros', description: 'What is billed.' }),
    imputedMicros: t.expose('imputedMicros', { type: 'Micros', description: 'What it is worth by the price list.' }),
    eventCount: t.exposeInt('eventCount', { description: 'Events in the sum.' }),
  }),
});

const CostDiscrepancyRef = builder.objectRef<CostDiscrepancy>('CostDiscrepancy').implement({
  description: 'A sum that is not what the events add up to; where the two sums shown are equal, tokens differ.',
  fields: (t) => ({
    dimension: t.expose('dimension', { type: CostDimensionEnum, description: 'By what it is summed.' }),
    grain: t.expose('grain', { type: CostGrainEnum, description: 'Whether of an hour or of a day.' }),
    key: t.exposeString('key', { description: 'Of which: an id, a name, or names joined by line feeds; empty for what belongs to none.' }),
    startsAt: t.expose('bucket', { type: 'DateTime', description: 'When the hour or day begins.' }),
    held: t.field({ type: CheckedSum, nullable: true, description: 'What is stored; null where nothing is.', resolve: ({ held }) => held }),
    right: t.field({ type: CheckedSum, nullable: true, description: 'What the events add up to; null where there are none.', resolve: ({ right }) => right }),
  }),
});

const CostCheckRef = builder.objectRef<CostCheck>('CostCheck').implement({
  description: 'Stored sums of costs beside what the events add up to.',
  fields: (t) => ({
    sumCount: t.exposeInt('sumCount', { description: 'Sums that there should be.' }),
    foldedCount: t.exposeInt('foldedCount', { description: 'Events that the sums hold.' }),
    unfoldedCount: t.exposeInt('unfoldedCount', { description: 'Events that wait to be added; reads count them from the events themselves.' }),
    wrongCount: t.exposeInt('wrongCount', { description: 'Sums that are not right.' }),
    discrepancies: t.field({ type: [CostDiscrepancyRef], complexity: { field: 1, multiplier: 10 }, description: 'The first 100 of them.', resolve: ({ discrepancies }) => discrepancies }),
    days: t.exposeStringList('days', { description: 'The days, UTC, on which they lie.' }),
    repaired: t.exposeBoolean('repaired', { description: 'Whether they were put right. False where nothing was wrong, or where the job was just changing sums: ask again.' }),
  }),
});

builder.objectField(CompanyRef, 'costCheck', (t) =>
  t.field({
    type: CostCheckRef, nullable: true, complexity: 500, authScopes: { board: true }, unauthorizedResolver: () => null,
    description: 'Adds up all its costs anew and compares them with the stored sums. Reads every event: seconds where there are millions. For the board; null for agents.',
    resolve: ({ id }, _args, ctx) => checkCosts(ctx.db, id),
  }),
);

const RepairCostsInput = builder.inputType('RepairCostsInput', {
  description: 'Whose sums to put right.',
  fields: (t) => ({ companyId: t.id({ required: true, description: 'Which company.' }) }),
});

builder.mutationField('repairCosts', (t) =>
  t.field({
    type: CostCheckRef, complexity: 500,
    description: 'Compares stored sums of costs with the events, as Company.costCheck does, and puts right what differs, day by day. For the board. The answer tells what was found; `repaired` whether it is right now.',
    args: { input: t.arg({ type: RepairCostsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, ctx) => {
      const { companyId } = checkedIds(input);
      mustBeBoard(ctx.principal, 'put sums of costs right');
      const company = await ctx.loading.load(companyById, companyId);
      visible(ctx.principal, company && { companyId }, 'company');
      const checked = await repairCosts(ctx.db, ctx.principal, companyId);
      ctx.loading.clear();
      return checked;
    },
  }),
);
