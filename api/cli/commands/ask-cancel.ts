import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { interactionText } from '../interaction.ts';

const CancelInteractionMutation = graphql(`
  mutation CancelInteraction($input: CancelInteractionInput!) {
    cancelInteraction(input: $input) {
      __typename
      ... on Interaction { ...InteractionFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'ask cancel ID',
  about: 'Withdraws what you have asked. The board withdraws anything.',
  args: 1,
  flags: { reason: { type: 'string', about: 'why' } },
  async run({ settings, flags, args, show }) {
    const [interactionId] = args;
    if (!interactionId) throw new UsageError('say which by its id');
    const { cancelInteraction } = await ask(settings, CancelInteractionMutation, { input: { interactionId, ...(flags.reason ? { reason: flags.reason } : {}) } });
    const ended = orConflict(cancelInteraction, 'Interaction');
    show(ended, () => interactionText(ended));
  },
});
