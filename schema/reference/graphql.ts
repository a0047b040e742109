import { builder } from '../builder.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { ReferenceKindEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { type ListedReference, referencesOfIssue, referencesToIssue } from './reads.ts';

const IssueReferenceType = builder.objectRef<ListedReference>('IssueReference').implement({
  description: 'That one issue names another in a text, as ACME-12. It comes and goes with the words.',
  fields: (t) => ({
    issue: t.field({ type: IssueRef, description: 'The other issue.', resolve: async (reference, _args, ctx) => (await ctx.loading.load(issueById, reference.issueId)) as never }),
    kinds: t.field({ type: [ReferenceKindEnum], description: 'Where it is named, in one place or several.', resolve: (reference) => reference.kinds }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
  }),
});

const IssueReferenceConnection = connectionOf(IssueReferenceType, 'IssueReference');

builder.objectFields(IssueRef, (t) => ({
  references: t.field({
    type: IssueReferenceConnection, args: pageArgs(), complexity: listComplexity, description: 'Issues that its texts name, last named first.',
    resolve: (issue, args, ctx) => listOf(ctx, referencesOfIssue, issue.id, args),
  }),
  referencedBy: t.field({
    type: IssueReferenceConnection, args: pageArgs(), complexity: listComplexity, description: 'Issues whose texts name it, last named first.',
    resolve: (issue, args, ctx) => listOf(ctx, referencesToIssue, issue.id, args),
  }),
}));
