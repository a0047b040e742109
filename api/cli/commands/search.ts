import { ask } from '../ask.ts';
import { chooseMany, count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { SearchKind, SearchTextsQuery } from '../generated/graphql.ts';
import { bold, columns, dim, plain } from '../print.ts';
import { companyId } from '../refs.ts';

const SearchTexts = graphql(`
  query SearchTexts($companyId: ID!, $text: String!, $kinds: [SearchKind!], $first: Int!, $after: Cursor) {
    search(companyId: $companyId, text: $text, kinds: $kinds, first: $first, after: $after) {
      nodes {
        kind
        issue { identifier title status }
        comment { id }
        documentId
        snippet { text isMatch }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const kinds = ['ISSUE', 'COMMENT', 'DOCUMENT'] as const satisfies SearchKind[];

export const command = defineCommand({
  usage: 'search TEXT',
  about: 'Titles, descriptions, comments and documents that hold all words of TEXT, or words that begin with them, best first.',
  args: 20,
  flags: {
    kind: { type: 'string', value: 'KIND,…', about: 'only issue, comment or document' },
    first: { type: 'string', value: 'N', about: 'how many, at most 100 (25)' },
    after: { type: 'string', value: 'CURSOR', about: 'go on after this cursor' },
  },
  async run({ settings, flags, args, show }) {
    const text = args.join(' ').trim();
    if (text === '') throw new UsageError('say what you look for');
    const found = await ask(settings, SearchTexts, {
      companyId: await companyId(settings),
      text,
      kinds: flags.kind ? chooseMany('--kind', kinds, flags.kind) : null,
      first: count('--first', flags.first ?? '25'),
      after: flags.after ?? null,
    });
    if (!found.search) throw new ApiError('NOT_FOUND', 'no such company');
    const { nodes, pageInfo } = found.search;
    const more = pageInfo.hasNextPage ? `\n${dim(`more: --after ${pageInfo.endCursor}`)}` : '';
    show(found.search, () => (nodes.length === 0 ? dim('nothing found') : columns(nodes.map(row)) + more));
  },
});

type Hit = NonNullable<SearchTextsQuery['search']>['nodes'][number];

function row({ kind, issue, snippet }: Hit): string[] {
  const part = snippet.map(({ text, isMatch }) => (isMatch ? bold(plain(text)) : plain(text))).join('');
  return [bold(issue.identifier), kind, issue.status, plain(issue.title) + (part === '' ? '' : `  ${part}`)];
}
