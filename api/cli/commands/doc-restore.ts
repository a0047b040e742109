import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { documentOf, issueAndKey } from '../document.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';

const RevisionIdQuery = graphql(`
  query RevisionId($id: ID!, $number: Int!) {
    node(id: $id) { __typename ... on Document { revision(number: $number) { id } } }
  }
`);
const RestoreDocumentMutation = graphql(`
  mutation RestoreDocument($input: RestoreDocumentInput!) {
    restoreDocument(input: $input) {
      __typename
      ... on Document { ...DocumentFacts }
      ... on Conflict { ...ConflictFields }
    }
  }
`);

export const command = defineCommand({
  usage: 'doc restore [ISSUE] KEY REVISION',
  about: 'Makes an earlier revision the latest again, as a new revision.',
  args: 3,
  flags: { summary: { type: 'string', short: 'm', about: 'why' } },
  async run({ settings, flags, args, show }) {
    const { ref, key, rest } = issueAndKey(settings, args);
    if (rest[0] === undefined || rest.length > 1) throw new UsageError('say which revision by its number');
    const { id, issue } = await documentOf(settings, ref, key);
    const { node } = await ask(settings, RevisionIdQuery, { id, number: count('REVISION', rest[0]) });
    const revisionId = node?.__typename === 'Document' ? node.revision?.id : undefined;
    if (!revisionId) throw new ApiError('NOT_FOUND', `${key} has no revision ${rest[0]}`);
    const { restoreDocument } = await ask(settings, RestoreDocumentMutation, { input: { documentId: id, revisionId, changeSummary: flags.summary ?? null } });
    const document = orConflict(restoreDocument, 'Document');
    show(document, () => `brought back revision ${rest[0]} of ${issue} ${key} as revision ${document.number}`);
  },
});
