import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { documentOf, issueAndKey } from '../document.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { plain } from '../print.ts';

const DocumentDiffQuery = graphql(`
  query DocumentDiff($id: ID!, $from: Int, $to: Int) {
    node(id: $id) { __typename ... on Document { diff(from: $from, to: $to) { added removed unified from { id number } to { id number } hunks { oldStart oldLines newStart newLines lines } } } }
  }
`);

export const command = defineCommand({
  usage: 'doc diff [ISSUE] KEY [FROM [TO]]',
  about: 'What changed between two revisions, by their numbers. Without numbers: the latest change; with one: since then.',
  args: 4,
  flags: {},
  async run({ settings, args, show }) {
    const { ref, key, rest } = issueAndKey(settings, args);
    const [from, to] = rest.map((text) => count('a revision', text));
    const { id } = await documentOf(settings, ref, key);
    const { node } = await ask(settings, DocumentDiffQuery, { id, from: from ?? null, to: to ?? null });
    const diff = node?.__typename === 'Document' ? node.diff : null;
    if (!diff) throw new ApiError('NOT_FOUND', `${key} has no such revision`);
    show(diff, () => plain(diff.unified) || `revisions ${diff.from.number} and ${diff.to.number} say the same`);
  },
});
