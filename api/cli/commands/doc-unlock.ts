import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { documentOf, issueAndKey } from '../document.ts';
import { graphql } from '../generated/gql.ts';

const UnlockDocumentMutation = graphql(`
  mutation UnlockDocument($input: UnlockDocumentInput!) {
    unlockDocument(input: $input) { ...DocumentFacts }
  }
`);

export const command = defineCommand({
  usage: 'doc unlock [ISSUE] KEY',
  about: 'Lets a document be written again. For the board.',
  args: 2,
  flags: {},
  async run({ settings, args, show }) {
    const { ref, key } = issueAndKey(settings, args);
    const { id, issue } = await documentOf(settings, ref, key);
    const { unlockDocument } = await ask(settings, UnlockDocumentMutation, { input: { documentId: id } });
    show(unlockDocument, () => `unlocked ${issue} ${key}`);
  },
});
