import type { Approval } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, visible } from '../../access/principal.ts';
import { Refusal } from '../../shared/refusal.ts';
import { optionalText } from '../../shared/text.ts';

/** Longest note of a decision, in UTF-16 code units. */
const NOTE_MAX = 4_000;

/** The approval, where this principal may see it. */
export async function approvalFor(tx: Tx, by: Principal, approvalId: string): Promise<Approval> {
  return visible(by, await tx.approval.findUnique({ where: { id: approvalId } }), 'approval');
}

/** Declines agents that did not ask for it themselves. */
export function mustBeRequester(by: Principal, approval: Approval, doing: string): void {
  const agentId = agentOf(by);
  if (agentId && (approval.requesterType !== 'AGENT' || approval.requesterId !== agentId)) throw new Refusal('FORBIDDEN', `an agent may ${doing} only what it asked for itself`);
}

export function checkedNote(note: string | null | undefined): string | null {
  return optionalText('note', note, NOTE_MAX);
}
