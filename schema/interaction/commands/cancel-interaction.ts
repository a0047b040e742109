import type { Interaction } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, visible } from '../../access/principal.ts';
import { Refusal } from '../../shared/refusal.ts';
import type { InteractionOver } from '../conflicts.ts';
import { checkedNote, overFor, settle } from './resolve.ts';

export interface CancelInteraction {
  interactionId: string;
  reason?: string | null | undefined;
}

/** Withdraws what was asked: the board anything, an agent what it asked itself. */
export async function cancelInteraction(tx: Tx, by: Principal, input: CancelInteraction): Promise<Interaction | InteractionOver> {
  const open = visible(by, await tx.interaction.findUnique({ where: { id: input.interactionId }, include: { issue: true } }), 'interaction');
  const agentId = agentOf(by);
  if (agentId && (open.creatorType !== 'AGENT' || open.creatorId !== agentId)) throw new Refusal('FORBIDDEN', 'an agent withdraws only what it asked itself');
  const note = checkedNote('reason', input.reason);
  return overFor(open, 'cancel') ?? settle(tx, by, open, { move: 'cancel', note, endReason: 'withdrawn' });
}
