import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { documentTable } from '../document.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { issueRef } from '../refs.ts';

const DocumentsQuery = graphql(`
  query Documents($ref: String!) {
    issue(ref: $ref) { identifier documents(first: 100) { nodes { ...DocumentFacts } } }
  }
`);

export const command = defineCommand({
  usage: 'doc list [ISSUE]',
  about: 'Documents of an issue, or of the issue of the run: key, latest revision, when written, lock, threads.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const ref = issueRef(settings, args[0]);
    const { issue } = await ask(settings, DocumentsQuery, { ref });
    if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
    const documents = issue.documents.nodes;
    show(documents, () => (documents.length === 0 ? `${issue.identifier} has no documents` : documentTable(documents)));
  },
});
