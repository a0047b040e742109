import type { Interaction } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import type { InteractionOver } from '../conflicts.ts';
import { flawOfAnswers, flawOfVerdicts } from '../rules.ts';
import { checkedNote, interactionFor, overFor, payloadOf, settle } from './resolve.ts';
import { type AnswerInput, mustBeFlawless, shapedAnswers, shapedVerdicts, type VerdictInput } from './shape.ts';

export interface AnswerInteraction {
  interactionId: string;
  answers?: AnswerInput[] | null | undefined;
  verdicts?: VerdictInput[] | null | undefined;
  note?: string | null | undefined;
}

/** The board answers questions, or gives its verdict on each item. All of them at once. */
export async function answerInteraction(tx: Tx, by: Principal, input: AnswerInteraction): Promise<Interaction | InteractionOver> {
  const open = await interactionFor(tx, by, input.interactionId, 'answer what is asked of the board');
  const note = checkedNote('note', input.note);
  const answers = shapedAnswers(input.answers);
  const verdicts = shapedVerdicts(input.verdicts);
  const over = overFor(open, 'answer');
  const asksForVerdicts = open.kind === 'ITEM_VERDICTS';
  if (asksForVerdicts && answers.length > 0) throw badInput('answers', 'it asks for verdicts');
  if (!asksForVerdicts && verdicts.length > 0) throw badInput('verdicts', 'it asks for answers');
  if (over) return over;
  if (asksForVerdicts && by.kind !== 'user') throw new Refusal('FORBIDDEN', 'only a person gives verdicts');
  const { items, questions } = payloadOf(open);
  mustBeFlawless(asksForVerdicts ? flawOfVerdicts(items, verdicts) : flawOfAnswers(questions, answers));
  return settle(tx, by, open, { move: 'answer', note, result: asksForVerdicts ? { verdicts } : { answers } });
}
