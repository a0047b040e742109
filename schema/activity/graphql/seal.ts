import type { ActivitySeal } from '../../../prisma/generated/client.ts';
import { builder } from '../../builder.ts';
import { CompanyRef } from '../../company/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { listOf } from '../../shared/listing.ts';
import { headOf, sealsOf } from '../reads.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const Seal = builder.objectRef<ActivitySeal>('ActivitySeal').implement({
  description: 'A closed segment of the log of a company. Each holds the hash of the one before: a row that is changed, taken out or put in later shows, and `boardroom activity verify` tells where.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: '1 for the first of the company.' }),
    cursor: t.field({ type: 'Cursor', description: 'The place of its last row: it holds what comes after the last row of the seal before.', resolve: (seal) => `${seal.lastTxid}.${seal.lastSeq}` }),
    rowCount: t.exposeInt('rowCount', { description: 'How many rows it holds, 1 to 1000.' }),
    rowMarks: t.string({ description: 'The first eight bytes of the SHA-256 of each of its lines, one after the other, hexadecimal: they tell which row is another.', resolve: (seal) => hex(seal.rowMarks) }),
    previousHash: t.string({ description: 'The hash of the seal before, hexadecimal; 64 zeros for the first.', resolve: (seal) => hex(seal.previousHash) }),
    hash: t.string({ description: 'SHA-256 over the bytes of previousHash and its rows as the export prints them, each with its newline. Hexadecimal.', resolve: (seal) => hex(seal.hash) }),
    sealedAt: t.expose('sealedAt', { type: 'DateTime', description: 'When it was closed.' }),
  }),
});

const SealConnection = connectionOf(Seal, 'ActivitySeal');

builder.objectFields(CompanyRef, (t) => ({
  activitySeals: t.field({
    type: SealConnection, args: pageArgs(), complexity: listComplexity, description: 'The seals over its activity, first to last. Rows are sealed within two minutes.',
    resolve: (company, args, ctx) => listOf(ctx, sealsOf, company.id, args),
  }),
  activityHead: t.field({
    type: Seal, nullable: true, complexity: 2, description: 'The newest seal. Its hash stands for the whole log up to there: kept elsewhere, it shows also when rows and seals were both rewritten. Null before the first.',
    resolve: (company, _args, ctx) => ctx.loading.load(headOf, company.id),
  }),
}));
