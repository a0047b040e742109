import { Actor, actorFrom } from '../access/graphql.ts';
import { builder } from '../builder.ts';
import { CompanyRef } from '../company/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { priceList } from './price-list.ts';
import { pricesOfCompany } from './prices-read.ts';
import { ModelPriceRef } from './ref.ts';
import type { Price } from './rules.ts';
import { setPrice } from './set-price.ts';

ModelPriceRef.implement({
  description: 'What a model costs a company from a time on, set by the board over the list that Boardroom ships (Query.priceList).',
  interfaces: [Node],
  fields: (t) => ({
    provider: t.exposeString('provider', { description: 'Whose model it is, in lower case.' }),
    model: t.exposeString('model', { description: 'The model as its provider names it, in lower case. A star at the end stands for any rest.' }),
    effectiveAt: t.expose('effectiveFrom', { type: 'DateTime', description: 'For uses from this time on.' }),
    inputMicros: t.expose('inputMicros', { type: 'Micros', description: 'Per million tokens read, without cached ones.' }),
    cachedInputMicros: t.expose('cachedInputMicros', { type: 'Micros', description: 'Per million tokens read from cache.' }),
    outputMicros: t.expose('outputMicros', { type: 'Micros', description: 'Per million tokens written.' }),
    isApplied: t.boolean({ description: 'Whether events of before it was set have been priced by it. A job does that within two minutes.', resolve: (price) => price.repriceDueAt === null }),
    setBy: t.field({ type: Actor, description: 'Who set it.', resolve: (price, _args, ctx) => actorFrom(ctx, price.setterType, price.setterId) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first set.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last set.' }),
  }),
});

const ModelPriceConnection = connectionOf(ModelPriceRef, 'ModelPrice');

builder.objectField(CompanyRef, 'prices', (t) =>
  t.field({
    type: ModelPriceConnection, args: pageArgs(), complexity: listComplexity, description: 'Prices that the board set, latest first. They come before Query.priceList.',
    resolve: (company, args, ctx) => listOf(ctx, pricesOfCompany, company.id, args),
  }),
);

const ListPrice = builder.objectRef<Price>('ListPrice').implement({
  description: 'What a provider lists for a model, as shipped with Boardroom.',
  fields: (t) => ({
    provider: t.exposeString('provider', { description: 'Whose model it is.' }),
    model: t.exposeString('model', { description: 'The model as its provider names it. A star at the end stands for any rest; the closest name wins.' }),
    effectiveAt: t.expose('from', { type: 'DateTime', description: 'For uses from this time on.' }),
    inputMicros: t.expose('inputMicros', { type: 'Micros', description: 'Per million tokens read, without cached ones.' }),
    cachedInputMicros: t.expose('cachedInputMicros', { type: 'Micros', description: 'Per million tokens read from cache.' }),
    outputMicros: t.expose('outputMicros', { type: 'Micros', description: 'Per million tokens written.' }),
  }),
});

builder.queryField('priceList', (t) =>
  t.field({
    type: [ListPrice], complexity: { field: 1, multiplier: 10 }, description: 'The prices that Boardroom ships. Prices set by the board (Company.prices) come before them; a model in neither has no known price.',
    resolve: () => [...priceList],
  }),
);

const SetPriceInput = builder.inputType('SetPriceInput', {
  description: 'What a model costs, in millionths of a dollar per million tokens.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'For which company.' }),
    provider: t.string({ required: true, description: 'Whose model it is, as reports name it. Case does not matter.' }),
    model: t.string({ required: true, description: 'The model, as reports name it. A star at the end stands for any rest.' }),
    effectiveAt: t.field({ type: 'DateTime', description: 'For uses from this time on, also of the past; now when absent.' }),
    inputMicros: t.field({ type: 'Micros', required: true, description: 'Per million tokens read, without cached ones: 3000000 is three dollars.' }),
    cachedInputMicros: t.field({ type: 'Micros', description: 'Per million tokens read from cache; inputMicros when absent.' }),
    outputMicros: t.field({ type: 'Micros', required: true, description: 'Per million tokens written.' }),
  }),
});

builder.mutationField('setPrice', (t) =>
  t.field({
    type: ModelPriceRef,
    description: 'Sets what a model costs; the same provider, model and time again replaces it. For the board. Uses since effectiveAt are priced anew by a job: what was reported as billed stays, what Boardroom priced itself, and the imputed cost of all, change.',
    args: { input: t.arg({ type: SetPriceInput, required: true, description: 'What it costs.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => setPrice(tx, by, checkedIds(input))),
  }),
);
