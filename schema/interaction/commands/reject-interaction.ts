import type { Interaction } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { badInput } from '../../shared/refusal.ts';
import type { InteractionOver } from '../conflicts.ts';
import { checkedNote, interactionFor, overFor, payloadOf, settle } from './resolve.ts';

export interface RejectInteraction {
  interactionId: string;
  reason?: string | null | undefined;
}

/** The board says no. No gate keeps it from that. */
export async function rejectInteraction(tx: Tx, by: Principal, input: RejectInteraction): Promise<Interaction | InteractionOver> {
  const open = await interactionFor(tx, by, input.interactionId, 'reject what is asked of the board');
  const note = checkedNote('reason', input.reason);
  const over = overFor(open, 'reject');
  if (over) return over;
  if (payloadOf(open).requiresReason && note === null) throw badInput('reason', 'say why: whoever asked wants to know');
  return settle(tx, by, open, { move: 'reject', note });
}
