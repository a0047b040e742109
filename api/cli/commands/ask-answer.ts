import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { AnswerInteractionInput } from '../generated/graphql.ts';
import { interactionById, interactionText } from '../interaction.ts';
import { readObject } from '../json-input.ts';

const AnswerInteractionMutation = graphql(`
  mutation AnswerInteraction($input: AnswerInteractionInput!) {
    answerInteraction(input: $input) {
      __typename
      ... on Interaction { ...InteractionFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'ask answer ID (--choose KEY,… | --text TEXT | --file PATH)',
  about: 'The board answers a question. Several questions, or verdicts, come as JSON: {"answers":[{"questionKey":"…","optionKeys":["…"]}]} or {"verdicts":[{"itemKey":"…","verdict":"APPROVE"}]}.',
  args: 1,
  flags: {
    choose: { type: 'string', value: 'KEY,…', about: 'the chosen options of the only question' },
    text: { type: 'string', about: 'the answer to the only question in own words' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read all answers or verdicts as JSON from a file, or -' },
  },
  async run({ settings, flags, args, show }) {
    const asked = await interactionById(settings, args[0]);
    const given = flags.file === undefined ? single(asked.questions, flags) : await readObject(undefined, flags.file, 'the answers');
    const input = { ...given, interactionId: asked.id } as AnswerInteractionInput;
    const { answerInteraction } = await ask(settings, AnswerInteractionMutation, { input });
    const ended = orConflict(answerInteraction, 'Interaction');
    show(ended, () => interactionText(ended));
  },
});

function single(questions: { key: string }[], { choose, text }: { choose?: string | undefined; text?: string | undefined }) {
  const [question, other] = questions;
  if (!question || other) throw new UsageError('there is not one question here: give all answers with --file');
  if (choose === undefined && text === undefined) throw new UsageError('answer with --choose, --text or both');
  return { answers: [{ questionKey: question.key, optionKeys: choose?.split(',') ?? [], ...(text === undefined ? {} : { text }) }] };
}
