import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { documentOf, issueAndKey } from '../document.ts';
import { graphql } from '../generated/gql.ts';

const LockDocumentMutation = graphql(`
  mutation LockDocument($input: LockDocumentInput!) {
    lockDocument(input: $input) { ...DocumentFacts }
  }
`);

export const command = defineCommand({
  usage: 'doc lock [ISSUE] KEY',
  about: 'Keeps a document as it is: no edit, restore or delete until it is unlocked. For the board.',
  args: 2,
  flags: {},
  async run({ settings, args, show }) {
    const { ref, key } = issueAndKey(settings, args);
    const { id, issue } = await documentOf(settings, ref, key);
    const { lockDocument } = await ask(settings, LockDocumentMutation, { input: { documentId: id } });
    show(lockDocument, () => `locked ${issue} ${key}`);
  },
});
