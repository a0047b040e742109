import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { documentOf, issueAndKey, threads } from '../document.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { bold, dim, facts, indent, plain } from '../print.ts';

const RevisionQuery = graphql(`
  query Revision($id: ID!, $number: Int!) {
    node(id: $id) { __typename ... on Document { revision(number: $number) { id number title body changeSummary createdAt author { ... on User { name } ... on Agent { name } ... on System { name } } } } }
  }
`);
const ThreadsQuery = graphql(`
  query Threads($id: ID!, $revisions: Int!, $after: Cursor) {
    node(id: $id) { __typename ... on Document {
      revisions(first: $revisions) { nodes { id number title changeSummary restoredFrom createdAt author { ... on User { name } ... on Agent { name } ... on System { name } } } }
      threads(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { id status anchorState quote place { text } comments(first: 20) { nodes { id body createdAt author { ... on User { name } ... on Agent { name } ... on System { name } } } } } }
    } }
  }
`);

export const command = defineCommand({
  usage: 'doc show [ISSUE] KEY',
  about: 'The text of a document on standard output, and nothing else, so that it can be edited and put back. With --full: also its revisions and threads.',
  args: 2,
  flags: {
    revision: { type: 'string', value: 'N', about: 'as it was in this revision' },
    full: { type: 'boolean', about: 'with facts, the last ten revisions, and threads' },
  },
  async run({ settings, flags, args, show }) {
    const { ref, key, rest } = issueAndKey(settings, args);
    if (rest.length > 0) throw new UsageError(`too many arguments: ${rest.join(' ')}`);
    const document = await documentOf(settings, ref, key);
    if (flags.revision !== undefined) {
      const { node } = await ask(settings, RevisionQuery, { id: document.id, number: count('--revision', flags.revision) });
      const revision = node?.__typename === 'Document' ? node.revision : null;
      if (!revision) throw new ApiError('NOT_FOUND', `${key} has no revision ${flags.revision}`);
      show(revision, () => asWritten(revision.body));
      return;
    }
    if (!flags.full) {
      show(document, () => asWritten(document.body));
      return;
    }
    const pageOf = async (after: string | null) => {
      const { node } = await ask(settings, ThreadsQuery, { id: document.id, revisions: after === null ? 10 : 1, after });
      if (node?.__typename !== 'Document') throw new ApiError('NOT_FOUND', `no document ${key}`);
      return node;
    };
    let page = await pageOf(null);
    const whole = { ...document, revisions: page.revisions.nodes, threads: page.threads.nodes };
    while (page.threads.pageInfo.hasNextPage) {
      page = await pageOf(page.threads.pageInfo.endCursor ?? null);
      whole.threads.push(...page.threads.nodes);
    }
    show(whole, () => [
      `${bold(`${document.issue} ${key}`)}${document.title ? `  ${bold(plain(document.title))}` : ''}`,
      facts([['revision', `${document.number}, ${document.updatedAt}`], ['locked', document.lockedAt], ['threads', threads(document.annotations)]]),
      indent(plain(document.body)),
      ...whole.revisions.map((each) => dim(`r${each.number}  ${each.createdAt}  ${plain(each.author.name)}${each.restoredFrom ? `  brings back r${each.restoredFrom}` : ''}${each.changeSummary ? `  ${plain(each.changeSummary)}` : ''}`)),
      ...whole.threads.map((thread) => [
        `${thread.status} ${thread.anchorState}  "${plain(thread.quote)}"  ${dim(thread.id)}`,
        ...thread.comments.nodes.map((comment) => indent(`${dim(`${plain(comment.author.name)}, ${comment.createdAt}`)}\n${plain(comment.body)}`)),
      ].join('\n')),
    ].join('\n\n'));
  },
});

/** Ends with one newline, its own or the one that is printed: what is put back unchanged is the text as it was. */
function asWritten(body: string): string {
  return plain(body).replace(/\n$/, '');
}
