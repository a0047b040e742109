import { randomUUID } from 'node:crypto';
import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { issueAndKey, lookUp } from '../document.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { Settings } from '../settings.ts';

const PutDocumentMutation = graphql(`
  mutation PutDocument($input: PutDocumentInput!) {
    putDocument(input: $input) {
      __typename
      ... on Document { ...DocumentFacts issue { identifier } }
      ... on DocumentDerived { message document { ...DocumentFacts } locked { id key } }
      ... on Conflict { ...ConflictFields }
    }
  }
`);
const BaseQuery = graphql(`
  query Base($id: ID!, $number: Int!) {
    node(id: $id) { __typename ... on Document { revision(number: $number) { id } } }
  }
`);

export const command = defineCommand({
  usage: 'doc put [ISSUE] KEY TEXT',
  about: 'Writes a document. TEXT may be - for standard input, or come from --file. One that is there is written only onto the revision that you have read (--base), so that nobody\'s words are lost.',
  args: 3,
  flags: {
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the text from a file, or -' },
    title: { type: 'string', about: 'what people call it' },
    summary: { type: 'string', short: 'm', about: 'what changed' },
    base: { type: 'string', short: 'b', value: 'N', about: 'the revision that you have read, by number or id' },
    force: { type: 'boolean', about: 'onto whatever is there' },
  },
  async run({ settings, flags, args, show }) {
    const { ref, key, rest } = issueAndKey(settings, args);
    if (rest.length > 1) throw new UsageError(`too many arguments: ${rest.slice(1).join(' ')}`);
    const body = await readBody(rest[0], flags.file);
    if (!body?.trim()) throw new UsageError('say what it is to say: a text, --file PATH, or - for standard input');
    const issue = await lookUp(settings, ref, key);
    const latest = issue.document?.latestRevision;
    const isLatest = flags.force || (flags.base !== undefined && latest !== undefined && flags.base === String(latest.number));
    const baseRevisionId = isLatest ? (latest?.id ?? null) : (await revisionNamed(settings, issue.document?.id, flags.base));
    const input = { issueId: issue.id, key, body, baseRevisionId, ...(flags.title === undefined ? {} : { title: flags.title }), changeSummary: flags.summary ?? null, idempotencyKey: randomUUID() };
    const { putDocument } = await ask(settings, PutDocumentMutation, { input });
    if (putDocument.__typename === 'DocumentDerived') {
      show(putDocument, () => putDocument.message);
      return;
    }
    const document = orConflict(putDocument, 'Document');
    show(document, () => `wrote ${issue.identifier} ${document.key}, revision ${document.number}`);
  },
});

/** The id of a revision that is not the latest, so that the answer tells what is newer. */
async function revisionNamed(settings: Settings, documentId: string | undefined, named: string | undefined): Promise<string | null> {
  if (named === undefined || !/^\d+$/.test(named)) return named ?? null;
  const { node } = documentId ? await ask(settings, BaseQuery, { id: documentId, number: Number(named) }) : { node: null };
  const id = node?.__typename === 'Document' ? node.revision?.id : undefined;
  if (!id) throw new ApiError('NOT_FOUND', `there is no revision ${named}`);
  return id;
}
