import { builder } from '../builder.ts';
import { isId } from '../../prisma/id.ts';
import { maySee } from '../access/principal.ts';
import { companyById } from '../company/reads.ts';
import { commentById, issueById } from '../issue/reads.ts';
import { CommentRef, IssueRef } from '../issue/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { SearchKindEnum } from '../shared/enums.ts';
import { whenRead } from '../shared/loading.ts';
import { type SearchHit, searchPage, textOfHit } from './reads.ts';
import { searchWords, type SnippetPart, snippetOf } from './rules.ts';

/** A hit with the words it was found by. */
type ShownHit = SearchHit & { words: string[] };

const SnippetPartType = builder.objectRef<SnippetPart>('SnippetPart').implement({
  description: 'A piece of a text that was found.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'As it stands, spaces folded.' }),
    isMatch: t.exposeBoolean('isMatch', { description: 'It is what was looked for.' }),
  }),
});

const SearchHitType = builder.objectRef<ShownHit>('SearchHit').implement({
  description: 'A text that was found.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SearchKindEnum, description: 'What it is.' }),
    issue: t.field({ type: IssueRef, description: 'The issue it belongs to, or is.', resolve: async (hit, _args, ctx) => (await ctx.loading.load(issueById, hit.issueId)) as never }),
    comment: t.field({ type: CommentRef, nullable: true, description: 'The comment that it is.', resolve: (hit, _args, ctx) => (hit.kind === 'COMMENT' ? ctx.loading.load(commentById, hit.recordId) : null) }),
    documentId: t.id({ nullable: true, description: 'The document that it is.', resolve: (hit) => (hit.kind === 'DOCUMENT' ? hit.recordId : null) }),
    title: t.field({
      type: [SnippetPartType], complexity: { field: 1, multiplier: 5 }, description: 'Title of the issue or document, in parts; empty for comments.',
      resolve: (hit, _args, ctx) => whenRead(ctx.loading.load(textOfHit, hit.recordId), (found) => (found?.title ? snippetOf(found.title, hit.words) : [])),
    }),
    snippet: t.field({
      type: [SnippetPartType], complexity: { field: 1, multiplier: 5 }, description: 'Some 200 characters of description, comment or document around the first match, in parts.',
      resolve: (hit, _args, ctx) => whenRead(ctx.loading.load(textOfHit, hit.recordId), (found) => (found?.body ? snippetOf(found.body, hit.words) : [])),
    }),
  }),
});

const SearchHitConnection = connectionOf(SearchHitType, 'SearchHit');

builder.queryField('search', (t) =>
  t.field({
    type: SearchHitConnection, nullable: true, complexity: listComplexity,
    description:
      'Texts of a company that hold all of some words, or words that begin with them, best first: titles before descriptions before comments. An identifier finds its issue first. ' +
      'Where few texts hold the words, titles that resemble the text follow. Where more than 600 do, the newest are ranked. Null where the viewer sees no such company.',
    args: {
      companyId: t.arg.id({ required: true, description: 'In which company.' }),
      text: t.arg.string({ required: true, description: 'Up to 500 characters. Signs other than letters and digits mean nothing.' }),
      kinds: t.arg({ type: [SearchKindEnum], description: 'Only these; all when absent.' }),
      ...pageArgs(),
    },
    resolve: async (_root, { companyId, ...args }, ctx) => {
      const isKnown = isId(companyId) && maySee(ctx.principal, companyId) && (await ctx.loading.load(companyById, companyId)) !== null;
      if (!isKnown) return null;
      const words = searchWords(args.text);
      const page = await searchPage(ctx, companyId, args);
      return { ...page, rows: page.rows.map((row) => ({ ...row, words })), cursorOf: page.cursorOf, total: () => page.rows.length };
    },
  }),
);
