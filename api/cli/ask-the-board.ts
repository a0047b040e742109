import { randomUUID } from 'node:crypto';
import { ask } from './ask.ts';
import { orConflict } from './conflict.ts';
import { graphql } from './generated/gql.ts';
import type { CreateInteractionInput, InteractionContinuation, InteractionFactsFragment } from './generated/graphql.ts';
import { choose } from './choices.ts';
import type { Flag } from './command.ts';
import type { Settings } from './settings.ts';

const CreateInteractionMutation = graphql(`
  mutation CreateInteraction($input: CreateInteractionInput!) {
    createInteraction(input: $input) {
      __typename
      ... on Interaction { ...InteractionFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

/** Flags of all commands that ask. */
export const askingFlags = {
  wake: { type: 'string', value: 'WHEN', about: 'whether the answer wakes the agent: any (default), accept, never' },
  'outlast-comments': { type: 'boolean', about: 'a comment by a person does not take its place' },
  key: { type: 'string', value: 'KEY', about: 'asked again with the same key on the same issue, what was asked first comes back' },
} satisfies Record<string, Flag>;

interface Asking {
  wake?: string | undefined;
  'outlast-comments'?: boolean | undefined;
  key?: string | undefined;
}

const continuations: Record<'ANY' | 'ACCEPT' | 'NEVER', InteractionContinuation> = { ANY: 'WAKE_ASSIGNEE', ACCEPT: 'WAKE_ASSIGNEE_ON_ACCEPT', NEVER: 'NONE' };

/** Asks; a retry over a bad network asks once. */
export async function askTheBoard(settings: Settings, input: Omit<CreateInteractionInput, 'idempotencyKey'>, flags: Asking): Promise<InteractionFactsFragment> {
  const asked: CreateInteractionInput = { ...input, idempotencyKey: flags.key ?? randomUUID() };
  if (flags.wake) asked.continuation = continuations[choose('--wake', ['ANY', 'ACCEPT', 'NEVER'] as const, flags.wake)];
  if (flags['outlast-comments']) asked.supersedeOnComment = false;
  const { createInteraction } = await ask(settings, CreateInteractionMutation, { input: asked });
  return orConflict(createInteraction, 'Interaction');
}
