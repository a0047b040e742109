import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { AcceptInteractionInput } from '../generated/graphql.ts';
import { interactionText } from '../interaction.ts';

const AcceptInteractionMutation = graphql(`
  mutation AcceptInteraction($input: AcceptInteractionInput!) {
    acceptInteraction(input: $input) {
      __typename
      ... on Interaction { ...InteractionFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'ask accept ID',
  about: 'The board says yes: to all drafts or some, to what is ticked, to a plan. Agents may not.',
  args: 1,
  flags: {
    tasks: { type: 'string', value: 'KEY,…', about: 'only these drafts, each with the one that it stands under' },
    tick: { type: 'string', value: 'KEY,…', about: 'the options that apply' },
    note: { type: 'string', about: 'a word to who asked' },
  },
  async run({ settings, flags, args, show }) {
    const [interactionId] = args;
    if (!interactionId) throw new UsageError('say which by its id; boardroom ask list --pending shows them');
    const input: AcceptInteractionInput = { interactionId };
    if (flags.tasks) input.taskKeys = flags.tasks.split(',');
    if (flags.tick) input.optionKeys = flags.tick.split(',');
    if (flags.note) input.note = flags.note;
    const { acceptInteraction } = await ask(settings, AcceptInteractionMutation, { input });
    const ended = orConflict(acceptInteraction, 'Interaction');
    show(ended, () => interactionText(ended));
  },
});
