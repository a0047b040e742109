import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { interactionText } from '../interaction.ts';

const RejectInteractionMutation = graphql(`
  mutation RejectInteraction($input: RejectInteractionInput!) {
    rejectInteraction(input: $input) {
      __typename
      ... on Interaction { ...InteractionFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'ask reject ID [--reason TEXT]',
  about: 'The board says no. Agents may not.',
  args: 1,
  flags: { reason: { type: 'string', about: 'why; some want one' } },
  async run({ settings, flags, args, show }) {
    const [interactionId] = args;
    if (!interactionId) throw new UsageError('say which by its id; boardroom ask list --pending shows them');
    const { rejectInteraction } = await ask(settings, RejectInteractionMutation, { input: { interactionId, ...(flags.reason ? { reason: flags.reason } : {}) } });
    const ended = orConflict(rejectInteraction, 'Interaction');
    show(ended, () => interactionText(ended));
  },
});
