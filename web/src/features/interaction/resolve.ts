import { mutate } from '../../graphql/mutate.ts';
import type { AcceptInteractionMutation, InteractionCardFragment } from '../../graphql/generated/graphql.ts';
import { sentence } from '../../ui/failure.ts';
import { toast } from '../../ui/toast.ts';
import type { Asked, Reply } from './reply.ts';
import { AcceptInteraction, AnswerInteraction, RejectInteraction } from './queries.ts';

export type Gate = Extract<AcceptInteractionMutation['acceptInteraction'], { __typename: 'GateShut' }>;

/** What sending a reply came to: done with it, or what keeps the card open and why. */
export type Sent = { done: true } | { done: false; problem: string } | { done: false; gate: Gate };

const DONE: Sent = { done: true };
const failed = (problem: string): Sent => ({ done: false, problem });

/** Says yes, with what was ticked or chosen. */
export async function accept(asked: Asked, reply: Reply): Promise<Sent> {
  const { data, failure } = await mutate(AcceptInteraction, {
    input: {
      interactionId: asked.id,
      ...(asked.kind === 'CHECKBOX_CONFIRMATION' ? { optionKeys: [...reply.options] } : {}),
      ...(asked.kind === 'SUGGEST_TASKS' && reply.tasks.length < asked.tasks.length ? { taskKeys: [...reply.tasks] } : {}),
    },
  });
  if (failure) return failed(failure.message);
  const result = data.acceptInteraction;
  switch (result.__typename) {
    case 'Interaction':
      return DONE;
    case 'GateShut':
      return { done: false, gate: result };
    case 'InteractionStale':
      toast.error('Not accepted', `${sentence(result.message)} Your yes was not recorded.`, `asked:${asked.id}`);
      return DONE;
    case 'InteractionOver':
      return tooLate(result.interaction);
  }
}

export async function reject(asked: Asked, reason: string): Promise<Sent> {
  const { data, failure } = await mutate(RejectInteraction, { input: { interactionId: asked.id, reason: reason.trim() || null } });
  if (failure) return failed(failure.message);
  return data.rejectInteraction.__typename === 'Interaction' ? DONE : tooLate(data.rejectInteraction.interaction);
}

/** Answers questions, or gives verdicts. */
export async function answer(asked: Asked, reply: Reply): Promise<Sent> {
  const { data, failure } = await mutate(AnswerInteraction, {
    input: {
      interactionId: asked.id,
      ...(asked.kind === 'ASK_QUESTIONS'
        ? { answers: Object.entries(reply.answers).map(([questionKey, { options, text }]) => ({ questionKey, optionKeys: [...options], text: text.trim() || null })) }
        : { verdicts: Object.entries(reply.verdicts).map(([itemKey, verdict]) => ({ itemKey, verdict })) }),
    },
  });
  if (failure) return failed(failure.message);
  return data.answerInteraction.__typename === 'Interaction' ? DONE : tooLate(data.answerInteraction.interaction);
}

/** Somebody was faster: the card gives way to what they said, and the toast names them. */
function tooLate(over: InteractionCardFragment): Sent {
  const how = { ACCEPTED: 'accepted', REJECTED: 'rejected', ANSWERED: 'answered', CANCELLED: 'withdrawn', EXPIRED: 'expired', FAILED: 'failed', PENDING: 'not answered' }[over.status];
  const who = over.status === 'EXPIRED' ? undefined : over.resolvedBy?.name;
  toast.error('Your answer came too late', who ? `${who} has ${how} it already.` : `It has ${how} already.`, `asked:${over.id}`);
  return DONE;
}
